import { msg } from '@lit/localize';
import { css, html } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { CtElement } from './ct-element.js';
import { base } from './styles.js';

export const sheetHeights = ['peek', 'half', 'full'] as const;
export type SheetHeight = (typeof sheetHeights)[number];

/** Movements below this many pixels are a tap, not a drag. */
const tapSlopPx = 6;

/** The height that follows when a sheet of `height` pixels is let go in a window of `available`. */
export function nearestHeight(height: number, available: number): SheetHeight {
  if (height < available * 0.3) return 'peek';
  return height < available * 0.7 ? 'half' : 'full';
}

/** Tells the height a person chose by dragging, tapping or keyboard. */
export class SheetHeightEvent extends Event {
  static readonly type = 'ct-sheet-height';
  constructor(readonly height: SheetHeight) {
    super(SheetHeightEvent.type);
  }
}

/** A bottom sheet for narrow windows with three heights; slot `peek` is what the lowest shows. */
@customElement('ct-sheet')
export class CtSheet extends CtElement {
  static override styles = [
    base,
    css`
      :host {
        position: absolute;
        left: 0;
        right: 0;
        bottom: 0;
        z-index: 5;
        display: flex;
        flex-direction: column;
        height: var(--sheet-height);
        background: var(--panel-solid);
        border-radius: 16px 16px 0 0;
        box-shadow: var(--shadow);
        transition: height var(--slow) ease-out;
        --sheet-height: 96px;
      }
      :host([height='half']) {
        --sheet-height: 50%;
      }
      :host([height='full']) {
        --sheet-height: calc(100% - 64px);
      }
      :host([dragging]) {
        transition: none;
      }
      .handle {
        flex: none;
        display: grid;
        place-items: center;
        width: 100%;
        height: 28px;
        padding: 0;
        border: 0;
        border-radius: 16px 16px 0 0;
        background: none;
        cursor: grab;
        touch-action: none;
        position: relative;
      }
      .handle::before {
        content: '';
        position: absolute;
        inset: -8px 0;
      }
      .handle span {
        width: 36px;
        height: 4px;
        border-radius: 2px;
        background: var(--ink-3);
      }
      .body {
        flex: 1;
        min-height: 0;
        overflow: auto;
        overscroll-behavior: contain;
      }
      :host([height='peek']) .body {
        overflow: hidden;
      }
    `,
  ];

  @property({ reflect: true }) height: SheetHeight = 'peek';
  @property() label = '';

  @state() private start: { y: number; height: number } | null = null;
  @query('.handle') private handle!: HTMLButtonElement;

  override render() {
    return html`
      <button
        type="button"
        class="handle"
        aria-label=${`${this.label}: ${msg('change height')}`}
        aria-expanded=${this.height === 'peek' ? 'false' : 'true'}
        @pointerdown=${this.onDown}
        @pointermove=${this.onMove}
        @pointerup=${this.onUp}
        @pointercancel=${this.onUp}
        @keydown=${this.onKey}
      >
        <span></span>
      </button>
      <div class="body" tabindex="-1"><slot name="peek"></slot><slot></slot></div>
    `;
  }

  private onDown(event: PointerEvent): void {
    this.handle.setPointerCapture(event.pointerId);
    this.start = { y: event.clientY, height: this.offsetHeight };
    this.toggleAttribute('dragging', true);
  }

  private onMove(event: PointerEvent): void {
    if (!this.start) return;
    const height = this.start.height + this.start.y - event.clientY;
    this.style.setProperty('--sheet-height', `${Math.max(72, height)}px`);
  }

  private onUp(event: PointerEvent): void {
    if (!this.start) return;
    const moved = this.start.y - event.clientY;
    const height = this.start.height + moved;
    this.start = null;
    this.toggleAttribute('dragging', false);
    this.style.removeProperty('--sheet-height');
    const available = this.offsetParent?.clientHeight ?? window.innerHeight;
    this.choose(Math.abs(moved) < tapSlopPx ? this.next() : nearestHeight(height, available));
  }

  private onKey(event: KeyboardEvent): void {
    const index = sheetHeights.indexOf(this.height);
    const targets: Record<string, SheetHeight | undefined> = {
      ArrowUp: sheetHeights[index + 1],
      ArrowDown: sheetHeights[index - 1],
      Enter: this.next(),
      ' ': this.next(),
    };
    const target = targets[event.key];
    if (!target) return;
    event.preventDefault();
    this.choose(target);
  }

  private next(): SheetHeight {
    return sheetHeights[(sheetHeights.indexOf(this.height) + 1) % sheetHeights.length] ?? 'peek';
  }

  private choose(height: SheetHeight): void {
    this.height = height;
    this.dispatchEvent(new SheetHeightEvent(height));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-sheet': CtSheet;
  }
  interface HTMLElementEventMap {
    'ct-sheet-height': SheetHeightEvent;
  }
}

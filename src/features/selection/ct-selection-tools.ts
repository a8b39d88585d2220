import { msg } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { drawTools, isClickTool, type DrawTool } from '../../map/draw/sketch.js';
import { measures, selection } from '../../state/selection.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import type { PickEvent } from '../../ui/ct-picker.js';
import '../../ui/ct-segmented.js';
import { base, controls } from '../../ui/styles.js';
import { modeName, toolWords } from './selection-words.js';

const modes = ['new', 'union', 'minus', 'intersect'] as const;

/** Tells that a shape drawn by clicks is to be ended. */
export class FinishDrawingEvent extends Event {
  static readonly type = 'ct-finish-drawing';
  constructor() {
    super(FinishDrawingEvent.type, { bubbles: true, composed: true });
  }
}

/** The tools that select and measure, and what to do with the one at hand. */
@customElement('ct-selection-tools')
export class CtSelectionTools extends CtElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: grid;
        gap: 8px;
        justify-items: start;
        pointer-events: none;
      }
      .bar,
      .hint {
        display: flex;
        align-items: center;
        max-width: 100%;
        border-radius: var(--radius);
        background: var(--panel);
        backdrop-filter: blur(8px);
        box-shadow: var(--shadow);
        pointer-events: auto;
      }
      .bar {
        gap: 2px;
        padding: 4px;
        overflow-x: auto;
        scrollbar-width: none;
      }
      .icon-button {
        flex: none;
        width: max(36px, var(--row));
        height: max(36px, var(--row));
      }
      .icon-button[aria-pressed='true'] {
        background: var(--accent);
        color: var(--on-accent);
      }
      .icon-button:disabled {
        opacity: 0.4;
        cursor: default;
        background: none;
      }
      .rule {
        flex: none;
        width: 1px;
        height: 20px;
        margin: 0 4px;
        background: var(--line);
      }
      .hint {
        flex-wrap: wrap;
        gap: 8px;
        padding: 6px 8px 6px 12px;
        font-size: 13px;
        line-height: 18px;
      }
      .hint p {
        padding: 4px 0;
      }
      .hint .button {
        min-height: 28px;
      }
      @media (max-width: 760px), (pointer: coarse) {
        .hint .button {
          min-height: 44px;
        }
      }
    `,
  ];

  readonly #keys = (event: KeyboardEvent) => {
    const isUndo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z';
    const [target] = event.composedPath();
    if (!isUndo || target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) {
      return;
    }
    event.preventDefault();
    if (event.shiftKey) selection.redo();
    else selection.undo();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('keydown', this.#keys);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('keydown', this.#keys);
  }

  override render() {
    const measuring = drawTools.filter((tool) => measures(tool));
    const selecting = drawTools.filter((tool) => !measures(tool));
    return html`
      <div class="bar" role="toolbar" aria-label=${msg('Select on the map')}>
        ${selecting.map((tool) => this.renderTool(tool))}
        <span class="rule"></span>
        ${measuring.map((tool) => this.renderTool(tool))}
        <span class="rule"></span>
        ${this.renderStep('undo', msg('Undo'), selection.canUndo, () => selection.undo())}
        ${this.renderStep('redo', msg('Redo'), selection.canRedo, () => selection.redo())}
      </div>
      ${selection.tool ? this.renderHint(selection.tool) : nothing}
    `;
  }

  private renderTool(tool: DrawTool) {
    const { icon, name } = toolWords[tool];
    const isUsed = selection.tool === tool;
    return html`<button
      type="button"
      class="icon-button"
      data-tool=${tool}
      title=${name()}
      aria-label=${name()}
      aria-pressed=${isUsed ? 'true' : 'false'}
      @click=${() => selection.useTool(isUsed ? null : tool)}
    >
      <ct-icon name=${icon}></ct-icon>
    </button>`;
  }

  private renderStep(icon: 'undo' | 'redo', label: string, can: boolean, take: () => void) {
    return html`<button
      type="button"
      class="icon-button"
      title=${label}
      aria-label=${label}
      ?disabled=${!can}
      @click=${take}
    >
      <ct-icon name=${icon}></ct-icon>
    </button>`;
  }

  private renderHint(tool: DrawTool) {
    const canFinish = isClickTool(tool) && !measures(tool);
    return html`<div class="hint">
      <p role="status">${toolWords[tool].hint()}</p>
      ${
        selection.id !== null && !measures(tool)
          ? html`<ct-segmented
              .label=${msg('What becomes of the selection')}
              .value=${selection.mode}
              .options=${modes.map((mode) => ({ value: mode, label: modeName(mode) }))}
              @ct-pick=${({ values }: PickEvent) =>
                (selection.mode = modes.find((mode) => mode === values[0]) ?? 'new')}
            ></ct-segmented>`
          : nothing
      }
      ${
        canFinish
          ? html`<button
              class="button primary"
              type="button"
              @click=${() => this.dispatchEvent(new FinishDrawingEvent())}
            >
              ${msg('Done')}
            </button>`
          : nothing
      }
      <button class="button" type="button" @click=${() => selection.useTool(null)}>
        ${msg('Stop')}
      </button>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-selection-tools': CtSelectionTools;
  }
}

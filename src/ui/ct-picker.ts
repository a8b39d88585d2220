import { msg } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { classMap } from 'lit/directives/class-map.js';
import { CtElement } from './ct-element.js';
import './ct-icon.js';
import { base, controls } from './styles.js';

/** One line of a picker; `group` puts a heading above the first line of each group. */
export interface PickerOption {
  readonly value: string;
  readonly label: string;
  readonly group?: string | undefined;
  /** Shown at the right, for example a count. */
  readonly hint?: string | undefined;
}

/** Lists up to this long are read at a glance; longer ones get a box to search in. */
const fewOptions = 8;

/** Tells the values chosen after a click or Enter; one value unless the picker is `multiple`. */
export class PickEvent extends Event {
  static readonly type = 'ct-pick';
  constructor(readonly values: readonly string[]) {
    super(PickEvent.type);
  }
}

/**
 * A chip that opens a list to pick from: one value, or many with `multiple`. Arrow keys move, Enter
 * or Space picks, letters search, Escape closes. With `removable` a cross beside it tells `ct-remove`.
 */
@customElement('ct-picker')
export class CtPicker extends CtElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: inline-flex;
        flex: none;
        max-width: 100%;
      }
      .chip {
        display: inline-flex;
        align-items: stretch;
        max-width: 100%;
        border: 1px solid var(--line);
        border-radius: 999px;
        background: var(--panel-solid);
        overflow: hidden;
      }
      :host([tone='accent']) .chip {
        background: var(--accent-weak);
        border-color: transparent;
        color: var(--accent);
      }
      .chip:focus-within {
        outline: 2px solid var(--accent);
        outline-offset: 1px;
      }
      .chip button {
        border: 0;
        background: none;
        cursor: pointer;
        min-height: calc(var(--row) - 4px);
        outline: none;
      }
      .chip button:hover {
        background: var(--hover);
      }
      :host([tone='accent']) .chip button:hover {
        background: transparent;
      }
      .main {
        display: flex;
        align-items: center;
        gap: 6px;
        padding: 0 12px;
        min-width: 0;
      }
      .main .label {
        color: var(--ink-2);
        white-space: nowrap;
      }
      :host([tone='accent']) .main .label {
        color: inherit;
      }
      .main .value {
        max-width: 260px;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .remove ct-icon {
        --size: 14px;
      }
      .remove {
        display: grid;
        place-items: center;
        padding: 0 10px 0 4px;
        margin-left: -6px;
      }
      @media (pointer: coarse), (max-width: 760px) {
        .remove {
          min-width: 44px;
        }
      }
      .list {
        position: fixed;
        inset: auto;
        margin: 0;
        padding: 6px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--panel-solid);
        color: var(--ink);
        box-shadow: var(--shadow);
        min-width: 220px;
        max-width: min(360px, calc(100vw - 16px));
        max-height: min(420px, 70vh);
        overflow: auto;
      }
      .list input {
        margin-bottom: 6px;
      }
      .group {
        padding: 8px 10px 4px;
        font-size: 12px;
        line-height: 16px;
        color: var(--ink-2);
      }
      .option {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: var(--row);
        padding: 2px 10px;
        border-radius: var(--radius-small);
        cursor: pointer;
      }
      .option.active {
        background: var(--hover);
      }
      .option .text {
        flex: 1;
      }
      .option .hint {
        color: var(--ink-2);
        font-size: 12px;
        font-variant-numeric: tabular-nums;
      }
      .option ct-icon {
        --size: 16px;
        color: var(--accent);
        visibility: hidden;
      }
      .option[aria-selected='true'] ct-icon {
        visibility: visible;
      }
      .none {
        padding: 8px 10px;
        color: var(--ink-2);
      }
    `,
  ];

  @property() label = '';
  /** What the chip shows beside its label; empty for a chip with a label alone. */
  @property() display = '';
  @property({ attribute: false }) options: readonly PickerOption[] = [];
  @property({ attribute: false }) selected: readonly string[] = [];
  @property({ type: Boolean }) multiple = false;
  @property({ type: Boolean }) removable = false;
  @property({ reflect: true }) tone: 'plain' | 'accent' = 'plain';

  @state() private open = false;
  @state() private active = 0;
  @state() private needle = '';

  @query('.main') private button!: HTMLButtonElement;
  @query('.list') private list!: HTMLElement;

  private get shown(): readonly PickerOption[] {
    const needle = this.needle.trim().toLowerCase();
    if (needle === '') return this.options;
    return this.options.filter(({ label }) => label.toLowerCase().includes(needle));
  }

  /** Opens the list and puts the keyboard into it. */
  show(): void {
    this.list.showPopover();
  }

  override render() {
    return html`
      <div class="chip">
        <button
          type="button"
          class="main"
          aria-haspopup="listbox"
          aria-expanded=${this.open ? 'true' : 'false'}
          @click=${() => this.list.togglePopover()}
        >
          <slot name="icon"></slot>
          <span class="label">${this.label}</span>
          ${this.display ? html`<span class="value">${this.display}</span>` : nothing}
        </button>
        ${this.removable ? this.renderRemove() : nothing}
      </div>
      <div class="list" popover="auto" @toggle=${this.onToggle} @keydown=${this.onKey}>
        <input
          class=${this.options.length > fewOptions ? 'input' : 'visually-hidden'}
          type="text"
          role="combobox"
          aria-label=${msg('Find in the list')}
          aria-expanded="true"
          aria-autocomplete="list"
          aria-controls="options"
          aria-activedescendant=${this.shown.length > 0 ? `option-${this.active}` : nothing}
          placeholder=${msg('Find')}
          .value=${this.needle}
          @input=${this.onInput}
        />
        <div
          id="options"
          role="listbox"
          aria-label=${this.label}
          aria-multiselectable=${ifDefined(this.multiple ? 'true' : undefined)}
        >
          ${this.open ? this.shown.map((option, index) => this.renderOption(option, index)) : nothing}
        </div>
        ${this.shown.length === 0 ? html`<p class="none">${msg('Nothing found')}</p>` : nothing}
      </div>
    `;
  }

  private renderRemove() {
    return html`<button
      type="button"
      class="remove"
      aria-label=${`${msg('Remove')}: ${this.label}`}
      @click=${() => this.dispatchEvent(new Event('ct-remove'))}
    >
      <ct-icon name="close"></ct-icon>
    </button>`;
  }

  private renderOption(option: PickerOption, index: number) {
    const heading = option.group !== this.shown[index - 1]?.group ? option.group : undefined;
    return html`
      ${heading ? html`<div class="group" role="presentation">${heading}</div>` : nothing}
      <div
        id=${`option-${index}`}
        class=${classMap({ option: true, active: index === this.active })}
        role="option"
        aria-selected=${this.selected.includes(option.value) ? 'true' : 'false'}
        @pointermove=${() => (this.active = index)}
        @click=${() => this.pick(option.value)}
        @keydown=${this.onKey}
      >
        <ct-icon name="check"></ct-icon>
        <span class="text">${option.label}</span>
        ${option.hint ? html`<span class="hint">${option.hint}</span>` : nothing}
      </div>
    `;
  }

  private onToggle(event: ToggleEvent): void {
    this.open = event.newState === 'open';
    if (!this.open) return;
    this.needle = '';
    this.active = Math.max(
      0,
      this.options.findIndex(({ value }) => this.selected.includes(value)),
    );
    this.place();
    void this.updateComplete.then(() => {
      this.list.querySelector('input')?.focus();
      this.scrollToActive();
    });
  }

  /** Below the chip, and inside the window however narrow it is. */
  private place(): void {
    const { left, bottom, top } = this.button.getBoundingClientRect();
    const width = Math.max(220, this.list.offsetWidth);
    const fitsBelow = bottom + Math.min(420, this.list.offsetHeight) + 8 < window.innerHeight;
    this.list.style.left = `${Math.max(8, Math.min(left, window.innerWidth - width - 8))}px`;
    this.list.style.top = fitsBelow ? `${bottom + 6}px` : 'auto';
    this.list.style.bottom = fitsBelow ? 'auto' : `${window.innerHeight - top + 6}px`;
  }

  private onInput(event: InputEvent): void {
    this.needle = (event.target as HTMLInputElement).value;
    this.active = 0;
  }

  private onKey(event: KeyboardEvent): void {
    const moves: Record<string, number> = {
      ArrowDown: Math.min(this.active + 1, this.shown.length - 1),
      ArrowUp: Math.max(this.active - 1, 0),
    };
    const next = moves[event.key];
    if (next !== undefined) {
      event.preventDefault();
      this.active = next;
      void this.updateComplete.then(() => this.scrollToActive());
      return;
    }
    const option = this.shown[this.active];
    if (event.key !== 'Enter' || !option) return;
    event.preventDefault();
    this.pick(option.value);
  }

  private scrollToActive(): void {
    this.list.querySelector('.active')?.scrollIntoView({ block: 'nearest' });
  }

  private pick(value: string): void {
    if (!this.multiple) {
      this.list.hidePopover();
      this.button.focus();
      this.dispatchEvent(new PickEvent([value]));
      return;
    }
    const values = this.selected.includes(value)
      ? this.selected.filter((chosen) => chosen !== value)
      : [...this.selected, value];
    this.dispatchEvent(new PickEvent(values));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-picker': CtPicker;
  }
  interface HTMLElementEventMap {
    'ct-pick': PickEvent;
    'ct-remove': Event;
  }
}

import { msg } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { tinykeys } from 'tinykeys';
import type { SearchResult } from '../../../server/contract/search.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import { base, controls } from '../../ui/styles.js';
import { describe, iconOf } from './search-words.js';
import { TypedSearch, type Answer } from './typed-search.js';

/** Tells the result that a person picked. */
export class SearchPickEvent extends Event {
  static readonly type = 'ct-search-pick';
  constructor(readonly result: SearchResult) {
    super(SearchPickEvent.type, { bubbles: true, composed: true });
  }
}

/** One box that finds accounts, regions, places, streets and addresses; `/` goes into it. */
@customElement('ct-search')
export class CtSearch extends CtElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
        position: relative;
      }
      .box {
        display: flex;
        align-items: center;
        gap: 8px;
        padding: 0 8px;
        min-height: 36px;
        border-radius: 8px;
      }
      .box:focus-within {
        outline: 2px solid var(--accent);
      }
      .box ct-icon {
        --size: 18px;
        color: var(--ink-2);
      }
      input {
        flex: 1;
        min-width: 0;
        min-height: 36px;
        border: 0;
        background: none;
        outline: none;
      }
      input:focus-visible {
        outline: none;
      }
      input::placeholder {
        color: var(--ink-2);
        opacity: 1;
      }
      input::-webkit-search-cancel-button {
        display: none;
      }
      kbd {
        padding: 1px 6px;
        border: 1px solid var(--line);
        border-radius: 5px;
        font: inherit;
        font-size: 12px;
        line-height: 16px;
        color: var(--ink-2);
      }
      .results {
        position: absolute;
        top: calc(100% + 8px);
        left: -4px;
        width: max(100%, 380px);
        max-width: calc(100vw - 24px);
        max-height: min(480px, 70vh);
        overflow: auto;
        padding: 6px;
        border-radius: var(--radius);
        border: 1px solid var(--line);
        background: var(--panel-solid);
        box-shadow: var(--shadow);
        z-index: 20;
      }
      .result {
        display: flex;
        align-items: center;
        gap: 12px;
        min-height: 44px;
        padding: 4px 10px;
        border-radius: var(--radius-small);
        cursor: pointer;
      }
      .result.active {
        background: var(--hover);
      }
      .result ct-icon {
        color: var(--ink-2);
      }
      .texts {
        min-width: 0;
      }
      .title,
      .subtitle {
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .subtitle {
        font-size: 12px;
        line-height: 16px;
        color: var(--ink-2);
      }
      .note {
        padding: 12px;
        color: var(--ink-2);
      }
      @media (max-width: 760px) {
        .box,
        input {
          min-height: 44px;
          font-size: 16px;
        }
        kbd {
          display: none;
        }
        .results {
          left: 0;
          width: 100%;
        }
      }
    `,
  ];

  @state() private answer: Answer = { status: 'idle' };
  @state() private active = 0;
  @state() private open = false;
  @query('input') private input!: HTMLInputElement;

  readonly #search = new TypedSearch((answer) => {
    this.answer = answer;
    this.active = 0;
  });
  #endShortcuts: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#endShortcuts = tinykeys(window, {
      '/': (event) => {
        if (!isTyping(event)) this.focusFromAnywhere(event);
      },
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#endShortcuts?.();
    this.#search.stop();
  }

  override render() {
    const { results } = this;
    const isOpen = this.open && this.answer.status !== 'idle';
    return html`
      <div class="box">
        <ct-icon name="search"></ct-icon>
        <input
          type="search"
          role="combobox"
          autocomplete="off"
          spellcheck="false"
          placeholder=${msg('Search or jump to…')}
          aria-label=${msg('Search accounts, regions, places and addresses')}
          aria-expanded=${isOpen ? 'true' : 'false'}
          aria-controls="results"
          aria-autocomplete="list"
          aria-activedescendant=${isOpen && results.length > 0 ? `result-${this.active}` : nothing}
          @input=${this.onInput}
          @keydown=${this.onKey}
          @focus=${() => (this.open = true)}
          @blur=${() => (this.open = false)}
        />
        <kbd aria-hidden="true">/</kbd>
      </div>
      <div
        id="results"
        class="results"
        role="listbox"
        aria-label=${msg('Results')}
        ?hidden=${!isOpen}
        @pointerdown=${(event: Event) => event.preventDefault()}
      >
        ${results.map((result, index) => this.renderResult(result, index))} ${this.renderNote()}
      </div>
    `;
  }

  private get results(): readonly SearchResult[] {
    return this.answer.status === 'ready' ? this.answer.results : [];
  }

  private renderResult(result: SearchResult, index: number) {
    const isActive = index === this.active;
    return html`<div
      id=${`result-${index}`}
      class=${classMap({ result: true, active: isActive })}
      role="option"
      aria-selected=${isActive ? 'true' : 'false'}
      @pointermove=${() => (this.active = index)}
      @click=${() => this.pick(result)}
      @keydown=${this.onKey}
    >
      <ct-icon .name=${iconOf[result.kind]}></ct-icon>
      <span class="texts"
        ><span class="title">${result.title}</span
        ><span class="subtitle">${describe(result)}</span></span
      >
    </div>`;
  }

  private renderNote() {
    if (this.answer.status === 'failed') {
      return html`<div class="note error" role="option" aria-disabled="true" aria-selected="false">
        ${this.answer.message}
      </div>`;
    }
    if (this.answer.status !== 'ready' || this.results.length > 0) return nothing;
    return html`<div class="note" role="option" aria-disabled="true" aria-selected="false">
      ${msg('Nothing found. Try a name, a postcode or a street.')}
    </div>`;
  }

  private focusFromAnywhere(event: KeyboardEvent): void {
    event.preventDefault();
    this.input.focus();
    this.input.select();
  }

  private onInput(): void {
    this.open = true;
    this.#search.typed(this.input.value);
  }

  private onKey(event: KeyboardEvent): void {
    const last = this.results.length - 1;
    if (event.key === 'Escape') {
      this.open = false;
      this.input.blur();
      return;
    }
    const moves: Record<string, number> = {
      ArrowDown: Math.min(this.active + 1, last),
      ArrowUp: Math.max(this.active - 1, 0),
    };
    const next = moves[event.key];
    if (next !== undefined) {
      event.preventDefault();
      this.active = Math.max(next, 0);
      void this.updateComplete.then(() =>
        this.renderRoot.querySelector('.active')?.scrollIntoView({ block: 'nearest' }),
      );
      return;
    }
    const result = this.results[this.active];
    if (event.key === 'Enter' && result) this.pick(result);
  }

  private pick(result: SearchResult): void {
    this.open = false;
    this.input.value = '';
    this.answer = { status: 'idle' };
    this.input.blur();
    this.dispatchEvent(new SearchPickEvent(result));
  }
}

/** Whether the key went into a field, where `/` is a letter like any other. */
function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-search': CtSearch;
  }
  interface HTMLElementEventMap {
    'ct-search-pick': SearchPickEvent;
  }
}

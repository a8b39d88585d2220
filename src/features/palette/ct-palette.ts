import { msg } from '@lit/localize';
import { html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { tinykeys } from 'tinykeys';
import type { SearchResult } from '../../../server/contract/search.js';
import { appLocation } from '../../state/location.js';
import { measureStore } from '../../state/measures.js';
import { savedViews } from '../../state/saved-views.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import { base, controls } from '../../ui/styles.js';
import { describe, iconOf, patchFor } from '../search/search-words.js';
import { TypedSearch, type Answer } from '../search/typed-search.js';
import { commandsFor, matchingCommands, type Command, type CommandContext } from './commands.js';
import { paletteStyles } from './palette-styles.js';

/** One line of the palette. */
interface Entry extends Command {
  readonly subtitle?: string;
}

/** Ctrl-K or ⌘-K: go to a place, region, account, layer, measure or saved view, or do something. */
@customElement('ct-palette')
export class CtPalette extends CtElement {
  static override styles = [base, controls, paletteStyles];

  /** Screens of the person's role. */
  @property({ attribute: false }) screens: CommandContext['screens'] = [];
  /** What the application itself can do. */
  @property({ attribute: false }) actions: CommandContext['actions'] = [];

  @state() private isOpen = false;
  @state() private text = '';
  @state() private answer: Answer = { status: 'idle' };
  @state() private active = 0;
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('input') private input!: HTMLInputElement;

  readonly #search = new TypedSearch((answer) => (this.answer = answer));
  #endShortcuts: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    measureStore.start();
    savedViews.start();
    this.#endShortcuts = tinykeys(window, {
      '$mod+KeyK': (event) => {
        event.preventDefault();
        if (this.dialog.open) this.dialog.close();
        else this.show();
      },
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#endShortcuts?.();
    this.#search.stop();
  }

  /** Opens the palette with nothing typed. */
  show(): void {
    this.text = '';
    this.answer = { status: 'idle' };
    this.active = 0;
    this.isOpen = true;
    this.dialog.showModal();
    void this.updateComplete.then(() => this.input.focus());
  }

  override render() {
    return html`<dialog
      aria-label=${msg('Commands')}
      @close=${() => (this.isOpen = false)}
      @pointerdown=${this.onBackdrop}
    >
      ${this.isOpen ? this.renderInside(this.entries) : nothing}
    </dialog>`;
  }

  private renderInside(entries: readonly Entry[]) {
    return html`<div class="box">
        <ct-icon name="search"></ct-icon>
        <input
          type="text"
          role="combobox"
          autocomplete="off"
          spellcheck="false"
          placeholder=${msg('Go to a place, region or account, or do something…')}
          aria-label=${msg('Go to a place, region or account, or do something…')}
          aria-expanded="true"
          aria-controls="entries"
          aria-autocomplete="list"
          aria-activedescendant=${entries.length > 0 ? `entry-${this.active}` : nothing}
          @input=${this.onInput}
          @keydown=${this.onKey}
        />
        <kbd aria-hidden="true">Esc</kbd>
      </div>
      <div id="entries" class="entries" role="listbox" aria-label=${msg('Commands')}>
        ${entries.map((entry, index) => this.renderEntry(entry, index, entries[index - 1]))}
      </div>
      ${entries.length === 0 ? html`<p class="note">${msg('Nothing found. Try other words.')}</p>` : nothing}
      <p class="note error" role="alert" ?hidden=${this.answer.status !== 'failed'}>
        ${this.answer.status === 'failed' ? this.answer.message : nothing}
      </p>`;
  }

  private renderEntry(entry: Entry, index: number, before: Entry | undefined) {
    const isActive = index === this.active;
    return html`${
        entry.group === before?.group
          ? nothing
          : html`<div class="group" role="presentation">${entry.group}</div>`
      }
      <div
        id=${`entry-${index}`}
        class=${classMap({ entry: true, active: isActive })}
        role="option"
        aria-selected=${isActive ? 'true' : 'false'}
        @pointermove=${() => (this.active = index)}
        @click=${() => this.run(entry)}
        @keydown=${this.onKey}
      >
        <ct-icon .name=${entry.icon}></ct-icon>
        <span class="title">${entry.title}</span>
        ${entry.subtitle ? html`<span class="subtitle">${entry.subtitle}</span>` : nothing}
      </div>`;
  }

  private get entries(): readonly Entry[] {
    const results = this.answer.status === 'ready' ? this.answer.results : [];
    const commands = commandsFor({
      screens: this.screens,
      actions: this.actions,
      state: appLocation.state,
      measures: measureStore.value ?? [],
      views: savedViews.value ?? [],
      navigate: (patch) => appLocation.navigate(patch),
      open: (address) => appLocation.open(address),
    });
    return [...matchingCommands(commands, this.text), ...results.map(toEntry)];
  }

  private run(entry: Entry): void {
    this.dialog.close();
    entry.run();
  }

  private onInput(): void {
    this.text = this.input.value;
    this.active = 0;
    this.#search.typed(this.text);
  }

  private onKey(event: KeyboardEvent): void {
    const { entries } = this;
    const last = Math.max(entries.length - 1, 0);
    const moves: Record<string, number> = {
      ArrowDown: this.active === last ? 0 : this.active + 1,
      ArrowUp: this.active === 0 ? last : this.active - 1,
      PageDown: Math.min(this.active + 8, last),
      PageUp: Math.max(this.active - 8, 0),
    };
    const next = moves[event.key];
    if (next !== undefined) {
      event.preventDefault();
      this.active = next;
      void this.updateComplete.then(() =>
        this.renderRoot.querySelector('.active')?.scrollIntoView({ block: 'nearest' }),
      );
      return;
    }
    const entry = entries[this.active];
    if (event.key !== 'Enter' || !entry) return;
    event.preventDefault();
    this.run(entry);
  }

  /** A press beside the box closes it: only the backdrop is the dialog itself. */
  private onBackdrop(event: PointerEvent): void {
    if (event.target === this.dialog) this.dialog.close();
  }
}

function toEntry(result: SearchResult): Entry {
  return {
    id: `result ${result.kind} ${result.id}`,
    icon: iconOf[result.kind],
    title: result.title,
    subtitle: describe(result),
    group: msg('Places and accounts'),
    run: () => appLocation.navigate(patchFor(result)),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-palette': CtPalette;
  }
}

import { sharingName } from '../saved-views/sharing-name.js';
import { msg } from '@lit/localize';
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { SelectionListItem } from '../../../server/contract/selections.js';
import { formatDay } from '../../lib/format.js';
import { preferences } from '../../state/preferences.js';
import { selection } from '../../state/selection.js';
import type { DrawMode } from '../../state/selection-edit.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import '../../ui/ct-segmented.js';
import type { PickEvent } from '../../ui/ct-picker.js';
import { base, controls } from '../../ui/styles.js';
import { selectionStyles } from './selection-styles.js';
import { modeName } from './selection-words.js';

const modes = ['new', 'union', 'minus', 'intersect'] as const;

/** Saved selections: a click takes one, or joins it to the present one in the way chosen above the list. */
@customElement('ct-saved-selections')
export class CtSavedSelections extends CtElement {
  static override styles = [base, controls, selectionStyles];

  @state() private mode: DrawMode = 'new';
  @state() private removing: number | null = null;

  override render() {
    const { state: loading } = selection.saved;
    if (loading.status === 'failed') {
      return html`<section><p class="hint error">${loading.message}</p></section>`;
    }
    const items = selection.saved.value ?? [];
    if (items.length === 0) return nothing;
    return html`<section>
      <h3>${msg('Saved selections')}</h3>
      ${
        selection.id === null
          ? nothing
          : html`<ct-segmented
              .label=${msg('What becomes of the selection')}
              .value=${this.mode}
              .options=${modes.map((mode) => ({
                value: mode,
                label: mode === 'new' ? msg('Take') : modeName(mode),
              }))}
              @ct-pick=${({ values }: PickEvent) =>
                (this.mode = modes.find((mode) => mode === values[0]) ?? 'new')}
            ></ct-segmented>`
      }
      <ul class="saved">
        ${items.map((item) => this.renderItem(item))}
      </ul>
    </section>`;
  }

  private renderItem(item: SelectionListItem) {
    const owner = item.isMine ? sharingName(item.sharing) : item.ownerName;
    return html`<li>
      <button
        class="pick"
        type="button"
        aria-current=${item.id === selection.id ? 'true' : 'false'}
        @click=${() => this.take(item.id)}
      >
        ${item.name}<span>${owner} · ${formatDay(item.updatedAt, preferences.language)}</span>
      </button>
      ${item.isMine ? this.renderRemove(item) : nothing}
    </li>`;
  }

  /** Asks once more in the place of the button: a removed selection does not come back. */
  private renderRemove({ id, name }: SelectionListItem) {
    if (this.removing !== id) {
      return html`<button
        class="icon-button"
        type="button"
        aria-label=${`${msg('Delete')}: ${name}`}
        title=${msg('Delete')}
        @click=${() => (this.removing = id)}
      >
        <ct-icon name="trash"></ct-icon>
      </button>`;
    }
    return html`<button
        class="button danger"
        type="button"
        @click=${() => {
          this.removing = null;
          void selection.remove(id);
        }}
      >
        ${msg('Delete')}
      </button>
      <button class="button" type="button" @click=${() => (this.removing = null)}>
        ${msg('Keep')}
      </button>`;
  }

  private take(id: number): void {
    if (this.mode === 'new' || selection.id === null) selection.select(id);
    else void selection.combineWith(id, this.mode);
    this.mode = 'new';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-saved-selections': CtSavedSelections;
  }
}

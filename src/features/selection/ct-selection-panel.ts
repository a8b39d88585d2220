import { msg } from '@lit/localize';
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { SavedSelection, SelectionFigures } from '../../../server/contract/selections.js';
import { lifecycles } from '../../../server/contract/lifecycles.js';
import { sharingName, sharings } from '../saved-views/sharing-name.js';
import { codeName } from '../../i18n/words.js';
import { formatCount, formatShort } from '../../lib/format.js';
import { formatArea } from '../../map/draw/measured.js';
import { appLocation } from '../../state/location.js';
import { figureFormat, measureNamed } from '../../state/measures.js';
import { preferences } from '../../state/preferences.js';
import { selection } from '../../state/selection.js';
import { accountFilterQuery } from '../../state/slice-queries.js';
import { toasts } from '../../state/toasts.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import '../../ui/ct-kpi.js';
import '../../ui/ct-skeleton.js';
import '../../ui/ct-state.js';
import { base, controls } from '../../ui/styles.js';
import '../accounts/ct-export-menu.js';
import './ct-saved-selections.js';
import './ct-selection-parts.js';
import './ct-selection-start.js';
import { panelFrame, selectionStyles } from './selection-styles.js';

/** What is selected: how many accounts and what they are worth, the shapes it is made of, and what can be done with it. */
@customElement('ct-selection-panel')
export class CtSelectionPanel extends CtElement {
  static override styles = [base, controls, panelFrame, selectionStyles];

  @state() private isNaming = false;

  override render() {
    const { value } = selection;
    return html`
      <header>
        <h2>${value?.name ?? msg('Selection')}</h2>
        ${value && !value.name ? html`<span class="tag">${msg('Not saved')}</span>` : nothing}
        ${value && !value.isMine ? html`<span class="tag">${value.ownerName ?? ''}</span>` : nothing}
        <button
          class="icon-button"
          type="button"
          aria-label=${msg('Close')}
          title=${msg('Close')}
          @click=${() => selection.open(false)}
        >
          <ct-icon name="close"></ct-icon>
        </button>
      </header>
      <div class="body">
        ${selection.id === null ? html`<ct-selection-start></ct-selection-start>` : this.renderCurrent()}
        <ct-saved-selections></ct-saved-selections>
      </div>
    `;
  }

  private renderCurrent() {
    const { state: loading } = selection.current;
    if (loading.status === 'failed') {
      return html`<ct-state
        tone="failed"
        .heading=${msg('This selection cannot be shown')}
        .text=${loading.message}
      >
        <button class="button" type="button" @click=${() => selection.select(null)}>
          ${msg('Remove the selection')}
        </button>
      </ct-state>`;
    }
    const { value } = selection;
    if (!value) return html`<ct-skeleton></ct-skeleton>`;
    return html`${this.renderFigures(value)}
      <ct-selection-parts></ct-selection-parts> ${this.renderActions(value)}
      ${this.renderNaming(value)} ${this.renderSharing(value)}`;
  }

  private renderFigures(value: SavedSelection) {
    const { draft, figures } = selection;
    if (figures.state.status === 'failed') {
      return html`<ct-state
        tone="failed"
        .heading=${msg('The figures cannot be had just now.')}
        .text=${figures.state.message}
      >
        <button class="button" type="button" @click=${() => figures.reload()}>
          ${msg('Try again')}
        </button>
      </ct-state>`;
    }
    const shown = draft?.figures ?? figures.value;
    if (!shown) return html`<ct-skeleton></ct-skeleton>`;
    const area = draft ? draft.areaKm2 : value.areaKm2;
    const locale = preferences.language;
    const money = (amount: number) =>
      formatShort(amount, figureFormat(measureNamed('sales.revenue')));
    return html`<div class="figures" aria-live="polite">
        <ct-kpi .label=${msg('Accounts')} .value=${formatCount(shown.accounts, locale)}></ct-kpi>
        <ct-kpi .label=${msg('Revenue')} .value=${money(shown.revenue)}></ct-kpi>
        <ct-kpi
          .label=${msg('Area')}
          .value=${area === null ? '–' : formatArea(area * 1e6, locale)}
        ></ct-kpi>
        <ct-kpi .label=${msg('Revenue, 12 months')} .value=${money(shown.revenue12m)}></ct-kpi>
      </div>
      ${this.renderStages(shown)}`;
  }

  private renderStages(figures: SelectionFigures) {
    const locale = preferences.language;
    const notPlaced = figures.accounts - figures.placed;
    return html`<p class="stages">
      ${lifecycles.map(
        (stage) =>
          html`<span
            >${codeName(stage)} <b>${formatCount(figures.byLifecycle[stage], locale)}</b></span
          >`,
      )}
      ${
        notPlaced > 0
          ? html`<span>${msg('Not placed')} <b>${formatCount(notPlaced, locale)}</b></span>`
          : nothing
      }
    </p>`;
  }

  private renderActions(value: SavedSelection) {
    const filter = accountFilterQuery(appLocation.state.filters, null);
    return html`<div class="actions">
      <button
        class="button"
        type="button"
        aria-pressed=${selection.isEditing ? 'true' : 'false'}
        @click=${() => (selection.isEditing = !selection.isEditing)}
      >
        <ct-icon name="pencil"></ct-icon>${
          selection.isEditing ? msg('Done') : msg('Edit the shape')
        }
      </button>
      ${
        selection.base
          ? html`<button
              class="button primary"
              type="button"
              ?disabled=${selection.isBusy}
              @click=${() => void selection.saveOverBase()}
            >
              ${msg('Save the change')}
            </button>`
          : nothing
      }
      <button
        class="button ${value.name || selection.base ? '' : 'primary'}"
        type="button"
        @click=${() => (this.isNaming = !this.isNaming)}
      >
        ${value.name && value.isMine ? msg('Rename') : msg('Save')}
      </button>
      <ct-export-menu
        .filter=${filter}
        .total=${selection.figures.value?.accounts}
      ></ct-export-menu>
      <button class="button" type="button" @click=${() => void this.copyLink()}>
        <ct-icon name="link"></ct-icon>${msg('Copy link')}
      </button>
    </div>`;
  }

  private renderNaming(value: SavedSelection) {
    if (!this.isNaming) return nothing;
    return html`<section>
      <form @submit=${(event: SubmitEvent) => void this.save(event)}>
        <label class="field"
          ><span>${msg('Name')}</span
          ><input
            class="input"
            name="name"
            required
            maxlength="120"
            autocomplete="off"
            .value=${value.name ?? ''}
        /></label>
        <button class="button primary" type="submit" ?disabled=${selection.isBusy}>
          ${msg('Save')}
        </button>
      </form>
    </section>`;
  }

  private renderSharing(value: SavedSelection) {
    if (!value.isMine) return nothing;
    return html`<section>
      <label class="field"
        ><span>${msg('Who may use it')}</span
        ><select
          class="input"
          @change=${(event: Event) => this.share((event.target as HTMLSelectElement).value)}
        >
          ${sharings.map(
            (sharing) =>
              html`<option value=${sharing} ?selected=${sharing === value.sharing}>
                ${sharingName(sharing)}
              </option>`,
          )}
        </select></label
      >
      <p class="hint">${msg('Everybody sees only the accounts that are theirs to see.')}</p>
    </section>`;
  }

  private share(value: string): void {
    const sharing = sharings.find((known) => known === value);
    if (sharing) void selection.share(sharing);
  }

  private async save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const name = new FormData(event.target as HTMLFormElement).get('name');
    await selection.save(String(name ?? ''));
    this.isNaming = false;
  }

  private async copyLink(): Promise<void> {
    const { value } = selection;
    await navigator.clipboard.writeText(window.location.href);
    toasts.show(
      value?.isMine && value.sharing === 'me'
        ? msg('Link copied. Only you can open it until you share the selection.')
        : msg('Link copied.'),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-selection-panel': CtSelectionPanel;
  }
}

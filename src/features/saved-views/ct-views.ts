import { msg, str } from '@lit/localize';
import { html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { messageOf } from '../../api/api-error.js';
import {
  createSavedView,
  removeSavedView,
  thumbnailAddress,
  updateSavedView,
} from '../../api/saved-views.js';
import type { SavedView, SavedViewPatch } from '../../../server/contract/saved-views.js';
import { appLocation } from '../../state/location.js';
import { savedViews } from '../../state/saved-views.js';
import { toasts } from '../../state/toasts.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import { isPlainClick } from '../../ui/links.js';
import { base, controls } from '../../ui/styles.js';
import { PictureRequestEvent } from './picture-request-event.js';
import { sharingName, sharings } from './sharing-name.js';
import { viewsStyles } from './views-styles.js';

/** Width of a kept picture in pixels; the list shows it at half of that. */
const pictureWidth = 192;

/**
 * A button that opens the saved views: the list to open one from, and the form that saves what is
 * shown now.
 *
 * @fires ct-picture-request - asks whoever holds the map for a picture of it
 */
@customElement('ct-views')
export class CtViews extends CtElement {
  static override styles = [base, controls, viewsStyles];

  @state() private busy = false;
  @state() private failure = '';
  @query('.list') private list!: HTMLElement;
  @query('[name=name]') private nameField!: HTMLInputElement;
  @query('[name=sharing]') private sharingField!: HTMLSelectElement;

  override connectedCallback(): void {
    super.connectedCallback();
    savedViews.start();
  }

  override render() {
    return html`<button
        type="button"
        class="button open"
        aria-haspopup="dialog"
        aria-label=${msg('Views')}
        @click=${() => this.list.togglePopover()}
      >
        <ct-icon name="bookmark"></ct-icon><span class="name">${msg('Views')}</span>
      </button>
      <div class="list" popover="auto" role="dialog" aria-label=${msg('Saved views')}>
        ${this.renderForm()} ${this.renderList()}
      </div>`;
  }

  private renderForm() {
    return html`<form @submit=${this.onSave}>
      <label class="field"
        ><span>${msg('Save this view as')}</span
        ><input class="input" name="name" maxlength="120" required autocomplete="off"
      /></label>
      <label class="field"
        ><span>${msg('Who may open it')}</span>
        <select class="input" name="sharing">
          ${sharings.map((value) => html`<option value=${value}>${sharingName(value)}</option>`)}
        </select></label
      >
      <button class="button primary" type="submit" ?disabled=${this.busy}>${msg('Save')}</button>
      <p class="error" role="alert">${this.failure}</p>
    </form>`;
  }

  private renderList() {
    const { state } = savedViews;
    if (state.status === 'failed') {
      return html`<p class="note">
        ${state.message}
        <button class="link" type="button" @click=${() => savedViews.reload()}>
          ${msg('Try again')}
        </button>
      </p>`;
    }
    const views = state.value ?? [];
    if (views.length === 0) {
      return html`<p class="note">
        ${msg('No views yet. A view keeps region, period, filters, layers and map under a name.')}
      </p>`;
    }
    return html`<ul>
      ${views.map((view) => this.renderView(view))}
    </ul>`;
  }

  private renderView(view: SavedView) {
    const { name, ownerName, sharing, address, mayChange } = view;
    const isOpen = appLocation.address === address;
    return html`<li>
      <a
        href=${address}
        aria-current=${ifDefined(isOpen ? 'true' : undefined)}
        @click=${(event: MouseEvent) => this.open(event, address)}
      >
        ${
          view.hasThumbnail
            ? html`<img src=${thumbnailAddress(view)} alt="" width="96" height="60" />`
            : html`<span class="no-picture"><ct-icon name="map"></ct-icon></span>`
        }
        <span class="texts"
          ><span class="title">${name}</span
          ><span class="muted">${ownerName} · ${sharingName(sharing)}</span></span
        >
      </a>
      ${mayChange ? this.renderActions(view) : nothing}
    </li>`;
  }

  private renderActions(view: SavedView) {
    return html`<div class="actions">
      <select
        class="input"
        aria-label=${msg(str`Who may open ${view.name}`)}
        @change=${(event: Event) => {
          const { value } = event.target as HTMLSelectElement;
          const sharing = sharings.find((known) => known === value);
          if (sharing) void this.change(view, { sharing });
        }}
      >
        ${sharings.map(
          (value) =>
            html`<option value=${value} ?selected=${value === view.sharing}>
              ${sharingName(value)}
            </option>`,
        )}
      </select>
      <button
        type="button"
        class="icon-button"
        aria-label=${msg(str`Replace ${view.name} by what is shown now`)}
        title=${msg('Replace by what is shown now')}
        @click=${() => void this.replaceView(view)}
      >
        <ct-icon name="refresh"></ct-icon>
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label=${msg(str`Remove ${view.name}`)}
        title=${msg('Remove')}
        @click=${() => void this.removeView(view)}
      >
        <ct-icon name="trash"></ct-icon>
      </button>
    </div>`;
  }

  private open(event: MouseEvent, address: string): void {
    if (!isPlainClick(event)) return;
    event.preventDefault();
    this.list.hidePopover();
    appLocation.open(address);
  }

  private async onSave(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const name = this.nameField.value;
    const sharing = sharings.find((known) => known === this.sharingField.value) ?? 'me';
    this.busy = true;
    this.failure = '';
    try {
      const thumbnail = await this.takePicture();
      await createSavedView({ name, sharing, address: appLocation.address, thumbnail });
      this.nameField.value = '';
      savedViews.reload();
      toasts.show(msg(str`Saved: ${name}`));
    } catch (error) {
      this.failure = messageOf(error);
    } finally {
      this.busy = false;
    }
  }

  private async replaceView(view: SavedView): Promise<void> {
    const thumbnail = await this.takePicture();
    await this.change(view, {
      address: appLocation.address,
      ...(thumbnail === null ? {} : { thumbnail }),
    });
  }

  private async change(view: SavedView, patch: SavedViewPatch): Promise<void> {
    try {
      await updateSavedView(view.id, patch);
      toasts.show(msg('Saved'));
    } catch (error) {
      toasts.show(messageOf(error), 'failed');
    }
    savedViews.reload();
  }

  private async removeView({ id, name }: SavedView): Promise<void> {
    try {
      await removeSavedView(id);
      toasts.show(msg(str`Removed: ${name}`));
    } catch (error) {
      toasts.show(messageOf(error), 'failed');
    }
    savedViews.reload();
  }

  /** A picture of the map, or null where no map is shown or it cannot be drawn. */
  private async takePicture(): Promise<string | null> {
    const request = new PictureRequestEvent(pictureWidth);
    this.dispatchEvent(request);
    const canvas = await request.picture?.catch(() => null);
    return canvas ? canvas.toDataURL('image/jpeg', 0.8) : null;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-views': CtViews;
  }
}

import { msg, str } from '@lit/localize';
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import {
  cancelBulkEdit,
  getBulkEdit,
  previewBulkEdit,
  startBulkEdit,
  undoBulkEdit,
} from '../../api/bulk-edits.js';
import { isAbort, messageOf } from '../../api/api-error.js';
import { lifecycles } from '../../../server/contract/lifecycles.js';
import type {
  BulkChanges,
  BulkEdit,
  BulkPreview,
  BulkTarget,
} from '../../../server/contract/bulk-edits.js';
import { codeName } from '../../i18n/words.js';
import { formatCount } from '../../lib/format.js';
import { owners } from '../../state/owners.js';
import { preferences } from '../../state/preferences.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import { base, controls } from '../../ui/styles.js';
import { bulkEditStyles } from './bulk-edit-styles.js';

const nobody = '-';
const lookMs = 400;
const previewAfterMs = 300;

/**
 * Changes many accounts at once: says what becomes of how many before anything is written, shows how far it is,
 * and can be taken back. Tells `ct-bulk-done` when accounts are different and `ct-close` when it is closed.
 */
@customElement('ct-bulk-edit')
export class CtBulkEdit extends CtElement {
  static override styles = [base, controls, bulkEditStyles];

  @property({ attribute: false }) target: BulkTarget | null = null;
  @property({ attribute: false }) count = 0;

  @state() private changes: BulkChanges = {};
  @state() private preview: BulkPreview | null = null;
  @state() private edit: BulkEdit | null = null;
  @state() private failure = '';

  #abort = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    owners.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#abort.abort();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('target') && !this.edit) this.look();
  }

  override render() {
    return html`<section aria-label=${msg('Change many accounts')}>
      <header>
        <h2>${this.heading}</h2>
        <button
          class="icon-button"
          type="button"
          aria-label=${msg('Close')}
          @click=${() => this.dispatchEvent(new Event('ct-close'))}
        >
          <ct-icon name="close"></ct-icon>
        </button>
      </header>
      ${this.edit ? this.renderEdit(this.edit) : this.renderForm()}
      <p class="error" role="alert">${this.failure}</p>
    </section>`;
  }

  private get heading(): string {
    const count = formatCount(this.edit?.total ?? this.count, preferences.language);
    return msg(str`Change ${count} accounts`);
  }

  private renderForm() {
    return html`<form @submit=${this.onSubmit} @input=${this.onInput}>
      <div class="fields">
        <label class="field"
          ><span>${msg('Lifecycle')}</span>
          <select class="input" name="lifecycle">
            <option value="">${msg('Leave as it is')}</option>
            ${lifecycles.map((code) => html`<option value=${code}>${codeName(code)}</option>`)}
          </select>
        </label>
        <label class="field"
          ><span>${msg('Owner')}</span>
          <select class="input" name="owner">
            <option value="">${msg('Leave as it is')}</option>
            <option value=${nobody}>${msg('Without an owner')}</option>
            ${owners.list.map(({ id, name }) => html`<option value=${id}>${name}</option>`)}
          </select>
        </label>
        ${this.renderText('segment', msg('Segment'), msg('Leave as it is'))}
        ${this.renderText('addTags', msg('Add tags'), msg('With commas between'))}
        ${this.renderText('removeTags', msg('Take tags away'), msg('With commas between'))}
      </div>
      ${this.renderPreview()}
    </form>`;
  }

  private renderText(name: string, label: string, hint: string) {
    return html`<label class="field"
      ><span>${label}</span>
      <input class="input" name=${name} placeholder=${hint} autocomplete="off" />
    </label>`;
  }

  private renderPreview() {
    const { preview } = this;
    const locale = preferences.language;
    const count = formatCount(preview?.changing ?? 0, locale);
    const refused = formatCount(preview?.refused ?? 0, locale);
    return html`<div class="preview" aria-live="polite">
      ${preview?.fields.map((field) => this.renderField(field))}
      ${preview && preview.refused > 0 ? html`<p>${msg(str`${refused} are not yours to change and stay as they are.`)}</p>` : nothing}
      <button class="button primary" type="submit" ?disabled=${!preview || preview.changing === 0}>
        ${preview ? msg(str`Change ${count} accounts`) : msg('Choose what is to change')}
      </button>
    </div>`;
  }

  private renderField({ field, to, from, others }: BulkPreview['fields'][number]) {
    const locale = preferences.language;
    const other = formatCount(others, locale);
    return html`<table>
      <caption>
        ${this.fieldTitle(field)} →
        <strong>${this.valueName(field, to)}</strong>
      </caption>
      <tbody>
        ${from.map(
          ({ value, count }) =>
            html`<tr>
              <td>${this.valueName(field, value)}</td>
              <td class="number">${formatCount(count, locale)}</td>
            </tr>`,
        )}
        ${
          others > 0
            ? html`<tr>
                <td>${msg('Other values')}</td>
                <td class="number">${other}</td>
              </tr>`
            : nothing
        }
      </tbody>
    </table>`;
  }

  private renderEdit(edit: BulkEdit) {
    const locale = preferences.language;
    const changed = formatCount(edit.changed, locale);
    const skipped = formatCount(edit.skipped, locale);
    const isRunning = edit.status === 'running';
    return html`<div class="running">
      <progress max=${Math.max(1, edit.total)} .value=${edit.done}></progress>
      <p role="status">
        ${msg(str`${changed} changed, ${skipped} left as they were`)}${
          edit.status === 'cancelled' ? ` · ${msg('Cancelled')}` : nothing
        }
      </p>
      ${edit.error ? html`<p class="error">${edit.error}</p>` : nothing}
      <div class="actions">
        ${
          isRunning
            ? html`<button class="button" type="button" @click=${() => void this.cancel(edit)}>
                ${msg('Cancel')}
              </button>`
            : this.renderAfter(edit)
        }
      </div>
    </div>`;
  }

  private renderAfter(edit: BulkEdit) {
    return html`${
        edit.undoOf === null && edit.changed > 0
          ? html`<button class="button" type="button" @click=${() => void this.undo(edit)}>
              ${msg('Undo')}
            </button>`
          : nothing
      }
      <button
        class="button primary"
        type="button"
        @click=${() => this.dispatchEvent(new Event('ct-close'))}
      >
        ${msg('Done')}
      </button>`;
  }

  private fieldTitle(field: BulkPreview['fields'][number]['field']): string {
    return {
      owner: msg('Owner'),
      segment: msg('Segment'),
      lifecycle: msg('Lifecycle'),
      tags: msg('Tags'),
    }[field];
  }

  private valueName(field: string, value: string | null): string {
    if (value === null) return field === 'tags' ? '' : msg('None');
    if (field === 'owner') return owners.nameOf(value) ?? value;
    return field === 'lifecycle' ? codeName(value) : value;
  }

  private onInput(event: Event): void {
    this.changes = changesOf(new FormData(event.currentTarget as HTMLFormElement));
    this.look();
  }

  /** Asks what the change would do, a moment after the last letter. */
  private look(): void {
    this.preview = null;
    this.failure = '';
    clearTimeout(this.#timer);
    this.#abort.abort();
    if (Object.keys(this.changes).length === 0) return;
    this.#timer = setTimeout(() => void this.loadPreview(), previewAfterMs);
  }

  private async loadPreview(): Promise<void> {
    if (!this.target) return;
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    try {
      const preview = await previewBulkEdit({ target: this.target, changes: this.changes }, signal);
      if (!signal.aborted) this.preview = preview;
    } catch (error) {
      if (!isAbort(error)) this.failure = messageOf(error);
    }
  }

  private onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    const { target, changes, preview } = this;
    if (target && preview) void this.follow(() => startBulkEdit({ target, changes }));
  }

  private undo(edit: BulkEdit): Promise<void> {
    return this.follow(() => undoBulkEdit(edit.id));
  }

  private async cancel({ id }: BulkEdit): Promise<void> {
    try {
      await cancelBulkEdit(id);
    } catch (error) {
      this.failure = messageOf(error);
    }
  }

  /** Begins a change and shows how far it is until it has ended. */
  private async follow(start: () => Promise<BulkEdit>): Promise<void> {
    this.failure = '';
    try {
      this.edit = await start();
      while (this.edit.status === 'running' && this.isConnected) {
        await new Promise((resolve) => setTimeout(resolve, lookMs));
        this.edit = await getBulkEdit(this.edit.id);
      }
      this.dispatchEvent(new Event('ct-bulk-done'));
    } catch (error) {
      this.failure = messageOf(error);
    }
  }
}

function changesOf(form: FormData): BulkChanges {
  const entry = (name: string) => String(form.get(name) ?? '').trim();
  const list = (name: string) =>
    entry(name)
      .split(/[,;]/)
      .map((tag) => tag.trim())
      .filter((tag) => tag !== '');
  const changes: BulkChanges = {};
  const lifecycle = lifecycles.find((code) => code === entry('lifecycle'));
  if (lifecycle) changes.lifecycle = lifecycle;
  if (entry('owner') !== '') changes.owner = entry('owner') === nobody ? null : entry('owner');
  if (entry('segment') !== '') changes.segment = entry('segment');
  if (list('addTags').length > 0) changes.addTags = list('addTags');
  if (list('removeTags').length > 0) changes.removeTags = list('removeTags');
  return changes;
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-bulk-edit': CtBulkEdit;
  }
  interface HTMLElementEventMap {
    'ct-bulk-done': Event;
  }
}

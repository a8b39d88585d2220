import { msg, str } from '@lit/localize';
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { messageOf } from '../../api/api-error.js';
import { saveImportRecipe } from '../../api/import-jobs.js';
import { getImport, rejectedRowsAddress } from '../../api/imports.js';
import type { ImportJobDetail } from '../../../server/contract/import-jobs.js';
import { formatCount } from '../../lib/format.js';
import { appLocation } from '../../state/location.js';
import { preferences } from '../../state/preferences.js';
import { Resource } from '../../state/resource.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import '../../ui/ct-skeleton.js';
import '../../ui/ct-state.js';
import { base, controls, page } from '../../ui/styles.js';
import './ct-job-progress.js';
import { importDraft } from './import-draft.js';
import { importStyles } from './import-styles.js';

/** Last step: the load goes on, then says what became of it; rejected rows and the recipe are kept here. */
@customElement('ct-import-load')
export class CtImportLoad extends CtElement {
  static override styles = [base, controls, page, importStyles];

  @state() private recipeName = importDraft.recipe?.name ?? '';
  @state() private recipeProblem = '';

  readonly #report = new Resource(
    () => (importDraft.load.isOver ? (importDraft.load.job?.importId ?? undefined) : undefined),
    (id, abort) => getImport(id, abort),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    this.#report.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#report.stop();
  }

  override render() {
    const { load } = importDraft;
    const { job } = load;
    if (!job) {
      return html`<div class="card">
        ${
          load.problem
            ? html`<ct-state
                tone="failed"
                .heading=${msg('The load could not be started')}
                .text=${load.problem}
              >
                <button class="button" type="button" @click=${this.#again}>
                  ${msg('Try again')}
                </button>
              </ct-state>`
            : html`<ct-skeleton lines="3"></ct-skeleton>`
        }
      </div>`;
    }
    if (!load.isOver) {
      return html`<section class="card" aria-label=${msg('Load')}>
        <ct-job-progress .job=${job} .cancel=${() => void load.cancel()}></ct-job-progress>
        <p class="muted">${msg('You can leave this page; the load goes on.')}</p>
      </section>`;
    }
    return html`${job.status === 'succeeded' ? this.#renderDone(job) : this.#renderFailed(job)}
      ${this.#renderRecipe()}
      <div class="actions">
        <button
          class="button"
          type="button"
          @click=${this.#openReport}
          ?hidden=${job.importId === null}
        >
          ${msg('Open the report')}
        </button>
        <button class="button primary" type="button" @click=${() => importDraft.reset()}>
          ${msg('Import another file')}
        </button>
      </div>`;
  }

  #renderDone({ rejectedKept, importId }: ImportJobDetail) {
    const report = this.#report.value;
    const count = (rows: number) => formatCount(rows, preferences.language);
    const kept = rejectedKept ?? 0;
    return html`<section class="card" aria-label=${msg('Loaded')}>
      <h2>${msg('Loaded')}</h2>
      <p class="visually-hidden" role="status">${msg('Loaded')}</p>
      ${
        report
          ? html`<div class="tiles">
              ${[
                [report.rowsRead, msg('Rows read')] as const,
                [report.rowsInserted, msg('New')] as const,
                [report.rowsUpdated, msg('Changed')] as const,
                [report.rowsUnchanged, msg('Unchanged')] as const,
                [report.rowsRejected, msg('Rejected')] as const,
              ].map(
                ([rows, label]) =>
                  html`<div class="tile">
                    <strong>${count(rows)}</strong><span>${label}</span>
                  </div>`,
              )}
            </div>`
          : html`<ct-skeleton lines="1"></ct-skeleton>`
      }
      ${
        kept > 0 && importId !== null
          ? html`<div class="row">
              <a class="button" href=${rejectedRowsAddress(importId)} download>
                <ct-icon name="download"></ct-icon
                >${msg(str`Download ${count(kept)} rejected rows`)}
              </a>
              <span class="muted grow">
                ${msg('Mend them in the file and drop it here again; the columns are known.')}
              </span>
            </div>`
          : nothing
      }
    </section>`;
  }

  #renderFailed({ status, error }: ImportJobDetail) {
    return html`<div class="card">
      <ct-state
        tone="failed"
        .heading=${status === 'cancelled' ? msg('The load was cancelled') : msg('The load failed')}
        .text=${error ?? msg('Nothing of it was loaded.')}
      >
        <button class="button" type="button" @click=${this.#again}>${msg('Load again')}</button>
      </ct-state>
    </div>`;
  }

  #renderRecipe() {
    const { recipe } = importDraft;
    return html`<form class="card" @submit=${this.#saveRecipe}>
      <label class="field">
        <span>${msg('Keep these settings as a recipe for the next file of this kind')}</span>
        <input
          class="input"
          required
          maxlength="120"
          placeholder=${msg('Name of the recipe')}
          .value=${this.recipeName}
          @input=${(event: Event) => (this.recipeName = (event.target as HTMLInputElement).value)}
        />
      </label>
      <div class="row">
        <button class="button" type="submit">${msg('Keep the recipe')}</button>
        <span role="status" class="muted">
          ${recipe ? msg(str`Kept as ${recipe.name}.`) : nothing}
        </span>
      </div>
      ${this.recipeProblem ? html`<p class="error" role="alert">${this.recipeProblem}</p>` : nothing}
    </form>`;
  }

  readonly #saveRecipe = async (event: Event) => {
    event.preventDefault();
    const order = importDraft.order('load');
    if (!order) return;
    const { importer, options = {}, source, licence } = order;
    try {
      const recipe = await saveImportRecipe({
        name: this.recipeName,
        importer,
        options,
        ...(source ? { source } : {}),
        ...(licence ? { licence } : {}),
        fileName: importDraft.file?.name ?? '',
        columns: [...importDraft.columnNames],
      });
      importDraft.noteRecipe(recipe);
      this.recipeProblem = '';
    } catch (error) {
      this.recipeProblem = messageOf(error);
    }
  };

  readonly #again = () => {
    const order = importDraft.order('load');
    if (order) void importDraft.load.start(order);
  };

  readonly #openReport = () => {
    const id = importDraft.load.job?.importId;
    if (id) appLocation.navigate({ section: String(id) });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-import-load': CtImportLoad;
  }
}

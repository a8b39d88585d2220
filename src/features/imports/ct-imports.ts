import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { messageOf } from '../../api/api-error.js';
import { listImportRecipes, recipeAddress, removeImportRecipe } from '../../api/import-jobs.js';
import {
  getImport,
  importIssuesAddress,
  listImports,
  rejectedRowsAddress,
} from '../../api/imports.js';
import type { Import, ImportDetail } from '../../../server/contract/imports.js';
import { formatCount } from '../../lib/format.js';
import { appLocation } from '../../state/location.js';
import { preferences } from '../../state/preferences.js';
import { Resource } from '../../state/resource.js';
import { toasts } from '../../state/toasts.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import '../../ui/ct-skeleton.js';
import '../../ui/ct-state.js';
import './ct-import-jobs.js';
import './ct-import-steps.js';
import { kindName } from './names.js';
import { base, controls, page } from '../../ui/styles.js';

/** Reports of what was loaded: rows read, changed and rejected, with the rejected ones to download. */
@customElement('ct-imports')
export class CtImports extends CtElement {
  static override styles = [
    base,
    controls,
    page,
    css`
      td {
        white-space: nowrap;
      }
      .status.failed,
      .status.cancelled {
        color: var(--down);
      }
      .status.running {
        color: var(--accent);
      }
      tr.open > td {
        background: var(--accent-weak);
      }
      .detail {
        display: grid;
        gap: 12px;
      }
      h2 {
        font-size: 16px;
        line-height: 22px;
        font-weight: 620;
      }
      .recipe {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
      }
      .recipe span {
        flex: 1;
      }
    `,
  ];

  readonly #list = new Resource(
    () => 'imports',
    (_input, abort) => listImports(abort),
  );
  readonly #detail = new Resource(
    () => this.openedId,
    (id, abort) => getImport(id, abort),
  );

  readonly #recipes = new Resource(
    () => 'recipes',
    (_input, abort) => listImportRecipes(abort),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    this.#list.start();
    this.#detail.start();
    this.#recipes.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#list.stop();
    this.#detail.stop();
    this.#recipes.stop();
  }

  override render() {
    if (appLocation.state.section === 'new') return this.renderSteps();
    return html`<div class="page">
      <div class="page-head">
        <h1>${msg('Imports')}</h1>
        <button class="button" type="button" @click=${() => this.#list.reload()}>
          <ct-icon name="refresh"></ct-icon>${msg('Refresh')}
        </button>
        <button class="button primary" type="button" @click=${this.#begin}>
          <ct-icon name="plus"></ct-icon>${msg('Import files')}
        </button>
      </div>
      <ct-import-jobs @ct-jobs-done=${() => this.#list.reload()}></ct-import-jobs>
      <div class="card">${this.renderList()}</div>
      ${this.renderDetail()} ${this.renderRecipes()}
    </div>`;
  }

  private renderSteps() {
    return html`<div class="page">
      <div class="page-head">
        <h1>${msg('Import files')}</h1>
        <button class="button" type="button" @click=${this.#leave}>
          <ct-icon name="close"></ct-icon>${msg('All imports')}
        </button>
      </div>
      <ct-import-steps></ct-import-steps>
    </div>`;
  }

  private renderRecipes() {
    const recipes = this.#recipes.value ?? [];
    if (recipes.length === 0) return nothing;
    return html`<section class="card padded detail" aria-label=${msg('Recipes')}>
      <h2>${msg('Recipes')}</h2>
      ${recipes.map(
        (recipe) =>
          html`<div class="recipe">
            <span><strong>${recipe.name}</strong> · ${kindName(recipe.importer)}</span>
            <a class="button" href=${recipeAddress(recipe.id)} download>
              <ct-icon name="download"></ct-icon>YAML
            </a>
            ${
              recipe.isOwn
                ? html`<button
                    class="icon-button"
                    type="button"
                    title=${msg(str`Remove ${recipe.name}`)}
                    aria-label=${msg(str`Remove ${recipe.name}`)}
                    @click=${() => void this.#removeRecipe(recipe.id)}
                  >
                    <ct-icon name="trash"></ct-icon>
                  </button>`
                : nothing
            }
          </div>`,
      )}
    </section>`;
  }

  readonly #begin = () => appLocation.navigate({ section: 'new' });

  readonly #leave = () => {
    appLocation.navigate({ section: null });
    this.#list.reload();
    this.#recipes.reload();
  };

  async #removeRecipe(id: number): Promise<void> {
    await removeImportRecipe(id).catch((error: unknown) => {
      toasts.show(messageOf(error), 'failed');
    });
    this.#recipes.reload();
  }

  private get openedId(): number | undefined {
    const id = Number(appLocation.state.section);
    return Number.isInteger(id) && id > 0 ? id : undefined;
  }

  private renderList() {
    const { state } = this.#list;
    if (state.status === 'failed') {
      return html`<ct-state tone="failed" .heading=${msg('No reports')} .text=${state.message}>
        <button class="button" type="button" @click=${() => this.#list.reload()}>
          ${msg('Try again')}
        </button>
      </ct-state>`;
    }
    if (!state.value) return html`<ct-skeleton></ct-skeleton>`;
    const { items, total } = state.value;
    if (items.length === 0) {
      return html`<ct-state
        icon="imports"
        .heading=${msg('Nothing was imported yet')}
        .text=${msg('Bring your customers, orders or regions as a file: it is checked before anything is written.')}
      >
        <button class="button primary" type="button" @click=${this.#begin}>
          ${msg('Import files')}
        </button>
      </ct-state>`;
    }
    const left = total - items.length;
    return html`<div class="scroll-x" tabindex="0" role="region" aria-label=${msg('Imports')}>
        <table>
          <thead>
            <tr>
              <th scope="col">${msg('Source')}</th>
              <th scope="col">${msg('Importer')}</th>
              <th scope="col">${msg('State')}</th>
              <th scope="col">${msg('Started')}</th>
              <th scope="col" class="number">${msg('Read')}</th>
              <th scope="col" class="number">${msg('New')}</th>
              <th scope="col" class="number">${msg('Updated')}</th>
              <th scope="col" class="number">${msg('Rejected')}</th>
            </tr>
          </thead>
          <tbody>
            ${items.map((entry) => this.renderRow(entry))}
          </tbody>
        </table>
      </div>
      ${
        left > 0
          ? html`<p class="muted">
              ${msg(str`${formatCount(left, preferences.language)} older imports are not listed here.`)}
            </p>`
          : nothing
      }`;
  }

  private renderRow(entry: Import) {
    const count = (rows: number) => formatCount(rows, preferences.language);
    return html`<tr class=${entry.id === this.openedId ? 'open' : ''}>
      <td>
        <button
          class="link"
          type="button"
          @click=${() => appLocation.navigate({ section: String(entry.id) })}
        >
          ${entry.sourceName}
        </button>
      </td>
      <td>${kindName(entry.importer)}</td>
      <td class="status ${entry.status}">${statusName(entry.status)}</td>
      <td>${momentText(entry.startedAt)}</td>
      <td class="number">${count(entry.rowsRead)}</td>
      <td class="number">${count(entry.rowsInserted)}</td>
      <td class="number">${count(entry.rowsUpdated)}</td>
      <td class="number">${count(entry.rowsRejected)}</td>
    </tr>`;
  }

  private renderDetail() {
    if (this.openedId === undefined) return nothing;
    const { state } = this.#detail;
    if (state.status === 'failed') {
      return html`<div class="card">
        <ct-state tone="failed" .heading=${msg('No report')} .text=${state.message}></ct-state>
      </div>`;
    }
    if (state.value?.id !== this.openedId) return html`<ct-skeleton lines="4"></ct-skeleton>`;
    return this.renderReport(state.value);
  }

  private renderReport(report: ImportDetail) {
    const hasIssues = report.rowsRejected + report.rowsWarned > 0;
    return html`<section class="card padded detail" aria-label=${report.sourceName}>
      <div class="page-head">
        <h2>${report.sourceName}</h2>
        ${
          report.hasRejectedRows
            ? html`<a class="button" href=${rejectedRowsAddress(report.id)} download>
                <ct-icon name="download"></ct-icon>${msg('Rejected rows, to be mended')}
              </a>`
            : nothing
        }
        ${
          hasIssues
            ? html`<a class="button" href=${importIssuesAddress(report.id)} download>
                <ct-icon name="download"></ct-icon>${msg('Rejected and doubtful rows')}
              </a>`
            : nothing
        }
      </div>
      ${report.error ? html`<p class="error">${report.error}</p>` : nothing}
      ${
        report.issues.length === 0
          ? html`<p class="muted">${msg('Every row was fine.')}</p>`
          : this.renderIssues(report)
      }
    </section>`;
  }

  private renderIssues({ issues }: ImportDetail) {
    return html`<div class="scroll-x" tabindex="0" role="region" aria-label=${msg('Reasons')}>
      <table>
        <thead>
          <tr>
            <th scope="col">${msg('Reason')}</th>
            <th scope="col">${msg('Field')}</th>
            <th scope="col">${msg('Kind')}</th>
            <th scope="col" class="number">${msg('First line')}</th>
            <th scope="col" class="number">${msg('Rows')}</th>
          </tr>
        </thead>
        <tbody>
          ${issues.map(
            ({ severity, reason, field, count, firstLine }) =>
              html`<tr>
                <td>${reason}</td>
                <td>${field ?? ''}</td>
                <td>${severity === 'rejected' ? msg('Rejected') : msg('Doubtful')}</td>
                <td class="number">${firstLine ?? ''}</td>
                <td class="number">${formatCount(count, preferences.language)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}

function statusName(status: Import['status']): string {
  return {
    running: msg('Running'),
    succeeded: msg('Done'),
    failed: msg('Failed'),
    cancelled: msg('Cancelled'),
  }[status];
}

function momentText(moment: string): string {
  return new Intl.DateTimeFormat(preferences.language, {
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(new Date(moment));
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-imports': CtImports;
  }
}

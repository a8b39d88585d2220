import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { getImport, listRejectedRows } from '../../api/imports.js';
import type { CheckResult } from '../../../server/contract/import-jobs.js';
import { formatCount } from '../../lib/format.js';
import { preferences } from '../../state/preferences.js';
import { Resource } from '../../state/resource.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-skeleton.js';
import '../../ui/ct-state.js';
import { base, controls, page } from '../../ui/styles.js';
import './ct-job-progress.js';
import { importDraft } from './import-draft.js';
import { importStyles } from './import-styles.js';
import { fieldName } from './names.js';

/** Fourth step: what a load would do, counted, on a map, and with the bad rows; nothing is written. */
@customElement('ct-import-check')
export class CtImportCheck extends CtElement {
  static override styles = [
    base,
    controls,
    page,
    importStyles,
    css`
      ct-sketch-map {
        height: 360px;
        border-radius: 8px;
      }
    `,
  ];

  @state() private hasMap = false;

  readonly #rejected = new Resource(checkedImport, (id, abort) => listRejectedRows(id, abort));
  readonly #report = new Resource(checkedImport, (id, abort) => getImport(id, abort));

  override connectedCallback(): void {
    super.connectedCallback();
    this.#rejected.start();
    this.#report.start();
    import('../../map/ct-sketch-map.js').then(
      () => (this.hasMap = true),
      // Without the map the numbers still say what would happen.
      () => undefined,
    );
    if (!importDraft.check.job && importDraft.load.job === undefined) this.#run();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#rejected.stop();
    this.#report.stop();
  }

  override render() {
    const { check } = importDraft;
    const { job } = check;
    if (!job) {
      return html`<div class="card">
        ${
          check.problem
            ? html`<ct-state
                tone="failed"
                .heading=${msg('The check could not be started')}
                .text=${check.problem}
              >
                <button class="button" type="button" @click=${this.#run}>
                  ${msg('Try again')}
                </button>
              </ct-state>`
            : html`<ct-skeleton lines="3"></ct-skeleton>`
        }
      </div>`;
    }
    if (!check.isOver) {
      return html`<section class="card" aria-label=${msg('Check')}>
        <ct-job-progress .job=${job} .cancel=${() => void check.cancel()}></ct-job-progress>
        ${check.problem ? html`<p class="error" role="alert">${check.problem}</p>` : nothing}
      </section>`;
    }
    return html`${
      job.check
        ? this.#renderResult(job.check)
        : html`<div class="card">
            <ct-state
              tone="failed"
              .heading=${job.status === 'cancelled' ? msg('The check was cancelled') : msg('The file cannot be loaded so')}
              .text=${job.error ?? ''}
            >
              <button class="button" type="button" @click=${this.#run}>
                ${msg('Check again')}
              </button>
            </ct-state>
          </div>`
    }
    ${this.#renderActions(job.check)}`;
  }

  #renderResult(check: CheckResult) {
    const { counts, isCompared, further, placement } = check;
    const tile = (rows: number, label: string, isBad = false) =>
      html`<div class="tile ${isBad && rows > 0 ? 'bad' : ''}">
        <strong>${this.#count(rows)}</strong><span>${label}</span>
      </div>`;
    const [lines] = further;
    return html`<section class="card" aria-label=${msg('What would happen')}>
        <h2>${msg('What would happen')}</h2>
        <div class="tiles">
          ${tile(counts.read, msg('Rows read'))}
          ${
            isCompared
              ? [
                  tile(counts.inserted, msg('New')),
                  tile(counts.updated, msg('Changed')),
                  tile(counts.unchanged, msg('Unchanged')),
                ]
              : nothing
          }
          ${tile(counts.rejected, msg('Rejected'), true)} ${tile(counts.warned, msg('Doubtful'))}
        </div>
        ${lines ? html`<p class="muted">${msg(str`Lines of orders: ${this.#count(lines.inserted)} new, ${this.#count(lines.updated)} changed.`)}</p>` : nothing}
        ${isCompared ? nothing : html`<p class="muted">${msg('Which rows are new shows when the file is loaded.')}</p>`}
        ${
          placement
            ? html`<h2>${msg('How they are placed')}</h2>
                <div class="tiles">
                  ${tile(placement.byCoordinates, msg('By coordinates'))}
                  ${tile(placement.byPostcode, msg('By postcode'))}
                  ${tile(placement.byAddress, msg('To be looked up by address'))}
                  ${tile(placement.notPlaced, msg('Not placed'), true)}
                </div>`
            : nothing
        }
        <p class="muted">${msg('Nothing was written yet.')}</p>
      </section>
      ${this.#renderMap(check)} ${this.#renderReasons()} ${this.#renderRejected()}`;
  }

  #renderMap({ shapes }: CheckResult) {
    if (shapes.length === 0 || !this.hasMap) return nothing;
    const shown = shapes.reduce((sum, layer) => sum + layer.shown, 0);
    const total = shapes.reduce((sum, layer) => sum + layer.total, 0);
    return html`<section class="card" aria-label=${msg('Where they would land')}>
      <h2>${msg('Where they would land')}</h2>
      <ct-sketch-map .shapes=${shapes} theme=${preferences.theme}></ct-sketch-map>
      <p class="muted">
        ${msg(str`Showing ${this.#count(shown)} of ${this.#count(total)} with a place.`)}
      </p>
    </section>`;
  }

  #renderReasons() {
    const issues = this.#report.value?.issues ?? [];
    if (issues.length === 0) return nothing;
    return html`<section class="card">
      <h2>${msg('Reasons')}</h2>
      <div class="scroll-x" tabindex="0" role="region" aria-label=${msg('Reasons')}>
        <table>
          <thead>
            <tr>
              <th scope="col">${msg('Reason')}</th>
              <th scope="col">${msg('Field')}</th>
              <th scope="col">${msg('Kind')}</th>
              <th scope="col" class="number">${msg('Rows')}</th>
            </tr>
          </thead>
          <tbody>
            ${issues.map(
              ({ severity, reason, field, count }) =>
                html`<tr>
                  <td>${reason}</td>
                  <td>${field === null ? '' : fieldName(field)}</td>
                  <td>${severity === 'rejected' ? msg('Rejected') : msg('Doubtful')}</td>
                  <td class="number">${this.#count(count)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>`;
  }

  #renderRejected() {
    const { value } = this.#rejected;
    if (!value || value.total === 0) return nothing;
    const left = value.total - value.items.length;
    return html`<section class="card">
      <h2>${msg('Rows that would be rejected')}</h2>
      <div
        class="scroll-x"
        tabindex="0"
        role="region"
        aria-label=${msg('Rows that would be rejected')}
      >
        <table>
          <thead>
            <tr>
              <th scope="col" class="number">${msg('Line')}</th>
              <th scope="col">${msg('Field')}</th>
              <th scope="col">${msg('Value')}</th>
              <th scope="col">${msg('Reason')}</th>
            </tr>
          </thead>
          <tbody>
            ${value.items.map(
              ({ line, field, value: text, reason }) =>
                html`<tr>
                  <td class="number">${line ?? ''}</td>
                  <td>${field === null ? '' : fieldName(field)}</td>
                  <td>${text ?? ''}</td>
                  <td>${reason}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${left > 0 ? html`<p class="muted">${msg(str`And ${this.#count(left)} more.`)}</p>` : nothing}
      <p class="muted">
        ${msg('They can be downloaded after the load, to be mended and loaded again.')}
      </p>
    </section>`;
  }

  #renderActions(check: CheckResult | null) {
    const rows = check ? check.counts.read - check.counts.rejected : 0;
    return html`<div class="actions">
      <button class="button" type="button" @click=${() => importDraft.go('columns')}>
        ${msg('Back')}
      </button>
      ${
        check
          ? html`<button class="button primary" type="button" @click=${this.#load}>
              ${msg(str`Load ${this.#count(rows)} rows`)}
            </button>`
          : nothing
      }
    </div>`;
  }

  #count(rows: number): string {
    return formatCount(rows, preferences.language);
  }

  readonly #run = () => {
    const order = importDraft.order('check');
    if (order) void importDraft.check.start(order);
  };

  readonly #load = () => {
    const order = importDraft.order('load');
    if (order && !importDraft.load.job) void importDraft.load.start(order);
    importDraft.go('load');
  };
}

/** The report of the check, once it is over. */
function checkedImport(): number | undefined {
  const { check } = importDraft;
  return check.isOver ? (check.job?.importId ?? undefined) : undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-import-check': CtImportCheck;
  }
}

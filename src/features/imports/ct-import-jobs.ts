import { msg } from '@lit/localize';
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { messageOf } from '../../api/api-error.js';
import { cancelImportJob, listImportJobs } from '../../api/import-jobs.js';
import type { ImportJob } from '../../../server/contract/import-jobs.js';
import { toasts } from '../../state/toasts.js';
import { CtElement } from '../../ui/ct-element.js';
import { base, controls, page } from '../../ui/styles.js';
import './ct-job-progress.js';
import { importStyles } from './import-styles.js';

const askEveryMs = 2_000;

/**
 * Checks and loads that wait or run, whoever started them; they go on when their page is left.
 *
 * @fires ct-jobs-done - the last of them ended
 */
@customElement('ct-import-jobs')
export class CtImportJobs extends CtElement {
  static override styles = [base, controls, page, importStyles];

  @state() private jobs: readonly ImportJob[] = [];

  #timer = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#ask();
    this.#timer = window.setInterval(() => void this.#ask(), askEveryMs);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearInterval(this.#timer);
  }

  override render() {
    if (this.jobs.length === 0) return nothing;
    return html`<section class="card" aria-label=${msg('Under way')}>
      <h2>${msg('Under way')}</h2>
      ${this.jobs.map(
        (job) =>
          html`<ct-job-progress
            .job=${job}
            .cancel=${() => this.#cancel(job.id)}
          ></ct-job-progress>`,
      )}
    </section>`;
  }

  async #ask(): Promise<void> {
    // A list that cannot be had is asked for again in a moment; what is shown stays.
    const found = await listImportJobs().catch(() => undefined);
    if (!found || !this.isConnected) return;
    const before = this.jobs.length;
    this.jobs = found.filter(({ status }) => status === 'queued' || status === 'running');
    if (before > 0 && this.jobs.length === 0) this.dispatchEvent(new Event('ct-jobs-done'));
  }

  #cancel(id: number): void {
    cancelImportJob(id).then(
      () => this.#ask(),
      (error: unknown) => toasts.show(messageOf(error), 'failed'),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-import-jobs': CtImportJobs;
  }
}

import { msg, str } from '@lit/localize';
import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ImportJob } from '../../../server/contract/import-jobs.js';
import { formatCount, formatShare } from '../../lib/format.js';
import { preferences } from '../../state/preferences.js';
import { CtElement } from '../../ui/ct-element.js';
import { base, controls, page } from '../../ui/styles.js';
import { importStyles } from './import-styles.js';

/** How far a check or load is, with a way to stop it. Told to screen readers in tenths. */
@customElement('ct-job-progress')
export class CtJobProgress extends CtElement {
  static override styles = [base, controls, page, importStyles];

  @property({ attribute: false }) job: ImportJob | undefined;
  /** Called to cancel it. */
  @property({ attribute: false }) cancel: () => void = () => undefined;

  override render() {
    const { job } = this;
    if (!job) return nothing;
    const { progress, fileName, status, ahead } = job;
    const language = preferences.language;
    const share = progress?.fraction ?? null;
    const sentence =
      status === 'queued'
        ? msg(str`Waiting: ${formatCount(ahead, language)} before it.`)
        : `${progress?.label ?? ''}${share === null ? '' : ` · ${formatShare(Math.round(share * 100) / 100, language)}`}`;
    const rows = progress?.rows ?? 0;
    return html`<div class="row">
        <strong class="grow">${fileName}</strong>
        <button class="button" type="button" @click=${() => this.cancel()}>${msg('Cancel')}</button>
      </div>
      <progress
        aria-label=${fileName}
        max="1"
        .value=${share ?? 0}
        ?hidden=${status === 'queued'}
      ></progress>
      <p class="muted">
        ${sentence}${rows > 0 ? html` · ${msg(str`${formatCount(rows, language)} rows`)}` : nothing}
      </p>
      <p class="visually-hidden" role="status">${announcement(job)}</p>`;
  }
}

function announcement({ status, progress, fileName }: ImportJob): string {
  if (status !== 'running') return '';
  const tenths = Math.floor((progress?.fraction ?? 0) * 10) / 10;
  return `${fileName}: ${formatShare(tenths, preferences.language)}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-job-progress': CtJobProgress;
  }
}

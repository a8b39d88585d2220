import { msg } from '@lit/localize';
import { css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { CtElement } from '../../ui/ct-element.js';
import { base, controls } from '../../ui/styles.js';
import './ct-import-check.js';
import './ct-import-columns.js';
import './ct-import-files.js';
import './ct-import-kind.js';
import './ct-import-load.js';
import { importDraft, steps, type Step } from './import-draft.js';
import { stepName } from './names.js';

/** An import in five steps; each can be gone back to. */
@customElement('ct-import-steps')
export class CtImportSteps extends CtElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 16px;
        min-width: 0;
      }
      ol {
        display: flex;
        gap: 4px;
        overflow-x: auto;
      }
      .step {
        display: inline-flex;
        align-items: center;
        gap: 8px;
        min-height: var(--row);
        padding: 0 12px;
        border: 0;
        border-radius: 8px;
        background: none;
        color: var(--ink-2);
        white-space: nowrap;
        cursor: pointer;
      }
      .step:disabled {
        cursor: default;
      }
      .step[aria-current] {
        background: var(--accent-weak);
        color: var(--accent);
        font-weight: 560;
      }
      .step:hover:not(:disabled, [aria-current]) {
        background: var(--hover);
      }
      @media (max-width: 760px) {
        .step {
          padding: 0 8px;
        }
      }
    `,
  ];

  #shown: Step | undefined;

  override render() {
    const { step } = importDraft;
    return html`<nav aria-label=${msg('Steps of the import')}>
        <ol>
          ${steps.map(
            (name, index) =>
              html`<li>
                <button
                  class="step"
                  type="button"
                  aria-current=${ifDefined(name === step ? 'step' : undefined)}
                  ?disabled=${!importDraft.canReach(name)}
                  @click=${() => importDraft.go(name)}
                >
                  <span aria-hidden="true">${index + 1}</span>${stepName(name)}
                </button>
              </li>`,
          )}
        </ol>
      </nav>
      ${renderStep(step)}`;
  }

  /** Whoever goes on to a step begins reading at its top. */
  protected override updated(): void {
    const { step } = importDraft;
    if (this.#shown !== undefined && this.#shown !== step) {
      this.renderRoot.querySelector<HTMLElement>('[aria-current]')?.focus();
    }
    this.#shown = step;
  }
}

function renderStep(step: Step) {
  switch (step) {
    case 'files':
      return html`<ct-import-files></ct-import-files>`;
    case 'kind':
      return html`<ct-import-kind></ct-import-kind>`;
    case 'columns':
      return html`<ct-import-columns></ct-import-columns>`;
    case 'check':
      return html`<ct-import-check></ct-import-check>`;
    case 'load':
      return html`<ct-import-load></ct-import-load>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-import-steps': CtImportSteps;
  }
}

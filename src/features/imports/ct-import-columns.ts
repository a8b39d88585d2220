import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { ImportKindEntry } from '../../../server/contract/import-files.js';
import { CtElement } from '../../ui/ct-element.js';
import { base, controls, page } from '../../ui/styles.js';
import { fileList } from './file-list.js';
import { importDraft } from './import-draft.js';
import { isReading, type FieldChoice } from './import-options.js';
import { importStyles } from './import-styles.js';
import { fieldName, optionName } from './names.js';

type Field = ImportKindEntry['fields'][number];
type Option = ImportKindEntry['options'][number];

/** Kinds whose rows can keep columns that are no field. */
const keepingKinds = new Set(['accounts', 'leads', 'products']);

/** Third step: which column is which field, with values beside it, and the options of the import. */
@customElement('ct-import-columns')
export class CtImportColumns extends CtElement {
  static override styles = [
    base,
    controls,
    page,
    importStyles,
    css`
      .mapping {
        display: grid;
        grid-template-columns: minmax(120px, 1fr) minmax(150px, 1.2fr) minmax(0, 1.6fr) 104px;
        gap: 4px 12px;
        align-items: center;
        min-height: 40px;
      }
      .mapping .badge {
        justify-self: end;
      }
      .needed {
        color: var(--down);
      }
      @media (max-width: 760px) {
        .mapping {
          grid-template-columns: 1fr auto;
          padding: 6px 0;
        }
        .mapping select,
        .mapping .samples {
          grid-column: 1 / -1;
        }
        .mapping .badge {
          grid-row: 1;
          grid-column: 2;
        }
      }
    `,
  ];

  override render() {
    const { kind, settings, missingFields, missingOptions } = importDraft;
    if (!kind) return nothing;
    const isOpen = ({ name, required }: Field) => required || settings.columns[name] !== undefined;
    const shown = kind.fields.filter(isOpen);
    const further = kind.fields.filter((field) => !isOpen(field));
    const problems = [
      ...missingFields.map((field) => msg(str`Choose a column for “${fieldName(field)}”.`)),
      ...missingOptions.map((option) => msg(str`Fill in “${optionName(option)}”.`)),
    ];
    return html`${
        kind.fields.length > 0
          ? html`<section class="card" aria-label=${msg('Columns')}>
              <h2>${msg('Which column is what?')}</h2>
              ${shown.map((field) => this.#renderField(field))}
              ${
                further.length > 0
                  ? html`<details>
                      <summary>${msg(str`${further.length} more fields`)}</summary>
                      ${further.map((field) => this.#renderField(field))}
                    </details>`
                  : nothing
              }
              ${keepingKinds.has(kind.name) ? this.#renderKeeping() : nothing}
              ${kind.name === 'sales' ? this.#renderLinesFile() : nothing}
            </section>`
          : nothing
      }
      ${this.#renderOptions(kind)}
      <div role="status">${problems.map((problem) => html`<p class="error">${problem}</p>`)}</div>
      <div class="actions">
        <button class="button" type="button" @click=${() => importDraft.go('kind')}>
          ${msg('Back')}
        </button>
        <button
          class="button primary"
          type="button"
          ?disabled=${!importDraft.isComplete}
          @click=${() => importDraft.go('check')}
        >
          ${msg('Check the whole file')}
        </button>
      </div>`;
  }

  #renderField({ name, required }: Field) {
    const { found, settings } = importDraft;
    const columns = found?.columns ?? [];
    const chosen: FieldChoice | undefined = settings.columns[name];
    const isColumn = typeof chosen === 'string';
    const examples = columns.find((column) => column.name === chosen)?.examples ?? [];
    const suggested = found?.suggestions[settings.kind]?.[name];
    const isSuggested = suggested !== undefined && suggested.column === chosen;
    const isUnknown = isColumn && !columns.some((column) => column.name === chosen);
    return html`<div class="mapping">
      <label for=${`field-${name}`}>
        ${fieldName(name)}${required ? html`<span class="needed" title=${msg('Needed')}> *</span>` : nothing}
      </label>
      <select
        class="input"
        id=${`field-${name}`}
        ?required=${required}
        @change=${(event: Event) => this.#columnChosen(name, event)}
      >
        <option value="" ?selected=${chosen === undefined}>${msg('No column')}</option>
        ${
          chosen !== undefined && (!isColumn || isUnknown)
            ? html`<option value="=" selected>
                ${isColumn ? chosen : msg('As in the recipe')}
              </option>`
            : nothing
        }
        ${columns.map(
          (column) =>
            html`<option value=${`:${column.name}`} ?selected=${column.name === chosen}>
              ${column.name}
            </option>`,
        )}
      </select>
      <span class="samples" title=${examples.join(' · ')}>${examples.join(' · ')}</span>
      ${isSuggested ? html`<span class="badge good">${becauseOf(suggested.by)}</span>` : html`<span></span>`}
    </div>`;
  }

  #renderKeeping() {
    return html`<label class="row">
      <input
        type="checkbox"
        .checked=${importDraft.settings.keepsOthers}
        @change=${(event: Event) =>
          importDraft.change({ keepsOthers: (event.target as HTMLInputElement).checked })}
      />
      ${msg('Keep the other columns with each row')}
    </label>`;
  }

  #renderLinesFile() {
    const others = fileList.entries.filter(
      ({ status, uploadId }) => status === 'ready' && uploadId !== importDraft.file?.uploadId,
    );
    return html`<label class="field">
      <span>${msg('Lines of the orders')}</span>
      <select
        class="input"
        @change=${(event: Event) =>
          importDraft.setLinesUpload((event.target as HTMLSelectElement).value || undefined)}
      >
        <option value="">${msg('In this file')}</option>
        ${others.map(
          ({ uploadId, name }) =>
            html`<option value=${uploadId ?? ''} ?selected=${uploadId === importDraft.linesUpload}>
              ${name}
            </option>`,
        )}
      </select>
    </label>`;
  }

  #renderOptions({ options }: ImportKindEntry) {
    const shown = options.filter(({ name }) => !isReading(name));
    const { origin } = importDraft;
    return html`<section class="card" aria-label=${msg('Options')}>
      <div class="fields">
        ${shown.map((option) => this.#renderOption(option))}
        <label class="field">
          <span>${msg('Publisher, shown with the data')}</span>
          <input
            class="input"
            .value=${origin.source}
            @change=${(event: Event) =>
              importDraft.setOrigin({
                ...origin,
                source: (event.target as HTMLInputElement).value,
              })}
          />
        </label>
        <label class="field">
          <span>${msg('Licence')}</span>
          <input
            class="input"
            .value=${origin.licence}
            @change=${(event: Event) =>
              importDraft.setOrigin({
                ...origin,
                licence: (event.target as HTMLInputElement).value,
              })}
          />
        </label>
      </div>
    </section>`;
  }

  #renderOption({ name, type, required, choices = [], default: usual, description }: Option) {
    const value = importDraft.settings.form[name] ?? '';
    const change = (event: Event) => this.#optionChanged(name, event);
    const label = html`<span title=${description}
      >${optionName(name)}${required ? ' *' : ''}</span
    >`;
    if (type === 'choice' || type === 'flag') {
      const entries = type === 'flag' ? ['true'] : choices;
      return html`<label class="field">
        ${label}
        <select class="input" @change=${change}>
          <option value="" ?selected=${value === ''}>${usual ?? msg('No')}</option>
          ${entries
            .filter((choice) => choice !== usual)
            .map(
              (choice) =>
                html`<option value=${choice} ?selected=${choice === value}>
                  ${type === 'flag' ? msg('Yes') : choice}
                </option>`,
            )}
        </select>
      </label>`;
    }
    if (type === 'pairs') {
      return html`<label class="field">
        ${label}
        <textarea class="input" rows="2" .value=${value} @change=${change}></textarea>
      </label>`;
    }
    return html`<label class="field">
      ${label}
      <input
        class="input"
        inputmode=${type === 'number' ? 'numeric' : 'text'}
        ?required=${required}
        .value=${value}
        placeholder=${usual ?? ''}
        @input=${change}
      />
    </label>`;
  }

  #optionChanged(name: string, event: Event): void {
    const { value } = event.target as HTMLInputElement;
    importDraft.change({ form: { ...importDraft.settings.form, [name]: value } });
  }

  #columnChosen(field: string, event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    importDraft.setColumn(field, value === '' ? undefined : value.slice(1));
  }
}

function becauseOf(by: 'name' | 'words' | 'values'): string {
  return { name: msg('by its name'), words: msg('by a word'), values: msg('by its values') }[by];
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-import-columns': CtImportColumns;
  }
}

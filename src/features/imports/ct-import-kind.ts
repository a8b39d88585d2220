import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { ExaminedUpload, Reading } from '../../../server/contract/import-files.js';
import { formatCount } from '../../lib/format.js';
import { preferences } from '../../state/preferences.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-skeleton.js';
import '../../ui/ct-state.js';
import { base, controls, page } from '../../ui/styles.js';
import { importDraft } from './import-draft.js';
import type { ImportSettings } from './import-options.js';
import { importStyles } from './import-styles.js';
import { kindName } from './names.js';

/** Second step: what the file is, with the reason, and how it is read; both can be changed. */
@customElement('ct-import-kind')
export class CtImportKind extends CtElement {
  static override styles = [
    base,
    controls,
    page,
    importStyles,
    css`
      td {
        max-width: 220px;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .banner {
        background: var(--accent-weak);
        border-radius: 8px;
        padding: 8px 12px;
      }
    `,
  ];

  override render() {
    const { look, file } = importDraft;
    if (look.status === 'failed') {
      return html`<div class="card">
        <ct-state
          tone="failed"
          .heading=${msg('The file could not be looked at')}
          .text=${look.message}
        >
          <button class="button" type="button" @click=${() => void importDraft.read({})}>
            ${msg('Try again')}
          </button>
        </ct-state>
      </div>`;
    }
    if (look.status === 'unreadable') return this.#renderUnreadable(look.found);
    if (look.status !== 'ready')
      return html`<div class="card"><ct-skeleton lines="5"></ct-skeleton></div>`;
    return html`<section class="card" aria-label=${file?.name ?? ''}>
        ${this.#renderRecipes()} ${this.#renderKind(look.found)}
      </section>
      ${this.#renderReading(look.found)} ${this.#renderSample(look.found)}
      <div class="actions">
        <button class="button" type="button" @click=${() => importDraft.go('files')}>
          ${msg('Back')}
        </button>
        <button
          class="button primary"
          type="button"
          ?disabled=${!importDraft.canReach('columns')}
          @click=${() => importDraft.go('columns')}
        >
          ${msg('Continue')}
        </button>
      </div>`;
  }

  #renderUnreadable({
    problem,
    layers,
  }: {
    readonly problem: string;
    readonly layers: readonly string[];
  }) {
    if (layers.length === 0) {
      return html`<div class="card">
        <ct-state tone="failed" .heading=${msg('This file cannot be read')} .text=${problem}>
          <button class="button" type="button" @click=${() => importDraft.reset()}>
            ${msg('Choose another file')}
          </button>
        </ct-state>
      </div>`;
    }
    return html`<section class="card">
      <h2>${msg('Which part of the file?')}</h2>
      <div class="row">
        ${layers.map(
          (layer) =>
            html`<button class="button" type="button" @click=${() => this.#read({ layer })}>
              ${layer}
            </button>`,
        )}
      </div>
    </section>`;
  }

  #renderRecipes() {
    const { recipe, fittingRecipes } = importDraft;
    if (recipe) {
      return html`<p class="banner" role="status">
        ${msg(str`Set as in the recipe ${recipe.name}.`)}
      </p>`;
    }
    return fittingRecipes.map(
      (fitting) =>
        html`<div class="row banner">
          <span class="grow"
            >${msg(str`A file with these columns was loaded before: ${fitting.name}.`)}</span
          >
          <button class="button" type="button" @click=${() => void importDraft.useRecipe(fitting)}>
            ${msg('Use the recipe')}
          </button>
        </div>`,
    );
  }

  #renderKind({ guesses, readAs, rows }: ExaminedUpload) {
    const { settings, kinds, file } = importDraft;
    const guess = guesses.find(({ kind }) => kind === settings.kind);
    return html`<h2>${file?.name}</h2>
      <p class="muted">
        ${readAs}${
          rows === null
            ? nothing
            : html` · ${msg(str`about ${formatCount(rows, preferences.language)} rows`)}`
        }
      </p>
      <label class="field">
        <span>${msg('This file holds')}</span>
        <select class="input" .value=${settings.kind} @change=${this.#kindChosen}>
          <option value="" ?selected=${settings.kind === ''}>${msg('Choose…')}</option>
          ${kinds.map(
            ({ name }) =>
              html`<option value=${name} ?selected=${name === settings.kind}>
                ${kindName(name)}
              </option>`,
          )}
        </select>
      </label>
      <p class="muted">
        ${
          guess && guess.because.length > 0
            ? msg(str`Proposed because of ${guess.because.join(', ')}.`)
            : settings.kind === ''
              ? msg('Nothing in the file says what it is.')
              : nothing
        }
      </p>`;
  }

  #renderReading({ detection }: ExaminedUpload) {
    const { settings } = importDraft;
    const { reading } = settings;
    const text = (name: keyof Reading, label: string, found: string | number | undefined) =>
      html`<label class="field">
        <span>${label}</span>
        <input
          class="input"
          .value=${String(reading[name] ?? '')}
          placeholder=${found ?? ''}
          @change=${(event: Event) => this.#readingChanged(name, event)}
        />
      </label>`;
    const choice = (
      name: 'decimal' | 'dates',
      label: string,
      choices: readonly [string, string][],
    ) =>
      html`<label class="field">
        <span>${label}</span>
        <select class="input" @change=${(event: Event) => this.#formatChanged(name, event)}>
          ${choices.map(
            ([value, title]) =>
              html`<option value=${value} ?selected=${settings[name] === value}>${title}</option>`,
          )}
        </select>
      </label>`;
    const isText = detection.separator !== undefined;
    const hasLayers = (detection.layers?.length ?? 0) > 1;
    return html`<details class="card">
      <summary>${msg('How the file is read')}</summary>
      <div class="fields">
        ${
          isText
            ? [
                text('encoding', msg('Character set'), detection.encoding?.name),
                text('separator', msg('Separator'), detection.separator),
                text('headerLine', msg('Line with the names'), detection.headerLine ?? 1),
              ]
            : nothing
        }
        ${hasLayers ? text('layer', msg('Part of the file'), detection.layer) : nothing}
        ${text('crs', msg('Coordinate system'), detection.crs?.epsg ? `EPSG:${detection.crs.epsg}` : 'EPSG:4326')}
        ${choice('decimal', msg('Decimal mark'), [
          ['auto', msg('As found')],
          ['point', msg('Point')],
          ['comma', msg('Comma')],
        ])}
        ${choice('dates', msg('Order in dates'), [
          ['auto', msg('As found')],
          ['dmy', msg('Day first')],
          ['mdy', msg('Month first')],
        ])}
      </div>
    </details>`;
  }

  #renderSample({ columns, sample }: ExaminedUpload) {
    if (sample.length === 0) return nothing;
    return html`<section class="card">
      <h2>${msg('First rows')}</h2>
      <div class="scroll-x" tabindex="0" role="region" aria-label=${msg('First rows')}>
        <table>
          <thead>
            <tr>
              ${columns.map(({ name }) => html`<th scope="col">${name}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${sample.map(
              ({ values }) =>
                html`<tr>
                  ${values.map((value) => html`<td title=${value ?? ''}>${value ?? ''}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>`;
  }

  #read(change: Reading): void {
    void importDraft.read({ ...importDraft.settings.reading, ...change });
  }

  #readingChanged(name: keyof Reading, event: Event): void {
    const value = (event.target as HTMLInputElement).value.trim();
    const given = name === 'headerLine' ? Number(value) : value;
    this.#read({ [name]: value === '' ? undefined : given } as Reading);
  }

  #formatChanged(name: 'decimal' | 'dates', event: Event): void {
    const value = (event.target as HTMLSelectElement).value;
    importDraft.change({ [name]: value } as Partial<ImportSettings>);
  }

  readonly #kindChosen = (event: Event) => {
    importDraft.chooseKind((event.target as HTMLSelectElement).value);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-import-kind': CtImportKind;
  }
}

import { msg, str } from '@lit/localize';
import { html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { isAbort, messageOf } from '../../api/api-error.js';
import { formatBytes } from '../../lib/format.js';
import { saveFile } from '../../lib/save-file.js';
import type { MapElement } from '../../map/contract.js';
import { mapExport } from '../../state/map-export.js';
import { preferences } from '../../state/preferences.js';
import { toasts } from '../../state/toasts.js';
import { CtElement } from '../../ui/ct-element.js';
import type { PickEvent } from '../../ui/ct-picker.js';
import '../../ui/ct-segmented.js';
import { base, controls } from '../../ui/styles.js';
import { proposedTitle, sheetParts, type SheetPart } from './compose-content.js';
import { exportMap, type ExportStep } from './export-map.js';
import { mapExportStyles } from './map-export-styles.js';
import { partName, sheetName, stepName } from './map-export-words.js';
import {
  isPaper,
  papers,
  pictures,
  pixelsOf,
  sheetSize,
  type FileKind,
  type SheetName,
} from './sheet-sizes.js';

/** A form that takes the map out as PDF or PNG, with title, legend, scale and sources, at print size. */
@customElement('ct-map-export')
export class CtMapExport extends CtElement {
  static override styles = [base, controls, mapExportStyles];

  /** The map to draw; null until there is one. */
  @property({ attribute: false }) map: MapElement | null = null;

  @state() private kind: FileKind = 'pdf';
  @state() private sheet: SheetName = 'a4';
  @state() private isPortrait = false;
  @state() private dpi = 150;
  @state() private parts: ReadonlySet<SheetPart> = new Set(sheetParts);
  @state() private step: ExportStep | null = null;
  @state() private failure = '';
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('[name=title]') private titleField!: HTMLInputElement;

  #abort = new AbortController();
  readonly #title = proposedTitle();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#abort.abort();
  }

  protected override firstUpdated(): void {
    this.dialog.showModal();
    this.titleField.select();
  }

  override render() {
    return html`<dialog aria-labelledby="heading" @close=${() => mapExport.close()}>
      <h2 id="heading">${msg('Export the map')}</h2>
      <form @submit=${this.onSubmit} aria-busy=${this.step ? 'true' : 'false'}>
        <label class="field whole"
          ><span>${msg('Title')}</span
          ><input
            class="input"
            name="title"
            maxlength="200"
            autocomplete="off"
            .value=${this.#title}
        /></label>
        ${this.renderChoices()} ${this.renderParts()} ${this.renderFoot()}
      </form>
    </dialog>`;
  }

  private renderChoices() {
    const sheets = this.kind === 'pdf' ? papers : [...papers, ...pictures];
    return html`
      ${this.renderSwitch(msg('File'), this.kind, {
        options: [
          { value: 'pdf', label: 'PDF' },
          { value: 'png', label: 'PNG' },
        ],
        pick: (value) => this.chooseKind(value === 'png' ? 'png' : 'pdf'),
      })}
      <label class="field"
        ><span>${msg('Size')}</span
        ><select class="input" name="sheet" @change=${this.onSheet}>
          ${sheets.map(
            (sheet) =>
              html`<option value=${sheet} ?selected=${sheet === this.sheet}>
                ${sheetName(sheet)}
              </option>`,
          )}
        </select></label
      >
      ${isPaper(this.sheet) ? this.renderPaper() : nothing}
      ${this.kind === 'png' ? html`<p class="size whole">${this.pixels}</p>` : nothing}
    `;
  }

  private renderPaper() {
    return html`
      ${this.renderSwitch(msg('Orientation'), this.isPortrait ? 'portrait' : 'landscape', {
        options: [
          { value: 'landscape', label: msg('Landscape') },
          { value: 'portrait', label: msg('Portrait') },
        ],
        pick: (value) => (this.isPortrait = value === 'portrait'),
      })}
      ${this.renderSwitch(msg('Resolution'), String(this.dpi), {
        options: [
          { value: '150', label: '150 dpi' },
          { value: '300', label: '300 dpi' },
        ],
        pick: (value) => (this.dpi = Number(value)),
      })}
    `;
  }

  private renderSwitch(
    label: string,
    value: string,
    choice: {
      readonly options: readonly { value: string; label: string }[];
      readonly pick: (value: string) => void;
    },
  ) {
    return html`<div class="field">
      <span aria-hidden="true">${label}</span>
      <ct-segmented
        .label=${label}
        .value=${value}
        .options=${choice.options}
        @ct-pick=${({ values }: PickEvent) => choice.pick(values[0] ?? value)}
      ></ct-segmented>
    </div>`;
  }

  private renderParts() {
    return html`<fieldset>
      <legend>${msg('On the sheet')}</legend>
      ${sheetParts.map(
        (part) =>
          html`<label class="check"
            ><input
              type="checkbox"
              name=${part}
              .checked=${this.parts.has(part)}
              @change=${() => this.togglePart(part)}
            />${partName(part)}</label
          >`,
      )}
    </fieldset>`;
  }

  private renderFoot() {
    const isBusy = this.step !== null;
    return html`<div class="foot">
        <p role="status" class="muted">${this.step ? stepName(this.step) : ''}</p>
        <button class="button" type="button" @click=${() => this.dialog.close()}>
          ${msg('Cancel')}
        </button>
        <button class="button primary" type="submit" ?disabled=${isBusy || !this.map}>
          ${msg('Export')}
        </button>
      </div>
      <p class="error whole" role="alert" ?hidden=${this.failure === ''}>${this.failure}</p>`;
  }

  private get size() {
    return sheetSize({ sheet: this.sheet, isPortrait: this.isPortrait, dpi: this.dpi });
  }

  private get pixels(): string {
    const { width, height } = pixelsOf(this.size);
    return msg(str`${width} × ${height} pixels`);
  }

  private chooseKind(kind: FileKind): void {
    this.kind = kind;
    if (kind === 'pdf' && !isPaper(this.sheet)) this.sheet = 'a4';
  }

  private onSheet(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    this.sheet = [...papers, ...pictures].find((sheet) => sheet === value) ?? this.sheet;
  }

  private togglePart(part: SheetPart): void {
    const parts = new Set(this.parts);
    if (!parts.delete(part)) parts.add(part);
    this.parts = parts;
  }

  private async onSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { map, kind, size, parts } = this;
    if (!map || this.step) return;
    const title = this.titleField.value.trim();
    this.failure = '';
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    try {
      const onStep = (step: ExportStep) => (this.step = step);
      const file = await exportMap({ kind, title, size, parts }, map, { signal, onStep });
      saveFile(file, `${fileName(title)}.${kind}`);
      const bytes = formatBytes(file.size, preferences.language);
      toasts.show(msg(str`Map saved as ${kind.toUpperCase()} (${bytes})`));
      this.dialog.close();
    } catch (error) {
      if (!isAbort(error)) this.failure = messageOf(error);
    } finally {
      this.step = null;
    }
  }
}

/** A title as a file may be called on every system. */
function fileName(title: string): string {
  const name = title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '');
  return name === '' ? 'map' : name.slice(0, 80);
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-map-export': CtMapExport;
  }
}

import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { messageOf } from '../../api/api-error.js';
import { formatBytes, formatShare } from '../../lib/format.js';
import { preferences } from '../../state/preferences.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import { base, controls, page } from '../../ui/styles.js';
import { fileList, type FileEntry } from './file-list.js';
import { importDraft } from './import-draft.js';
import { importStyles } from './import-styles.js';

/** First step: files are dropped or chosen, and sent; those from before are still there. */
@customElement('ct-import-files')
export class CtImportFiles extends CtElement {
  static override styles = [
    base,
    controls,
    page,
    importStyles,
    css`
      .drop {
        display: grid;
        justify-items: center;
        gap: 8px;
        padding: 32px 16px;
        border: 2px dashed var(--line);
        border-radius: var(--radius);
        text-align: center;
      }
      .drop.over {
        border-color: var(--accent);
        background: var(--accent-weak);
      }
      .drop ct-icon {
        --size: 28px;
        color: var(--accent);
      }
      li {
        display: grid;
        gap: 4px;
        padding: 8px 0;
        border-bottom: 1px solid var(--line);
      }
      li:last-child {
        border-bottom: 0;
      }
      .name {
        overflow-wrap: anywhere;
        font-weight: 560;
      }
    `,
  ];

  @state() private isOver = false;
  @state() private problem = '';

  override connectedCallback(): void {
    super.connectedCallback();
    fileList.load().catch((error: unknown) => (this.problem = messageOf(error)));
  }

  override render() {
    return html`<section class="card" aria-label=${msg('Files')}>
      <div
        class="drop ${this.isOver ? 'over' : ''}"
        @dragover=${this.#dragOver}
        @dragleave=${() => (this.isOver = false)}
        @drop=${this.#drop}
      >
        <ct-icon name="imports"></ct-icon>
        <p><strong>${msg('Drop files here')}</strong></p>
        <p class="muted">
          ${msg('CSV, Excel, GeoJSON, shapefile (zipped), GeoPackage, KML, GPX, Parquet or OpenStreetMap; also gzipped. Up to 2 GB each.')}
        </p>
        <button class="button primary" type="button" @click=${this.#browse}>
          ${msg('Choose files')}
        </button>
        <input
          type="file"
          multiple
          hidden
          aria-label=${msg('Choose files')}
          @change=${this.#chosen}
        />
      </div>
      ${this.problem ? html`<p class="error" role="alert">${this.problem}</p>` : nothing}
      ${
        fileList.entries.length > 0
          ? html`<ul aria-label=${msg('Files')}>
              ${fileList.entries.map((entry) => this.#renderEntry(entry))}
            </ul>`
          : nothing
      }
      <p class="visually-hidden" role="status">${this.#announcement()}</p>
    </section>`;
  }

  #renderEntry(entry: FileEntry) {
    const { name, size, received, status } = entry;
    const share = size === 0 ? 1 : received / size;
    const isUnderWay = status === 'sending' || status === 'waiting';
    return html`<li>
      <div class="row">
        <span class="name grow">${name}</span>
        <span class="muted">${formatBytes(size, preferences.language)}</span>
        ${
          status === 'ready'
            ? html`<button class="button" type="button" @click=${() => this.#take(entry)}>
                ${msg('Continue')}
              </button>`
            : nothing
        }
        <button
          class="icon-button"
          type="button"
          title=${msg(str`Remove ${name}`)}
          aria-label=${msg(str`Remove ${name}`)}
          @click=${() => void fileList.remove(entry.key)}
        >
          <ct-icon name=${isUnderWay ? 'close' : 'trash'}></ct-icon>
        </button>
      </div>
      ${
        isUnderWay
          ? html`<progress aria-label=${name} max="1" .value=${share}></progress>
              <span class="muted">
                ${
                  status === 'waiting'
                    ? msg('The connection is lost. It goes on by itself when it is back.')
                    : formatShare(Math.floor(share * 100) / 100, preferences.language)
                }
              </span>`
          : nothing
      }
      ${
        status === 'partial'
          ? html`<span class="muted">
              ${msg(str`${formatShare(share, preferences.language)} is here. Choose the same file again to go on.`)}
            </span>`
          : nothing
      }
      ${status === 'failed' ? html`<span class="error" role="alert">${entry.message}</span>` : nothing}
    </li>`;
  }

  /** Spoken in tenths, so that a reader is not flooded. */
  #announcement(): string {
    const sending = fileList.entries.find(({ status }) => status === 'sending');
    if (!sending) return '';
    const tenths = Math.floor((sending.received / sending.size) * 10) / 10;
    return msg(str`${sending.name}: ${formatShare(tenths, preferences.language)} sent`);
  }

  #take({ uploadId, name }: FileEntry): void {
    if (uploadId) void importDraft.choose({ uploadId, name });
  }

  readonly #browse = () => {
    this.renderRoot.querySelector<HTMLInputElement>('input[type=file]')?.click();
  };

  readonly #chosen = (event: Event) => {
    const input = event.target as HTMLInputElement;
    fileList.add([...(input.files ?? [])]);
    input.value = '';
  };

  readonly #dragOver = (event: DragEvent) => {
    event.preventDefault();
    this.isOver = true;
  };

  readonly #drop = (event: DragEvent) => {
    event.preventDefault();
    this.isOver = false;
    fileList.add([...(event.dataTransfer?.files ?? [])]);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-import-files': CtImportFiles;
  }
}

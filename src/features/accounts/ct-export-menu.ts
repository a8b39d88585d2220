import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { exportFormats, type ExportFormatName } from '../../../server/contract/exports.js';
import { isAbort, messageOf } from '../../api/api-error.js';
import { downloadAccounts } from '../../api/exports.js';
import { formatBytes, formatCount } from '../../lib/format.js';
import { saveFile } from '../../lib/save-file.js';
import { preferences } from '../../state/preferences.js';
import { toasts } from '../../state/toasts.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import { base, controls } from '../../ui/styles.js';

/** Names that are the same in every language, and what the format is good for. */
const formatTexts: Readonly<Record<ExportFormatName, readonly [string, () => string]>> = {
  csv: ['CSV', () => msg('Table as text, for every program')],
  xlsx: ['XLSX', () => msg('Workbook for Excel and LibreOffice')],
  geojson: ['GeoJSON', () => msg('Points for web maps')],
  fgb: ['FlatGeobuf', () => msg('Points for QGIS, small and quick')],
  parquet: ['GeoParquet', () => msg('Columns for analysis')],
};

type Running = {
  readonly format: ExportFormatName;
  readonly bytes: number;
  readonly abort: AbortController;
};

/**
 * A button with the formats in which the accounts of a filter can be taken out. While a file is on its way it shows
 * how much is here, and a click ends it; the file is saved only when it is whole.
 */
@customElement('ct-export-menu')
export class CtExportMenu extends CtElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        position: relative;
        display: inline-flex;
      }
      .menu {
        position: absolute;
        top: calc(100% + 6px);
        right: 0;
        z-index: 5;
        width: max-content;
        max-width: calc(100vw - 32px);
        padding: 6px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--panel-solid);
        box-shadow: var(--shadow);
      }
      .count {
        padding: 4px 10px 6px;
        font-size: 12px;
        line-height: 16px;
        color: var(--ink-2);
      }
      .format {
        display: grid;
        width: 100%;
        min-height: 44px;
        padding: 4px 10px;
        border: 0;
        border-radius: var(--radius-small);
        background: none;
        text-align: left;
        cursor: pointer;
      }
      .format:hover,
      .format:focus-visible {
        background: var(--hover);
      }
      .format span {
        font-size: 12px;
        line-height: 16px;
        color: var(--ink-2);
      }
      .progress {
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  /** Query string of the account filter. */
  @property() filter = '';
  /** Accounts in the filter; undefined while it is not known. */
  @property({ attribute: false }) total: number | undefined;

  @state() private open = false;
  @state() private running: Running | undefined;

  @query('#button') private button!: HTMLButtonElement;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.running?.abort.abort();
  }

  override render() {
    return this.running ? this.renderRunning(this.running) : this.renderMenu();
  }

  private renderRunning({ format, bytes, abort }: Running) {
    const size = formatBytes(bytes, preferences.language);
    const text = msg(str`${formatTexts[format][0]} on its way: ${size}`);
    return html`<button
      id="button"
      class="button progress"
      type="button"
      title=${msg('Cancel the export')}
      aria-label=${`${text}. ${msg('Cancel the export')}`}
      @click=${() => abort.abort()}
    >
      ${text}<ct-icon name="close"></ct-icon>
    </button>`;
  }

  private renderMenu() {
    return html`<button
        id="button"
        class="button"
        type="button"
        aria-haspopup="menu"
        aria-expanded=${this.open ? 'true' : 'false'}
        ?disabled=${this.total === undefined}
        @click=${() => this.toggle(!this.open)}
        @keydown=${this.onButtonKey}
      >
        <ct-icon name="download"></ct-icon>${msg('Export')}
      </button>
      ${this.open ? this.renderFormats() : nothing}`;
  }

  private renderFormats() {
    const count = formatCount(this.total ?? 0, preferences.language);
    return html`<div class="menu" @keydown=${this.onMenuKey} @focusout=${this.onFocusOut}>
      <p class="count" id="count">${msg(str`${count} accounts as a file`)}</p>
      <div role="menu" aria-label=${msg('Formats')} aria-describedby="count">
        ${exportFormats.map((format) => this.renderFormat(format))}
      </div>
    </div>`;
  }

  private renderFormat(format: ExportFormatName) {
    const [name, describe] = formatTexts[format];
    return html`<button
      class="format"
      type="button"
      role="menuitem"
      tabindex="-1"
      @click=${() => void this.download(format)}
    >
      ${name}<span>${describe()}</span>
    </button>`;
  }

  private get items(): HTMLElement[] {
    return [...(this.shadowRoot?.querySelectorAll<HTMLElement>('.format') ?? [])];
  }

  private toggle(open: boolean): void {
    this.open = open;
    if (open) void this.updateComplete.then(() => this.items[0]?.focus());
    else this.button.focus();
  }

  private onButtonKey(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' || this.open) return;
    event.preventDefault();
    this.toggle(true);
  }

  private onMenuKey(event: KeyboardEvent): void {
    const { items } = this;
    const now = items.findIndex((item) => item.matches(':focus'));
    const moves: Record<string, number> = {
      ArrowDown: (now + 1) % items.length,
      ArrowUp: (now - 1 + items.length) % items.length,
      Home: 0,
      End: items.length - 1,
    };
    const next = moves[event.key];
    if (event.key === 'Escape') this.toggle(false);
    else if (next !== undefined) items[next]?.focus();
    else return;
    event.preventDefault();
  }

  private onFocusOut(event: FocusEvent): void {
    const to = event.relatedTarget;
    if (to instanceof Node && this.shadowRoot?.contains(to)) return;
    this.open = false;
  }

  private async download(format: ExportFormatName): Promise<void> {
    const { filter, total = 0 } = this;
    const abort = new AbortController();
    this.open = false;
    this.running = { format, bytes: 0, abort };
    const onBytes = (bytes: number) => {
      this.running = { format, bytes, abort };
    };
    try {
      const file = await downloadAccounts(format, filter, { signal: abort.signal, onBytes });
      saveFile(file, `accounts.${format}`);
      const size = formatBytes(file.size, preferences.language);
      const count = formatCount(total, preferences.language);
      toasts.show(msg(str`${count} accounts saved as ${formatTexts[format][0]} (${size})`));
    } catch (error) {
      if (!isAbort(error)) toasts.show(messageOf(error), 'failed');
    } finally {
      this.running = undefined;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-export-menu': CtExportMenu;
  }
}

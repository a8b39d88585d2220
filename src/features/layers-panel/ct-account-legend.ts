import { msg, str } from '@lit/localize';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { displayMeasureName } from '../../i18n/display-words.js';
import { formatCount, formatFigure, formatShort, type FigureFormat } from '../../lib/format.js';
import type { AccountDisplay } from '../../map/account-display.js';
import type { AccountPicture, PictureClass } from '../../map/contract.js';
import { cellLegend, legendFor } from '../../map/legend.js';
import { pictureClassName } from '../../map/point-legend.js';
import { accountPicture } from '../../state/account-picture.js';
import { explore } from '../../state/explore.js';
import { appLocation } from '../../state/location.js';
import { preferences } from '../../state/preferences.js';
import { sessionStore } from '../../state/session.js';
import { CtElement } from '../../ui/ct-element.js';
import { base } from '../../ui/styles.js';
import { layerStyles } from './layer-styles.js';
import { swatchStyles } from './swatch-styles.js';

/** What the marks of accounts stand for as they are drawn, with exact counts. */
@customElement('ct-account-legend')
export class CtAccountLegend extends CtElement {
  static override styles = [
    base,
    swatchStyles,
    layerStyles,
    css`
      :host {
        display: block;
        border-radius: 0;
        background: none;
        backdrop-filter: none;
        box-shadow: none;
        overflow: visible;
      }
      .legend .name {
        flex: 1;
      }
      .ramp {
        flex: 1;
        height: 10px;
        border-radius: 3px;
      }
      .note {
        font-size: 12px;
        line-height: 16px;
        color: var(--ink-2);
      }
    `,
  ];

  override render() {
    const { accountDisplay } = appLocation.state;
    const { picture } = accountPicture;
    return html`
      ${picture?.tooMany ? this.renderTooMany(picture.tooMany) : nothing}
      <ul class="legend">
        ${this.renderMarks(accountDisplay, picture)} ${this.renderTotals()}
      </ul>
    `;
  }

  private renderMarks(display: AccountDisplay, picture: AccountPicture | null) {
    if (picture?.mode !== display.mode || display.mode === 'auto') {
      return display.mode === 'auto' || picture?.tooMany ? this.renderAutomatic() : nothing;
    }
    switch (display.mode) {
      case 'points':
      case 'size':
        return html`${picture.classes.map((entry) => this.renderClass(entry, picture))}
        ${display.mode === 'size' ? this.renderSizes(picture) : nothing}`;
      case 'clusters':
        return html`<li>
          ${sizes()}<span>${msg('Size')}: ${displayMeasureName(display.measure)}</span>
        </li>`;
      default:
        return this.renderRamp(display, picture);
    }
  }

  private renderClass(entry: PictureClass, { category }: AccountPicture) {
    const { colour, count } = entry;
    const name = pictureClassName(entry, category);
    return html`<li>
      <span class="swatch dot" style=${styleMap({ background: colour })}></span>
      <span class="name">${name}</span>
      <span class="number">${formatCount(count, preferences.language)}</span>
    </li>`;
  }

  private renderSizes({ top }: AccountPicture) {
    const value = formatShort(top, money());
    return html`<li>${sizes()}<span>${msg(str`Revenue, largest from ${value}`)}</span></li>`;
  }

  private renderRamp({ mode, measure }: AccountDisplay, { ramp, top }: AccountPicture) {
    const figure = measure === 'count' ? formatTop(top) : formatShort(top, money());
    const most = mode === 'heat' ? msg(str`${figure} per km²`) : `${figure}+`;
    return html`<li class="measure">${displayMeasureName(measure)}</li>
      <li>
        <span class="number">0</span>
        <span
          class="ramp"
          style=${styleMap({ background: `linear-gradient(90deg, ${ramp.join(', ')})` })}
        ></span>
        <span class="number">${most}</span>
      </li>`;
  }

  /** Cells and points by lifecycle, as the map draws them by itself. */
  private renderAutomatic(): TemplateResult {
    if (accountPicture.mode === 'cells') return this.renderCells();
    return html`${legendFor('accounts', preferences.theme).map(
      ({ label, colour }) =>
        html`<li>
          <span class="swatch dot" style=${styleMap({ background: colour })}></span>${label}
        </li>`,
    )}`;
  }

  private renderCells(): TemplateResult {
    const { layers, measure } = appLocation.state;
    const regions = layers.find(({ id }) => id === 'regions');
    const { colours, size, shade } = cellLegend(
      regions?.visible === true && regions.opacity > 0 ? 'circles' : 'hexagons',
      measure.startsWith('accounts.') ? 'count' : 'revenue',
      preferences.theme,
    );
    const colour = colours[Math.floor(colours.length / 2)];
    return html`
      ${
        size === null
          ? nothing
          : html`<li>${sizes(colour)}<span>${msg('Size')}: ${size}</span></li>`
      }
      ${
        shade === null
          ? nothing
          : html`<li>
              <span class="steps"
                >${colours.map((step) => html`<i style=${styleMap({ color: step })}></i>`)}</span
              >
              <span>${msg('Shade')}: ${shade}</span>
            </li>`
      }
    `;
  }

  private renderTotals() {
    const summary = explore.summary.value;
    if (!summary) return nothing;
    const locale = preferences.language;
    return html`<li class="total">
        <span>${msg('On the map')}</span
        ><span class="number">${formatCount(summary.placed, locale)}</span>
      </li>
      <li class="total">
        <span>${msg('Not placed')}</span
        ><span class="number">${formatCount(summary.notPlaced, locale)}</span>
      </li>`;
  }

  private renderTooMany(accounts: number) {
    const count = formatCount(accounts, preferences.language);
    return html`<p class="note">
      ${msg(str`${count} accounts are too many to draw one by one: the map shows cells instead.`)}
    </p>`;
  }
}

function sizes(colour = 'var(--customer)'): TemplateResult {
  return html`<span class="steps sizes" style=${styleMap({ color: colour })}
    ><i></i><i></i><i></i
  ></span>`;
}

function money(): FigureFormat {
  return {
    kind: 'currency',
    currency: sessionStore.current.project.currency,
    locale: preferences.language,
  };
}

/** The most of something counted: whole above ten, else with a decimal. */
function formatTop(top: number | null): string {
  if (top === null) return '–';
  const format: FigureFormat = { kind: 'ratio', currency: '', locale: preferences.language };
  return top >= 10 ? formatCount(top, preferences.language) : formatFigure(top, format);
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-account-legend': CtAccountLegend;
  }
}

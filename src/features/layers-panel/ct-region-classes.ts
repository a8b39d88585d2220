import { msg } from '@lit/localize';
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { classRange } from '../../i18n/class-range.js';
import { classifyMethodName, rampName } from '../../i18n/class-words.js';
import { parseNumber, parseNumbers, printNumber } from '../../lib/typed-numbers.js';
import { missingKey } from '../../map/choropleth.js';
import {
  fewestClasses,
  mostClasses,
  toBorders,
  type ClassSettings,
  type Middle,
} from '../../map/class-settings.js';
import { classifyMethods, type ClassifyMethod } from '../../map/classify.js';
import type { Choropleth } from '../../map/contract.js';
import { layerOf, showAllClasses } from '../../map/layer-state.js';
import { choroplethLegend } from '../../map/legend.js';
import { isDiverging, rampNames, rampStops, type RampName } from '../../map/ramps.js';
import { measureName } from '../../i18n/words.js';
import { choroplethOf } from '../../state/choropleth.js';
import { explore } from '../../state/explore.js';
import { appLocation } from '../../state/location.js';
import { figureFormat } from '../../state/measures.js';
import { preferences } from '../../state/preferences.js';
import { CtElement } from '../../ui/ct-element.js';
import { base, controls } from '../../ui/styles.js';
import './ct-legend-list.js';
import type { LegendEntry } from './ct-legend-list.js';
import { regionClassesStyles } from './region-classes-styles.js';

/** The classes of the regions: their legend, and how they are cut and coloured. */
@customElement('ct-region-classes')
export class CtRegionClasses extends CtElement {
  static override styles = [base, controls, regionClassesStyles];

  /** Whether the borders that were typed cannot be read. */
  @state() private isMistyped = false;

  override render() {
    const { classes, layers } = appLocation.state;
    const figures = explore.figures.value;
    const { hidden } = layerOf(layers, 'regions');
    const choropleth = choroplethOf(figures, explore.view.value, { classes, hidden });
    if (!figures || !choropleth) return nothing;
    const { measure } = figures.input;
    return html`
      <p class="measure">${measureName(measure.name, measure.title)}</p>
      <ct-legend-list layer="regions" .entries=${this.entriesOf(choropleth)}></ct-legend-list>
      <details>
        <summary>${msg('Classes and colours')}</summary>
        <div class="settings">
          ${this.renderMethod(classes, choropleth)} ${this.renderRamps(classes)}
          ${isDiverging(classes.ramp) ? this.renderMiddle(classes, choropleth) : nothing}
        </div>
      </details>
    `;
  }

  /** Their counts, with those without data, sum to the number of regions. */
  private entriesOf(choropleth: Choropleth): LegendEntry[] {
    const { classes, missing, missingColour } = choroplethLegend(choropleth, preferences.theme);
    const entries = classes.map(({ key, colour, from, to, count }): LegendEntry => {
      const label = classRange(from, to, choropleth.format);
      return { key, label, colour, shape: 'class', count };
    });
    if (missing === 0) return entries;
    const label = msg('No data');
    return [
      ...entries,
      { key: missingKey, label, colour: missingColour, shape: 'hatch', count: missing },
    ];
  }

  private renderMethod(classes: ClassSettings, choropleth: Choropleth) {
    return html`
      <div class="pair">
        <label class="field"
          ><span>${msg('Method')}</span>
          <select
            class="input"
            @change=${(event: Event) => this.setMethod(valueOf(event) as ClassifyMethod, choropleth)}
          >
            ${classifyMethods.map(
              (method) =>
                html`<option value=${method} ?selected=${method === classes.method}>
                  ${classifyMethodName(method)}
                </option>`,
            )}
          </select></label
        >
        ${classes.method === 'manual' ? nothing : this.renderNumber(classes)}
      </div>
      ${classes.method === 'manual' ? this.renderBorders(classes) : nothing}
    `;
  }

  private renderNumber(classes: ClassSettings) {
    const numbers = Array.from(
      { length: mostClasses - fewestClasses + 1 },
      (_, index) => index + fewestClasses,
    );
    return html`<label class="field"
      ><span>${msg('Classes')}</span>
      <select
        class="input"
        @change=${(event: Event) => this.change({ classes: Number(valueOf(event)) })}
      >
        ${numbers.map(
          (number) =>
            html`<option value=${number} ?selected=${number === classes.classes}>
              ${number}
            </option>`,
        )}
      </select></label
    >`;
  }

  private renderBorders({ borders }: ClassSettings) {
    const text = borders.map((border) => printNumber(border, preferences.language)).join('; ');
    return html`<div class="field">
      <label for="borders">${msg('Borders between classes')}</label>
      <input
        id="borders"
        class="input"
        inputmode="text"
        aria-describedby="borders-help"
        aria-invalid=${this.isMistyped ? 'true' : 'false'}
        .value=${text}
        @change=${this.setBorders}
      />
      <p id="borders-help" class=${this.isMistyped ? 'help error' : 'help'}>
        ${msg('One to eight numbers with semicolons between them, for example 10; 20; 50.')}
        ${this.figureKind() === 'percent' ? msg('Percentages as a share: 0.25 for 25 %.') : nothing}
      </p>
    </div>`;
  }

  private renderRamps(classes: ClassSettings) {
    return html`<fieldset class="ramps">
      <legend>${msg('Colours')}</legend>
      ${rampNames.map((name) => this.renderRamp(name, classes.ramp === name))}
    </fieldset>`;
  }

  private renderRamp(name: RampName, isChosen: boolean) {
    const stops = rampStops(name, preferences.theme).join(',');
    return html`<label title=${rampName(name)}>
      <input
        type="radio"
        name="ramp"
        .value=${name}
        .checked=${isChosen}
        @change=${() => this.change({ ramp: name })}
      /><span class="visually-hidden">${rampName(name)}</span>
      <i style="background:linear-gradient(to right,${stops})"></i>
    </label>`;
  }

  private renderMiddle({ middle }: ClassSettings, choropleth: Choropleth) {
    const isTyped = typeof middle === 'number';
    return html`<div class="pair">
      <label class="field"
        ><span>${msg('Middle of the colours')}</span>
        <select
          class="input"
          @change=${(event: Event) => this.setMiddle(valueOf(event), choropleth)}
        >
          <option value="mean" ?selected=${middle === 'mean'}>${msg('Mean of the regions')}</option>
          <option value="zero" ?selected=${middle === 'zero'}>${msg('Zero')}</option>
          <option value="typed" ?selected=${isTyped}>${msg('A value')}</option>
        </select></label
      >
      ${
        isTyped
          ? html`<label class="field"
              ><span>${msg('Value')}</span>
              <input
                class="input"
                .value=${printNumber(middle, preferences.language)}
                @change=${this.typeMiddle}
            /></label>`
          : html`<p class="help mean">
              ${choropleth.middle === null ? nothing : choropleth.format(choropleth.middle)}
            </p>`
      }
    </div>`;
  }

  private figureKind() {
    const measure = explore.figures.value?.input.measure;
    return measure && figureFormat(measure).kind;
  }

  private setMethod(method: ClassifyMethod, choropleth: Choropleth): void {
    const seed = toBorders(choropleth.breaks.map((border) => Number(border.toPrecision(3))));
    const borders = method === 'manual' ? (seed ?? [0]) : [];
    this.isMistyped = false;
    this.change({ method, borders });
  }

  private setBorders(event: Event): void {
    const borders = toBorders(parseNumbers(valueOf(event), preferences.language));
    this.isMistyped = borders === null;
    if (borders) this.change({ borders });
  }

  private setMiddle(value: string, choropleth: Choropleth): void {
    const typed = Number((choropleth.middle ?? 0).toPrecision(3));
    const middle: Middle = value === 'mean' || value === 'zero' ? value : typed;
    this.change({ middle });
  }

  private typeMiddle(event: Event): void {
    const middle = parseNumber(valueOf(event), preferences.language);
    if (Number.isFinite(middle)) this.change({ middle });
  }

  /** Classes that were hidden are others after the change: all are shown again. */
  private change(patch: Partial<ClassSettings>): void {
    const { classes, layers } = appLocation.state;
    const isCutAnew = 'method' in patch || 'classes' in patch || 'borders' in patch;
    appLocation.navigate({
      classes: { ...classes, ...patch },
      layers: isCutAnew ? showAllClasses(layers, 'regions') : layers,
    });
  }
}

function valueOf(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value;
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-region-classes': CtRegionClasses;
  }
}

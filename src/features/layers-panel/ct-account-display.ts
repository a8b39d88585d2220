import { html, nothing } from 'lit';
import { msg } from '@lit/localize';
import { customElement } from 'lit/decorators.js';
import { pointCategories, type PointCategory } from '../../../server/contract/point-columns.js';
import {
  displayMeasureButton,
  displayModeHint,
  displayModeName,
  pointCategoryName,
} from '../../i18n/display-words.js';
import {
  displayModes,
  hasCategory,
  measuresOf,
  type AccountDisplay,
  type DisplayMeasure,
  type DisplayMode,
} from '../../map/account-display.js';
import { appLocation } from '../../state/location.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import type { IconName } from '../../ui/icons.js';
import '../../ui/ct-picker.js';
import type { PickEvent } from '../../ui/ct-picker.js';
import '../../ui/ct-segmented.js';
import { base, controls } from '../../ui/styles.js';
import './ct-account-legend.js';
import { accountDisplayStyles } from './account-display-styles.js';

const iconOf: Record<DisplayMode, IconName> = {
  auto: 'auto',
  points: 'scatter',
  size: 'sized',
  clusters: 'clusters',
  heat: 'flame',
  hexagons: 'hexagon',
  columns: 'columns',
};

/** How accounts are shown: the ways side by side, what belongs to the chosen one, and its legend. */
@customElement('ct-account-display')
export class CtAccountDisplay extends CtElement {
  static override styles = [base, controls, accountDisplayStyles];

  override render() {
    const { accountDisplay } = appLocation.state;
    return html`
      <fieldset>
        <legend class="visually-hidden">${msg('Show accounts as')}</legend>
        ${displayModes.map((mode) => this.renderMode(mode, accountDisplay.mode))}
      </fieldset>
      ${this.renderOption(accountDisplay)}
      <ct-account-legend></ct-account-legend>
    `;
  }

  private renderMode(mode: DisplayMode, chosen: DisplayMode) {
    return html`<label title=${displayModeHint(mode)}>
      <input
        type="radio"
        name="mode"
        .value=${mode}
        .checked=${mode === chosen}
        @change=${() => this.change({ mode })}
      />
      <ct-icon .name=${iconOf[mode]}></ct-icon><span>${displayModeName(mode)}</span>
    </label>`;
  }

  private renderOption({ mode, category, measure }: AccountDisplay) {
    if (hasCategory(mode)) {
      return html`<ct-picker
        .label=${msg('Colour')}
        .display=${pointCategoryName(category)}
        .options=${pointCategories.map((value) => ({ value, label: pointCategoryName(value) }))}
        .selected=${[category]}
        @ct-pick=${({ values }: PickEvent) => this.change({ category: values[0] as PointCategory })}
      ></ct-picker>`;
    }
    const measures = measuresOf(mode);
    if (measures.length === 0) return nothing;
    return html`<ct-segmented
      .label=${msg('Measure')}
      .value=${measures.includes(measure) ? measure : 'count'}
      .options=${measures.map((value) => ({ value, label: displayMeasureButton(value) }))}
      @ct-pick=${({ values }: PickEvent) => this.change({ measure: values[0] as DisplayMeasure })}
    ></ct-segmented>`;
  }

  private change(patch: Partial<AccountDisplay>): void {
    const accountDisplay = { ...appLocation.state.accountDisplay, ...patch };
    const measures = measuresOf(accountDisplay.mode);
    const isKnown = measures.length === 0 || measures.includes(accountDisplay.measure);
    appLocation.navigate({
      accountDisplay: isKnown ? accountDisplay : { ...accountDisplay, measure: 'count' },
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-account-display': CtAccountDisplay;
  }
}

import { msg } from '@lit/localize';
import { css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { measureName, viewName } from '../../i18n/words.js';
import { namedPeriods, type Period } from '../../lib/period.js';
import { explore } from '../../state/explore.js';
import { appLocation } from '../../state/location.js';
import { measureNamed, measureStore } from '../../state/measures.js';
import { preferences } from '../../state/preferences.js';
import { CtElement } from '../../ui/ct-element.js';
import { mapExport } from '../../state/map-export.js';
import '../../ui/ct-icon.js';
import '../../ui/ct-picker.js';
import type { PickerOption, PickEvent } from '../../ui/ct-picker.js';
import { base, controls } from '../../ui/styles.js';
import '../saved-views/ct-views.js';
import '../filters/ct-filter-chips.js';
import '../search/ct-search.js';
import '../selection/ct-select-button.js';
import { periodName, pickName } from './period-names.js';

const allTime = 'all';

/** Search and the chips of the slice: measure, period and the filters. */
@customElement('ct-slice-bar')
export class CtSliceBar extends CtElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 44px;
        padding: 4px 8px;
        border-radius: var(--radius);
        background: var(--panel);
        backdrop-filter: blur(8px);
        box-shadow: var(--shadow);
      }
      ct-search {
        flex: 0 1 260px;
        min-width: 180px;
      }
      .chips {
        display: flex;
        align-items: center;
        gap: 8px;
        flex: 1;
        min-width: 0;
        overflow-x: auto;
        scrollbar-width: none;
        padding: 2px;
      }
      .export {
        flex: none;
        border-radius: 999px;
      }
      .export ct-icon {
        --size: 16px;
      }
      @media (max-width: 1280px) {
        .export span {
          display: none;
        }
      }
      @media (max-width: 760px) {
        .export {
          position: absolute;
          right: 52px;
          top: 0;
          width: 44px;
        }
        :host {
          flex-direction: column;
          align-items: stretch;
          padding: 0;
          background: none;
          backdrop-filter: none;
          box-shadow: none;
        }
        ct-search {
          flex: none;
          background: var(--panel);
          border-radius: var(--radius);
          box-shadow: var(--shadow);
        }
        .chips {
          flex: none;
          margin: 0 -8px;
          padding: 2px 8px;
        }
        ct-views {
          position: absolute;
          right: 0;
          top: 0;
        }
        ct-search {
          margin-right: 104px;
        }
      }
    `,
  ];

  override render() {
    return html`
      <ct-search></ct-search>
      <div class="chips" role="group" aria-label=${msg('Slice')}>
        ${this.renderMeasure()} ${this.renderPeriod()}
        <ct-filter-chips></ct-filter-chips>
        <ct-select-button></ct-select-button>
      </div>
      <button
        type="button"
        class="button export"
        aria-haspopup="dialog"
        aria-label=${msg('Export the map')}
        @click=${() => mapExport.open()}
      >
        <ct-icon name="download"></ct-icon><span>${msg('Export')}</span>
      </button>
      <ct-views></ct-views>
    `;
  }

  private renderMeasure() {
    const { measure } = appLocation.state;
    const known = measureNamed(measure);
    const options = (measureStore.value ?? []).map(({ name, title, view }) => ({
      value: name,
      label: measureName(name, title),
      group: viewName(view),
    }));
    return html`<ct-picker
      tone="accent"
      .label=${msg('Measure')}
      .display=${measureName(measure, known.title)}
      .options=${options}
      .selected=${[measure]}
      @ct-pick=${({ values }: PickEvent) => appLocation.navigate({ measure: values[0] ?? measure })}
    ></ct-picker>`;
  }

  private renderPeriod() {
    const { period } = appLocation.state;
    const data = explore.dataPeriod;
    const picks = data ? namedPeriods(data) : [];
    const options: PickerOption[] = [
      { value: allTime, label: msg('All time') },
      ...picks.map((pick) => ({
        value: toKey(pick.period),
        label: pickName(pick),
        group: { last12: undefined, year: msg('Years'), quarter: msg('Quarters') }[pick.kind],
      })),
    ];
    return html`<ct-picker
      .label=${msg('Period')}
      .display=${periodName(period, preferences.language)}
      .options=${options}
      .selected=${[period ? toKey(period) : allTime]}
      ?removable=${period !== null}
      @ct-pick=${({ values }: PickEvent) => appLocation.navigate({ period: fromKey(values[0]) })}
      @ct-remove=${() => appLocation.navigate({ period: null })}
    ></ct-picker>`;
  }
}

function toKey({ first, last }: Period): string {
  return `${first}..${last}`;
}

function fromKey(key: string | undefined): Period | null {
  const [first, last] = (key ?? allTime).split('..');
  return first && last ? { first, last } : null;
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-slice-bar': CtSliceBar;
  }
}

import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { loadCube } from '../../api/cube.js';
import { filterTitle, filterValueName, measureName, viewName } from '../../i18n/words.js';
import { formatCount } from '../../lib/format.js';
import { namedPeriods, type Period } from '../../lib/period.js';
import { explore } from '../../state/explore.js';
import { appLocation } from '../../state/location.js';
import { measureNamed, measureStore } from '../../state/measures.js';
import { preferences } from '../../state/preferences.js';
import { toNumber } from '../../state/region-rows.js';
import { dimensionOf, filterValuesQuery, noValue } from '../../state/slice-queries.js';
import { filterNames, type FilterName } from '../../state/url-state.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import '../../ui/ct-picker.js';
import type { CtPicker, PickerOption, PickEvent } from '../../ui/ct-picker.js';
import { base, controls } from '../../ui/styles.js';
import '../saved-views/ct-views.js';
import '../search/ct-search.js';
import { periodName, pickName } from './period-names.js';

const allTime = 'all';

/** Search and the chips of the slice: measure, period and one a filter. */
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
      @media (max-width: 760px) {
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
          margin-right: 52px;
        }
      }
    `,
  ];

  /** Values that each opened filter can take, loaded when its chip appears. */
  @state() private values: Partial<Record<FilterName, readonly PickerOption[]>> = {};
  /** A filter that was added and has no value yet. */
  @state() private adding: FilterName | null = null;

  override render() {
    const { filters } = appLocation.state;
    const active = filterNames.filter((name) => (filters[name]?.length ?? 0) > 0);
    const shown = this.adding && !active.includes(this.adding) ? [...active, this.adding] : active;
    return html`
      <ct-search></ct-search>
      <div class="chips" role="group" aria-label=${msg('Slice')}>
        ${this.renderMeasure()} ${this.renderPeriod()}
        ${shown.map((name) => this.renderFilter(name))}
        ${this.renderAdd(filterNames.filter((name) => !shown.includes(name)))}
      </div>
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

  private renderFilter(name: FilterName) {
    const selected = appLocation.state.filters[name] ?? [];
    return html`<ct-picker
      data-filter=${name}
      multiple
      removable
      .label=${filterTitle(name)}
      .display=${summarise(name, selected)}
      .options=${this.optionsOf(name, selected)}
      .selected=${selected}
      @click=${() => void this.loadValues(name)}
      @ct-pick=${({ values }: PickEvent) => this.setFilter(name, values)}
      @ct-remove=${() => this.dropFilter(name)}
    ></ct-picker>`;
  }

  private renderAdd(names: readonly FilterName[]) {
    if (names.length === 0) return nothing;
    return html`<ct-picker
      .label=${msg('Filter')}
      .options=${names.map((name) => ({ value: name, label: filterTitle(name) }))}
      @ct-pick=${({ values }: PickEvent) => void this.addFilter(values[0])}
      ><ct-icon slot="icon" name="plus"></ct-icon
    ></ct-picker>`;
  }

  private optionsOf(name: FilterName, selected: readonly string[]): readonly PickerOption[] {
    const loaded = this.values[name];
    if (loaded) return loaded;
    return selected.map((value) => ({ value, label: filterValueName(name, value) }));
  }

  private async addFilter(value: string | undefined): Promise<void> {
    const name = filterNames.find((known) => known === value);
    if (!name) return;
    this.adding = name;
    await this.loadValues(name);
    await this.updateComplete;
    this.renderRoot.querySelector<CtPicker>(`[data-filter='${name}']`)?.show();
  }

  private setFilter(name: FilterName, values: readonly string[]): void {
    appLocation.navigate({ filters: { ...appLocation.state.filters, [name]: values } });
  }

  private dropFilter(name: FilterName): void {
    this.adding = null;
    this.setFilter(name, []);
  }

  private async loadValues(name: FilterName): Promise<void> {
    const region = explore.view.value?.region;
    if (!region) return;
    const { filters } = appLocation.state;
    const slice = { regionId: region.id, level: region.level, period: null, filters };
    try {
      const rows = await loadCube(filterValuesQuery(name, slice));
      const member = `accounts.${dimensionOf[name]}`;
      const options = rows.map((row): PickerOption => {
        const value = row[member] === null ? noValue : String(row[member]);
        const count = toNumber(row['accounts.accounts']) ?? 0;
        return {
          value,
          label: filterValueName(name, value),
          hint: formatCount(count, preferences.language),
        };
      });
      this.values = { ...this.values, [name]: options };
    } catch {
      this.values = { ...this.values, [name]: [] };
    }
  }
}

/** "Terraced house, Apartments", or "5 values" where the names would not fit. */
function summarise(name: FilterName, values: readonly string[]): string {
  if (values.length === 0) return msg('any');
  if (values.length <= 2) return values.map((value) => filterValueName(name, value)).join(', ');
  return msg(str`${values.length} values`);
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

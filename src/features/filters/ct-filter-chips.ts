import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { getTableGroups } from '../../api/accounts.js';
import { filterTitle, filterValueName } from '../../i18n/words.js';
import { formatCount } from '../../lib/format.js';
import { appLocation } from '../../state/location.js';
import { owners } from '../../state/owners.js';
import { preferences } from '../../state/preferences.js';
import { accountFilterQuery } from '../../state/slice-queries.js';
import { filterNames } from '../../state/url-state.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import '../../ui/ct-picker.js';
import type { CtPicker, PickerOption, PickEvent } from '../../ui/ct-picker.js';
import { base } from '../../ui/styles.js';
import '../selection/ct-selection-chip.js';

/** Filters that are picked from a list; a selection is drawn and has a chip of its own. */
const listedNames = filterNames.filter((name) => name !== 'selection');
type ListedName = (typeof listedNames)[number];

/** The chips of the account filter, one a name, and one to add another; the address holds their values. */
@customElement('ct-filter-chips')
export class CtFilterChips extends CtElement {
  static override styles = [
    base,
    css`
      :host {
        display: contents;
      }
    `,
  ];

  /** Values that each opened filter can take, with the accounts of each; loaded when its chip is opened. */
  @state() private values: Partial<Record<ListedName, readonly PickerOption[]>> = {};
  /** A filter that was added and has no value yet. */
  @state() private adding: ListedName | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    owners.start();
  }

  override render() {
    const { filters } = appLocation.state;
    const active = listedNames.filter((name) => (filters[name]?.length ?? 0) > 0);
    const isShown = (name: ListedName) =>
      name === this.adding || active.some((one) => one === name);
    const shown = listedNames.filter(isShown);
    return html`
      ${shown.map((name) => this.renderFilter(name))}
      ${filters.selection?.length ? html`<ct-selection-chip></ct-selection-chip>` : nothing}
      ${this.renderAdd(listedNames.filter((name) => !shown.includes(name)))}
    `;
  }

  private renderFilter(name: ListedName) {
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

  private renderAdd(names: readonly ListedName[]) {
    if (names.length === 0) return nothing;
    return html`<ct-picker
      .label=${msg('Filter')}
      .options=${names.map((name) => ({ value: name, label: filterTitle(name) }))}
      @ct-pick=${({ values }: PickEvent) => void this.addFilter(values[0])}
      ><ct-icon slot="icon" name="plus"></ct-icon
    ></ct-picker>`;
  }

  private optionsOf(name: ListedName, selected: readonly string[]): readonly PickerOption[] {
    const loaded = this.values[name];
    if (loaded) return loaded;
    return selected.map((value) => ({ value, label: valueName(name, value) }));
  }

  private async addFilter(value: string | undefined): Promise<void> {
    const name = listedNames.find((known) => known === value);
    if (!name) return;
    this.adding = name;
    await this.loadValues(name);
    await this.updateComplete;
    this.renderRoot.querySelector<CtPicker>(`[data-filter='${name}']`)?.show();
  }

  private setFilter(name: ListedName, values: readonly string[]): void {
    appLocation.navigate({ filters: { ...appLocation.state.filters, [name]: values } });
  }

  private dropFilter(name: ListedName): void {
    this.adding = null;
    this.setFilter(name, []);
  }

  private async loadValues(name: ListedName): Promise<void> {
    const { filters, region } = appLocation.state;
    const others = accountFilterQuery({ ...filters, [name]: [] }, region);
    try {
      const { items } = await getTableGroups(others, name);
      const options = items.map(({ value, label, count }): PickerOption => {
        const hint = formatCount(count, preferences.language);
        return { value, label: label ?? filterValueName(name, value), hint };
      });
      this.values = { ...this.values, [name]: options };
    } catch {
      this.values = { ...this.values, [name]: [] };
    }
  }
}

/** "Terraced house, Apartments", or "5 values" where the names would not fit. */
function summarise(name: ListedName, values: readonly string[]): string {
  if (values.length === 0) return msg('any');
  if (values.length <= 2) return values.map((value) => valueName(name, value)).join(', ');
  return msg(str`${values.length} values`);
}

function valueName(name: ListedName, value: string): string {
  return (name === 'owner' ? owners.nameOf(value) : undefined) ?? filterValueName(name, value);
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-filter-chips': CtFilterChips;
  }
}

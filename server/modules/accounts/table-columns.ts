import { tagsOf } from '../../column-store/account-selection.js';
import {
  accountCategories,
  accountKeys,
  accountTimes,
  accountValues,
  type AccountCategory,
} from '../../column-store/accounts.source.js';
import type { DictionaryValue } from '../../column-store/dictionary.js';
import type { RegionPaths } from '../../column-store/region-paths.js';
import type { SortColumn } from '../../column-store/row-order.js';
import type { Selection } from '../../column-store/view.js';
import { lifecycles, NONE, placements } from '../../contract/account-filter.js';
import type { TableGroup, TableSortName } from '../../contract/account-table.js';

/** Names of users and regions, by which their accounts are sorted. */
export type ValueNames = {
  readonly owners: ReadonlyMap<string, string>;
  readonly regions: ReadonlyMap<number, string>;
};

const valueColumns: readonly string[] = [...accountValues, ...accountTimes];

/** Where a sort of the table is found in the column store. */
export function sortColumn(sort: TableSortName, { owners, regions }: ValueNames): SortColumn {
  switch (sort) {
    case 'name':
    case 'city':
    case 'postcode':
      return { kind: 'key', column: accountKeys.indexOf(sort) };
    case 'externalId':
      return { kind: 'key', column: accountKeys.indexOf('external_id') };
    case 'revenue':
      return value('revenue', false);
    case 'revenue12m':
      return value('revenue_12m', false);
    case 'customerSince':
      return value('customer_since', true);
    case 'lastOrdered':
      return value('last_ordered', true);
    case 'updatedAt':
      return value('updated_at', true);
    case 'lifecycle':
      return category('lifecycle', placeIn(lifecycles));
    case 'placement':
      return category('placement', placeIn(placements));
    case 'owner':
      return category('owner', (id) => owners.get(String(id)) ?? String(id));
    case 'region':
      return category('region', (id) => regions.get(Number(id)) ?? String(id));
    default:
      return category(categoryOf[sort]);
  }
}

const categoryOf = {
  kind: 'kind',
  segment: 'segment',
  tags: 'tags',
  housingType: 'housing_type',
  zoneKind: 'zone_kind',
  roadClass: 'road_class',
} as const satisfies Partial<Record<TableSortName, AccountCategory>>;

function value(name: string, zeroIsMissing: boolean): SortColumn {
  return { kind: 'value', column: valueColumns.indexOf(name), zeroIsMissing };
}

function category(
  name: AccountCategory,
  nameOf: (value: DictionaryValue) => string = (text) => String(text).toLowerCase(),
): SortColumn {
  return { kind: 'category', column: accountCategories.indexOf(name), nameOf };
}

/** Sorts codes in the order of a list rather than of the alphabet. */
function placeIn(list: readonly string[]): (value: DictionaryValue) => string {
  return (code) => String(list.indexOf(String(code)) + 1).padStart(4, '0');
}

export type GroupColumn = {
  readonly column: number;
  readonly groupsOf: (value: DictionaryValue | null) => readonly string[];
};

const columnOfGroup: Partial<Record<TableGroup, AccountCategory>> = {
  lifecycle: 'lifecycle',
  segment: 'segment',
  owner: 'owner',
  tag: 'tags',
  kind: 'kind',
  housingType: 'housing_type',
  zoneKind: 'zone_kind',
  roadClass: 'road_class',
  placement: 'placement',
};

/** Where a grouping of the table is found in the column store. */
export function groupColumn(group: TableGroup, regions: RegionPaths): GroupColumn {
  const name = columnOfGroup[group] ?? 'region';
  const column = accountCategories.indexOf(name);
  if (group === 'tag') return { column, groupsOf: tagsOf };
  if (name !== 'region')
    return { column, groupsOf: (code) => [code === null ? NONE : String(code)] };
  const level = regionLevelOf(group);
  return {
    column,
    groupsOf: (id) => [String(regions.atLevel(Number(id ?? 0), level) ?? NONE)],
  };
}

/** The level of a grouping by region; 0 for any other. */
export function regionLevelOf(group: TableGroup): number {
  return group.startsWith('region') ? Number(group.slice('region'.length)) : 0;
}

/** The accounts of a selection that belong to one group. */
export function withinGroup(
  selection: Selection,
  { column, groupsOf }: GroupColumn,
  [group, wanted]: readonly [TableGroup, string],
): Selection {
  return {
    key: JSON.stringify([selection.key, group, wanted]),
    testOf: (table) => {
      const test = selection.testOf(table);
      const { codes } = table.categories[column]!;
      const known: (boolean | undefined)[] = [];
      const isInside = (code: number) =>
        (known[code] ??= groupsOf(table.dictionaries[column]!.valueOf(code)).includes(wanted));
      return (row) => isInside(codes[row]!) && (test === undefined || test(row));
    },
  };
}

import {
  NONE,
  toAccountFilterParams,
  type AccountFilter,
  type AccountListFilterName,
} from '../contract/account-filter.js';
import { searchWords } from '../contract/fold-text.js';
import { toRowPredicate, type PolicyColumns, type RowPolicy } from '../policy/row-policy.js';
import { AppError } from '../errors.js';
import { accountCategories, type AccountCategory } from './accounts.source.js';
import type { StoredSelections } from './areas/stored-selections.js';
import type { RowTest } from './crowding.js';
import type { DictionaryValue } from './dictionary.js';
import type { RegionPaths } from './region-paths.js';
import type { RowTable } from './row-table.js';
import type { Selection } from './view.js';
import { toWorld } from './world.js';

const columnOfFilter: Record<AccountListFilterName, AccountCategory> = {
  region: 'region',
  lifecycle: 'lifecycle',
  segment: 'segment',
  housingType: 'housing_type',
  zoneKind: 'zone_kind',
  roadClass: 'road_class',
  kind: 'kind',
  owner: 'owner',
  placement: 'placement',
  tag: 'tags',
};

const listFilterNames = Object.keys(columnOfFilter) as AccountListFilterName[];

type ValueTest = (value: DictionaryValue | null) => boolean;

type ColumnTest = {
  readonly column: number;
  /** Remembered answers by dictionary code. */
  readonly allowed: (boolean | undefined)[];
  readonly isAllowed: ValueTest;
};

export type SelectionContext = {
  readonly regions: RegionPaths;
  readonly stored: StoredSelections;
};

/** Accounts that pass the filter and that the policy lets somebody see. */
export function accountSelection(
  filter: Partial<AccountFilter>,
  policy: RowPolicy,
  { regions, stored }: SelectionContext,
): Selection {
  const tests = columnTests(filter, regions);
  const sets = (filter.selection ?? []).map((id) => readySelection(stored, id));
  return {
    key: JSON.stringify([
      toAccountFilterParams(filter).toString(),
      policy,
      regions.version,
      ...sets.map(({ key }) => key),
    ]),
    testOf: (table) =>
      [
        ...sets.map(({ accounts }) => accounts.testOf(table, regions)),
        tests.length === 0
          ? undefined
          : (row: number) => tests.every((test) => passes(test, table, row)),
        boundsTest(filter.bounds, table),
        searchTest(filter.q, table),
        toRowPredicate(policy, policyColumns(table, regions)),
      ].reduce<RowTest>(both, undefined),
  };
}

/** Whoever puts a selection into a filter has made it ready with `ColumnStores.useSelection`. */
function readySelection(stored: StoredSelections, id: number) {
  const ready = stored.get(id);
  if (ready !== undefined) return ready;
  throw new AppError('unavailable', 'The selection is being read; try again in a moment.');
}

/** What passes both tests. */
export function both(first: RowTest, second: RowTest): RowTest {
  if (first === undefined) return second;
  if (second === undefined) return first;
  return (row) => first(row) && second(row);
}

function passes(test: ColumnTest, table: RowTable, row: number): boolean {
  const code = table.categories[test.column]!.codes[row]!;
  const known = test.allowed[code];
  if (known !== undefined) return known;
  const allowed = test.isAllowed(table.dictionaries[test.column]!.valueOf(code));
  test.allowed[code] = allowed;
  return allowed;
}

function columnTests(filter: Partial<AccountFilter>, regions: RegionPaths): ColumnTest[] {
  return listFilterNames.flatMap((name) => {
    const values: readonly (string | number)[] | undefined = filter[name];
    if (values === undefined) return [];
    const wanted = new Set<DictionaryValue>(values);
    const isAllowed = valueTest(name, wanted, regions);
    return [{ column: accountCategories.indexOf(columnOfFilter[name]), allowed: [], isAllowed }];
  });
}

function valueTest(
  name: AccountListFilterName,
  wanted: ReadonlySet<DictionaryValue>,
  regions: RegionPaths,
): ValueTest {
  if (name === 'region') {
    return (region) => regions.pathOf(Number(region ?? 0)).some((id) => wanted.has(id));
  }
  if (name === 'tag') return (tags) => tagsOf(tags).some((tag) => wanted.has(tag));
  return (value) => wanted.has(value ?? NONE);
}

/** The tags behind a value of the column `tags`; NONE where there are none. */
export function tagsOf(value: DictionaryValue | null): readonly string[] {
  return value === null ? [NONE] : String(value).split('|');
}

function boundsTest(bounds: AccountFilter['bounds'], table: RowTable): RowTest {
  if (bounds === undefined) return undefined;
  const [west, south, east, north] = bounds;
  const from = toWorld(west, north);
  const to = toWorld(east, south);
  const { xs, ys } = table;
  return (row) =>
    table.isPlaced(row) &&
    xs[row]! >= from.x &&
    xs[row]! <= to.x &&
    ys[row]! >= from.y &&
    ys[row]! <= to.y;
}

/** Rows in which every word stands in one of the keys. */
function searchTest(q: string | undefined, table: RowTable): RowTest {
  const words = searchWords(q ?? '');
  if (words.length === 0) return undefined;
  const found = new Uint8Array(table.length);
  for (const [count, word] of words.entries()) {
    for (const column of table.keys) {
      column.search(word, (row) => {
        if (found[row] === count) found[row] = count + 1;
      });
    }
  }
  return (row) => found[row] === words.length;
}

const lifecycleColumn = accountCategories.indexOf('lifecycle');
const ownerColumn = accountCategories.indexOf('owner');
const policyRegionColumn = accountCategories.indexOf('policy_region');

function policyColumns(table: RowTable, regions: RegionPaths): PolicyColumns {
  return {
    ownerIdOf: (row) => table.category(ownerColumn, row) as string | null,
    lifecycleOf: (row) => table.category(lifecycleColumn, row) as string,
    policyRegionOf: (row) => Number(table.category(policyRegionColumn, row) ?? 0),
    regionPathOf: (regionId) => (regionId === 0 ? [] : regions.pathOf(regionId)),
  };
}

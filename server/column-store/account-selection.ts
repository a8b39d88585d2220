import {
  accountFilterNames,
  NONE,
  toAccountFilterParams,
  type AccountFilter,
} from '../contract/account-filter.js';
import { toRowPredicate, type PolicyColumns, type RowPolicy } from '../policy/row-policy.js';
import { accountCategories, type AccountCategory } from './accounts.source.js';
import type { RowTest } from './crowding.js';
import type { DictionaryValue } from './dictionary.js';
import type { RegionPaths } from './region-paths.js';
import type { RowTable } from './row-table.js';
import type { Selection } from './view.js';

const columnOfFilter: Record<keyof AccountFilter, AccountCategory> = {
  region: 'region',
  lifecycle: 'lifecycle',
  segment: 'segment',
  housingType: 'housing_type',
  zoneKind: 'zone_kind',
  roadClass: 'road_class',
  kind: 'kind',
  owner: 'owner',
  placement: 'placement',
};

type ValueTest = (value: DictionaryValue | null) => boolean;

type ColumnTest = {
  readonly column: number;
  /** Remembered answers by dictionary code. */
  readonly allowed: (boolean | undefined)[];
  readonly isAllowed: ValueTest;
};

/** Accounts that pass the filter and that the policy lets somebody see. */
export function accountSelection(
  filter: Partial<AccountFilter>,
  policy: RowPolicy,
  regions: RegionPaths,
): Selection {
  const tests = columnTests(filter, regions);
  return {
    key: JSON.stringify([toAccountFilterParams(filter).toString(), policy, regions.version]),
    testOf: (table) =>
      both(
        tests.length === 0 ? undefined : (row) => tests.every((test) => passes(test, table, row)),
        toRowPredicate(policy, policyColumns(table, regions)),
      ),
  };
}

function both(first: RowTest, second: RowTest): RowTest {
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
  return accountFilterNames.flatMap((name) => {
    const values: readonly (string | number)[] | undefined = filter[name];
    if (values === undefined) return [];
    const wanted = new Set<DictionaryValue>(values);
    const isAllowed: ValueTest =
      name === 'region'
        ? (region) => regions.pathOf(Number(region ?? 0)).some((id) => wanted.has(id))
        : (value) => wanted.has(value ?? NONE);
    return [{ column: accountCategories.indexOf(columnOfFilter[name]), allowed: [], isAllowed }];
  });
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

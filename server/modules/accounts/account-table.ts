import { accountValues } from '../../column-store/accounts.source.js';
import type { ColumnStores } from '../../column-store/column-stores.js';
import type { RowList } from '../../column-store/row-list.js';
import type { Selection } from '../../column-store/view.js';
import type { AccountFilter } from '../../contract/account-filter.js';
import type {
  TableGroup,
  TableGroupRow,
  TableSort,
  TableSortName,
} from '../../contract/account-table.js';
import type { RowPolicy } from '../../policy/row-policy.js';
import { groupColumn, regionLevelOf, sortColumn, withinGroup } from './table-columns.js';

/** Money in the column store is whole hundredths. */
const HUNDREDTHS = 100;

/** The accounts that a table shows, or one of its groups. */
export type TableSelection = {
  readonly filter: Partial<AccountFilter>;
  readonly group?: TableGroup | undefined;
  readonly groupValue?: string | undefined;
};

/** The table of accounts over the column store: any part of a sorted list, and sums by group. */
export class AccountTable {
  readonly #stores: ColumnStores;
  readonly #owners: ReadonlyMap<string, string>;

  constructor(stores: ColumnStores, owners: ReadonlyMap<string, string>) {
    this.#stores = stores;
    this.#owners = owners;
  }

  /** The accounts in order; see `isDescending` for the direction to read them in. */
  list(table: TableSelection, sort: TableSort, policy: RowPolicy): Promise<RowList> {
    const name = (sort.startsWith('-') ? sort.slice(1) : sort) as TableSortName;
    const column = sortColumn(name, { owners: this.#owners, regions: this.#stores.regions.names });
    const orderName = name === 'owner' ? `owner of ${[...this.#owners].join(';')}` : name;
    return this.#stores.accounts.list(this.select(table, policy), orderName, column);
  }

  /** The accounts of the table as a selection of the column store. */
  select({ filter, group, groupValue }: TableSelection, policy: RowPolicy): Selection {
    const selection = this.#stores.select(filter, policy);
    if (group === undefined || groupValue === undefined) return selection;
    return withinGroup(selection, groupColumn(group, this.#stores.regions), [group, groupValue]);
  }

  /** Counts and sums by group, the largest first and what has no value last. */
  groups(filter: Partial<AccountFilter>, by: TableGroup, policy: RowPolicy): TableGroupRow[] {
    const groups = this.#stores.accounts.groups({
      ...groupColumn(by, this.#stores.regions),
      selection: this.#stores.select(filter, policy),
      values: accountValues.map((_name, column) => column),
    });
    const { names } = this.#stores.regions;
    const labelOf = (value: string) => {
      if (by === 'owner') return this.#owners.get(value) ?? null;
      return regionLevelOf(by) > 0 ? (names.get(Number(value)) ?? null) : null;
    };
    return [...groups]
      .map(
        ([
          value,
          {
            count,
            placed,
            values: [revenue = 0, revenue12m = 0],
          },
        ]) => ({
          value,
          label: labelOf(value),
          count,
          placed,
          revenue: revenue / HUNDREDTHS,
          revenue12m: revenue12m / HUNDREDTHS,
        }),
      )
      .sort(byValueAndSize);
  }
}

function byValueAndSize(a: TableGroupRow, b: TableGroupRow): number {
  return (
    Number(a.value === 'none') - Number(b.value === 'none') ||
    b.count - a.count ||
    (a.value < b.value ? -1 : 1)
  );
}

/** Whether a sort is read from the end. */
export function isDescending(sort: TableSort): boolean {
  return sort.startsWith('-');
}

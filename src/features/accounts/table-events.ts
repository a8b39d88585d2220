import type { TableRow, TableSort } from '../../../server/contract/account-table.js';

/** Tells by what the table is to be sorted. */
export class TableSortEvent extends Event {
  static readonly type = 'ct-table-sort';
  constructor(readonly sort: TableSort) {
    super(TableSortEvent.type);
  }
}

/** Tells which account is under the pointer or the keyboard, null for none. */
export class RowLightEvent extends Event {
  static readonly type = 'ct-row-light';
  constructor(readonly row: TableRow | null) {
    super(RowLightEvent.type);
  }
}

/** Tells which account is to be opened. */
export class RowOpenEvent extends Event {
  static readonly type = 'ct-row-open';
  constructor(readonly id: number) {
    super(RowOpenEvent.type);
  }
}

declare global {
  interface HTMLElementEventMap {
    'ct-table-sort': TableSortEvent;
    'ct-row-light': RowLightEvent;
    'ct-row-open': RowOpenEvent;
  }
}

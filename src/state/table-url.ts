import {
  tableGroups,
  tableSorts,
  type TableGroup,
  type TableSort,
} from '../../server/contract/table-columns.js';

/** Columns of the table of accounts, in the order in which they are offered. */
export const tableColumns = [
  'lifecycle',
  'segment',
  'owner',
  'tags',
  'city',
  'postcode',
  'region',
  'revenue',
  'revenue12m',
  'lastOrdered',
  'customerSince',
  'housingType',
  'zoneKind',
  'roadClass',
  'placement',
  'kind',
  'email',
  'phone',
  'externalId',
  'updatedAt',
] as const;
export type TableColumn = (typeof tableColumns)[number];

/** What of the table of accounts can be shared by its address. */
export interface TableState {
  /** Words that all have to be found; empty for none. */
  readonly find: string;
  readonly sort: TableSort;
  readonly group: TableGroup | null;
  /** Chosen columns beside the name; null is what the person at this browser chose last. */
  readonly columns: readonly TableColumn[] | null;
  /** Only the accounts that lie where the map looks. */
  readonly inMap: boolean;
}

export const defaultTable: TableState = {
  find: '',
  sort: 'name',
  group: null,
  columns: null,
  inMap: false,
};

const sorts: readonly TableSort[] = [
  ...tableSorts,
  ...tableSorts.map((name): TableSort => `-${name}`),
];

/** Reads the table from a query; what is missing or malformed takes its default. */
export function parseTable(query: URLSearchParams): TableState {
  return {
    find: (query.get('q') ?? '').slice(0, 200),
    sort: sorts.find((sort) => sort === query.get('sort')) ?? defaultTable.sort,
    group: tableGroups.find((group) => group === query.get('group')) ?? null,
    columns: toColumns(query.get('columns')),
    inMap: query.get('in') === 'map',
  };
}

/** The names and values of a table in a query; defaults are left out. */
export function tableParams(table: TableState): readonly (readonly [string, string | null])[] {
  return [
    ['q', table.find],
    ['sort', table.sort === defaultTable.sort ? null : table.sort],
    ['group', table.group],
    ['columns', table.columns === null ? null : table.columns.join(',') || 'name'],
    ['in', table.inMap ? 'map' : null],
  ];
}

/** Known columns of a list with commas, in the order given; null where there is no list. */
export function toColumns(text: string | null): readonly TableColumn[] | null {
  if (text === null) return null;
  const names = [...new Set(text.split(','))];
  return names.flatMap((name) => tableColumns.find((column) => column === name) ?? []);
}

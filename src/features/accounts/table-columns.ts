import { msg } from '@lit/localize';
import type { TableRow, TableSortName } from '../../../server/contract/account-table.js';
import { codeName } from '../../i18n/words.js';
import { formatDay, formatFigure } from '../../lib/format.js';
import { preferences } from '../../state/preferences.js';
import { sessionStore } from '../../state/session.js';
import type { TableColumn } from '../../state/table-url.js';

/** A column of the table of accounts: what it is called, how wide it is and what a row says in it. */
export interface ColumnView {
  readonly title: () => string;
  readonly text: (row: TableRow) => string;
  readonly width: number;
  /** Undefined where rows cannot be sorted by it. */
  readonly sort?: TableSortName;
  readonly isNumber?: boolean;
}

const code = (value: string | null) => (value === null ? '' : codeName(value));
const day = (value: string | null) =>
  value === null ? '' : formatDay(value, preferences.language);
const money = (value: number) =>
  formatFigure(value, {
    kind: 'currency',
    currency: sessionStore.current.project.currency,
    locale: preferences.language,
  });

export const columnViews: Readonly<Record<TableColumn, ColumnView>> = {
  lifecycle: {
    title: () => msg('Lifecycle'),
    text: (row) => codeName(row.lifecycle),
    width: 140,
    sort: 'lifecycle',
  },
  segment: {
    title: () => msg('Segment'),
    text: (row) => row.segment ?? '',
    width: 140,
    sort: 'segment',
  },
  owner: {
    title: () => msg('Owner'),
    text: (row) => row.ownerName ?? '',
    width: 150,
    sort: 'owner',
  },
  tags: { title: () => msg('Tags'), text: (row) => row.tags.join(', '), width: 160, sort: 'tags' },
  city: { title: () => msg('City'), text: (row) => row.city ?? '', width: 150, sort: 'city' },
  postcode: {
    title: () => msg('Postcode'),
    text: (row) => row.postcode ?? '',
    width: 110,
    sort: 'postcode',
  },
  region: {
    title: () => msg('Region'),
    text: (row) => row.regionName ?? '',
    width: 160,
    sort: 'region',
  },
  revenue: {
    title: () => msg('Revenue'),
    text: (row) => money(row.revenue),
    width: 120,
    sort: 'revenue',
    isNumber: true,
  },
  revenue12m: {
    title: () => msg('Revenue, 12 months'),
    text: (row) => money(row.revenue12m),
    width: 160,
    sort: 'revenue12m',
    isNumber: true,
  },
  lastOrdered: {
    title: () => msg('Last order'),
    text: (row) => day(row.lastOrderedAt),
    width: 130,
    sort: 'lastOrdered',
  },
  customerSince: {
    title: () => msg('Customer since'),
    text: (row) => day(row.customerSince),
    width: 140,
    sort: 'customerSince',
  },
  housingType: {
    title: () => msg('Housing type'),
    text: (row) => code(row.housingType),
    width: 150,
    sort: 'housingType',
  },
  zoneKind: {
    title: () => msg('Business zone'),
    text: (row) => code(row.zoneKind),
    width: 140,
    sort: 'zoneKind',
  },
  roadClass: {
    title: () => msg('Road class'),
    text: (row) => code(row.roadClass),
    width: 150,
    sort: 'roadClass',
  },
  placement: {
    title: () => msg('Placement'),
    text: (row) => codeName(row.placement),
    width: 160,
    sort: 'placement',
  },
  kind: { title: () => msg('Kind'), text: (row) => codeName(row.kind), width: 120, sort: 'kind' },
  email: { title: () => msg('E-mail'), text: (row) => row.email ?? '', width: 220 },
  phone: { title: () => msg('Phone'), text: (row) => row.phone ?? '', width: 150 },
  externalId: {
    title: () => msg('External id'),
    text: (row) => row.externalId ?? '',
    width: 120,
    sort: 'externalId',
  },
  updatedAt: {
    title: () => msg('Changed'),
    text: (row) => day(row.updatedAt),
    width: 120,
    sort: 'updatedAt',
  },
};

export const nameColumn: ColumnView = {
  title: () => msg('Name'),
  text: (row) => row.name,
  width: 240,
  sort: 'name',
};

/** Columns of somebody who never chose any. */
export const usualColumns: readonly TableColumn[] = [
  'lifecycle',
  'segment',
  'owner',
  'city',
  'region',
  'revenue12m',
  'lastOrdered',
  'tags',
];

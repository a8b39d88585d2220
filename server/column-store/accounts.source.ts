import { copyRows, type CopySelect } from './copy-rows.js';
import { fillByPages, rowsByIds, type RawRow, type RowSource } from './row-source.js';
import type { StoreRow } from './row-table.js';

/** Category columns of the account store, in order. `region` and `policy_region` hold region ids, `tags` all
 * tags of an account with bars between. */
export const accountCategories = [
  'lifecycle',
  'segment',
  'housing_type',
  'zone_kind',
  'road_class',
  'kind',
  'owner',
  'placement',
  'region',
  'policy_region',
  'tags',
] as const;

export type AccountCategory = (typeof accountCategories)[number];

/** Value columns that can be measured, the first of the account store: hundredths of the currency. */
export const accountValues = ['revenue', 'revenue_12m'] as const;

/** Further value columns: days and microseconds since 1 January 1 and 1970; 0 where there is none. */
export const accountTimes = ['customer_since', 'last_ordered', 'updated_at'] as const;

/** Texts that accounts are searched and sorted by. */
export const accountKeys = ['name', 'city', 'postcode', 'external_id'] as const;

/** The day that "the last twelve months" end with: the project's own, else today. */
export const projectToday = `COALESCE(
  (SELECT (value ->> 'today')::date FROM app.settings WHERE name = 'project'), current_date)`;

/**
 * Microseconds since 1970, exact: the seconds of date_part are within a quarter of one. `extract` would answer
 * them as numeric, whose arithmetic costs more than reading the row.
 */
const microseconds = (time: string) => `(date_part('epoch', ${time}) * 1000000)::bigint`;

const cellKey = '(a.h3_cell >> 15) & 137438953471';

const attributes = `a.lifecycle, a.segment, a.housing_type, a.zone_kind, a.road_class, a.kind, a.owner_id, a.placement,
  a.region_id, CASE WHEN a.geom IS NULL THEN a.postcode_region_id ELSE a.region_id END,
  CASE WHEN a.tags <> '{}' THEN array_to_string(a.tags, '|') END,
  COALESCE(r.revenue, 0), COALESCE(r.revenue_12m, 0),
  COALESCE(a.customer_since - DATE '0001-01-01' + 1, 0)::bigint, COALESCE(r.last_ordered, 0),
  ${microseconds('a.updated_at')},
  a.name, COALESCE(a.city, ''), COALESCE(a.postcode, ''), COALESCE(a.external_id, '')`;

const columns = `a.account_id, ST_X(a.geom), ST_Y(a.geom), ${cellKey}, ${attributes}`;

const sums = `(sum(l.revenue) * 100)::bigint AS revenue,
  (sum(l.revenue) FILTER (WHERE s.ordered_at >= ${projectToday} - interval '12 months'
    AND s.ordered_at < ${projectToday} + interval '1 day') * 100)::bigint AS revenue_12m,
  ${microseconds('max(s.ordered_at)')} AS last_ordered`;

const allAccounts: CopySelect = {
  sql: `SELECT a.account_id, a.geom, ${cellKey}, ${attributes} FROM crm.accounts a LEFT JOIN (
    SELECT s.account_id, ${sums} FROM crm.sales s JOIN crm.sale_lines l USING (sale_id) GROUP BY 1
  ) r USING (account_id)`,
  numbers: new Set<AccountCategory>(['region', 'policy_region']),
};

const revenueOfAccount = `LEFT JOIN LATERAL (
  SELECT ${sums} FROM crm.sales s JOIN crm.sale_lines l USING (sale_id)
  WHERE s.account_id = a.account_id
) r ON true`;

const pageOfAccounts = `SELECT ${columns} FROM (
  SELECT * FROM crm.accounts WHERE account_id > $1 ORDER BY account_id LIMIT $2
) a ${revenueOfAccount} ORDER BY a.account_id`;

const accountsById = `SELECT ${columns} FROM crm.accounts a ${revenueOfAccount}
  WHERE a.account_id = ANY ($1::bigint[])`;

const firstCategory = 4;
const firstValue = firstCategory + accountCategories.length;
const firstKey = firstValue + accountValues.length + accountTimes.length;

/** Accounts with the columns that map and table filter, group and sort by. */
export const accountsSource: RowSource = {
  layer: 'accounts',
  schema: {
    categories: accountCategories,
    values: [...accountValues, ...accountTimes],
    texts: [],
    keys: accountKeys,
  },
  fill(database, table) {
    return database.engine === 'embedded'
      ? fillByPages(database, { sql: pageOfAccounts, toStoreRow }, table)
      : copyRows(database, allAccounts, table);
  },
  async readByIds(database, ids) {
    return (await rowsByIds(database, accountsById, ids)).map(toStoreRow);
  },
};

function toStoreRow(raw: RawRow): StoreRow {
  const [id, lon, lat, cell] = raw as [number, number | null, number | null, number | null];
  return {
    id,
    position: lon === null || lat === null ? null : [lon, lat],
    cell,
    categories: raw.slice(firstCategory, firstValue) as StoreRow['categories'],
    values: raw.slice(firstValue, firstKey) as number[],
    texts: [],
    keys: raw.slice(firstKey) as string[],
  };
}

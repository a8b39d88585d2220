import type { AccountFilter } from '../../contract/account-filter.js';
import type { Database } from '../../db/database.js';
import type { CsvValue } from '../../http/csv.js';
import type { RowPolicy } from '../../policy/row-policy.js';
import { SqlParameters } from '../../policy/sql-parameters.js';
import { accountConditions } from '../accounts/account-conditions.js';

const ROWS_A_PAGE = 2_000;

type Column = { readonly name: string; readonly expression: string };

const attributes: readonly Column[] = [
  { name: 'account_id', expression: 'a.account_id' },
  { name: 'external_id', expression: 'a.external_id' },
  { name: 'name', expression: 'a.name' },
  { name: 'kind', expression: 'a.kind' },
  { name: 'lifecycle', expression: 'a.lifecycle' },
  { name: 'segment', expression: 'a.segment' },
  { name: 'owner', expression: 'COALESCE(owner.name, a.owner_id)' },
  { name: 'email', expression: 'a.email' },
  { name: 'phone', expression: 'a.phone' },
  { name: 'website', expression: 'a.website' },
  { name: 'street', expression: 'a.street' },
  { name: 'house_number', expression: 'a.house_number' },
  { name: 'postcode', expression: 'a.postcode' },
  { name: 'city', expression: 'a.city' },
  { name: 'country', expression: 'a.country' },
  { name: 'lead_since', expression: 'a.lead_since' },
  { name: 'customer_since', expression: 'a.customer_since' },
  { name: 'former_since', expression: 'a.former_since' },
  { name: 'lon', expression: 'ST_X(a.geom)' },
  { name: 'lat', expression: 'ST_Y(a.geom)' },
  { name: 'placement', expression: 'a.placement' },
  { name: 'placement_source', expression: 'a.placement_source' },
  { name: 'placement_licence', expression: 'a.placement_licence' },
];

const matched: readonly Column[] = [
  { name: 'housing_type', expression: 'a.housing_type' },
  { name: 'road_class', expression: 'a.road_class' },
  { name: 'road_condition', expression: 'a.road_condition' },
  { name: 'road_distance_m', expression: 'a.road_distance_m' },
  { name: 'zone_kind', expression: 'a.zone_kind' },
  { name: 'zone_distance_m', expression: 'a.zone_distance_m' },
  { name: 'population_density_km2', expression: 'a.population_density_km2' },
  { name: 'orders', expression: 'sold.orders' },
  { name: 'revenue', expression: 'sold.revenue' },
];

export type AccountExport = {
  readonly header: readonly string[];
  readonly pages: AsyncIterable<CsvValue[][]>;
};

/**
 * Every account in the filter that the policy shows, in the order of their ids, with a column for the region at
 * each level.
 *
 * Read a page at a time by id, without a transaction: a long one would keep everybody else waiting on the
 * embedded engine.
 */
export async function exportAccounts(
  database: Database,
  filter: Partial<AccountFilter>,
  policy: RowPolicy,
): Promise<AccountExport> {
  const columns = [...attributes, ...(await regionColumns(database)), ...matched];
  return {
    header: columns.map((column) => column.name),
    pages: readPages(database, columns, { filter, policy }),
  };
}

async function regionColumns(database: Database): Promise<Column[]> {
  const levels = await database.rows<{ level: number }>(
    'SELECT level FROM geo.region_levels WHERE level > 0 ORDER BY level',
  );
  return levels.map(({ level }) => ({
    name: `region_level_${level}`,
    expression: `path.level_${level}_name`,
  }));
}

type Scope = { readonly filter: Partial<AccountFilter>; readonly policy: RowPolicy };

async function* readPages(
  database: Database,
  columns: readonly Column[],
  { filter, policy }: Scope,
): AsyncGenerator<CsvValue[][]> {
  const names = columns.map(({ name, expression }) => `${expression} AS ${name}`).join(', ');
  let after = 0;
  for (;;) {
    const parameters = new SqlParameters();
    const rows = await database.rows<Record<string, CsvValue> & { account_id: number }>(
      `SELECT ${names}
       FROM (SELECT a.* FROM crm.accounts a
             WHERE a.account_id > ${parameters.add(after)}
               AND ${accountConditions(filter, policy, parameters)}
             ORDER BY a.account_id LIMIT ${ROWS_A_PAGE}) a
       LEFT JOIN app.users owner ON owner.id = a.owner_id
       LEFT JOIN geo.region_paths path ON path.region_id = a.region_id
       CROSS JOIN LATERAL (
         SELECT count(DISTINCT s.sale_id)::int AS orders, COALESCE(sum(l.revenue), 0) AS revenue
         FROM crm.sales s LEFT JOIN crm.sale_lines l USING (sale_id)
         WHERE s.account_id = a.account_id
       ) sold
       ORDER BY a.account_id`,
      parameters.values,
    );
    if (rows.length > 0) yield rows.map((row) => columns.map(({ name }) => row[name]));
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_A_PAGE) return;
    after = last.account_id;
  }
}

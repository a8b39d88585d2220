import type { Queryable } from '../../db/database.js';

/** What a cell holds: text, numbers, and days as YYYY-MM-DD. */
export type ExportValue = string | number | null;

/** Values in the order of the columns. */
export type ExportRow = readonly ExportValue[];

export type ExportColumn = {
  readonly name: string;
  readonly type: 'integer' | 'number' | 'money' | 'text' | 'day';
};

/** A column with the SQL that fills it, over the aliases of `accountRowsFrom`. */
export type SqlColumn = ExportColumn & { readonly expression: string };

const text = (name: string, expression = `a.${name}`): SqlColumn => ({
  name,
  type: 'text',
  expression,
});
const number = (name: string, expression = `a.${name}`): SqlColumn => ({
  name,
  type: 'number',
  expression,
});
const day = (name: string): SqlColumn => ({ name, type: 'day', expression: `a.${name}` });

const attributes: readonly SqlColumn[] = [
  { name: 'account_id', type: 'integer', expression: 'a.account_id' },
  text('external_id'),
  text('name'),
  text('kind'),
  text('lifecycle'),
  text('segment'),
  text('owner', 'COALESCE(owner.name, a.owner_id)'),
  text('tags', `array_to_string(a.tags, '; ')`),
  text('email'),
  text('phone'),
  text('website'),
  text('street'),
  text('house_number'),
  text('postcode'),
  text('city'),
  text('country'),
  day('lead_since'),
  day('customer_since'),
  day('former_since'),
  number('lon', 'ST_X(a.geom)'),
  number('lat', 'ST_Y(a.geom)'),
  text('placement'),
  text('placement_source'),
  text('placement_licence'),
];

const matched: readonly SqlColumn[] = [
  text('housing_type'),
  text('road_class'),
  text('road_condition'),
  number('road_distance_m'),
  text('zone_kind'),
  number('zone_distance_m'),
  number('population_density_km2'),
  { name: 'orders', type: 'integer', expression: 'sold.orders' },
  { name: 'revenue', type: 'money', expression: 'sold.revenue' },
];

/** Tables behind the columns, but for `a`: the accounts. */
export const accountRowsFrom = `
  LEFT JOIN app.users owner ON owner.id = a.owner_id
  LEFT JOIN geo.region_paths path ON path.region_id = a.region_id
  CROSS JOIN LATERAL (
    SELECT count(DISTINCT s.sale_id)::int AS orders, COALESCE(sum(l.revenue), 0) AS revenue
    FROM crm.sales s LEFT JOIN crm.sale_lines l USING (sale_id)
    WHERE s.account_id = a.account_id
  ) sold`;

/** The columns of an account, with one for the region at each level that the project has. */
export async function accountColumns(queryable: Queryable): Promise<readonly SqlColumn[]> {
  const levels = await queryable.query<{ level: number }>(
    'SELECT level FROM geo.region_levels WHERE level > 0 ORDER BY level',
  );
  const regions = levels.rows.map(({ level }) =>
    text(`region_level_${level}`, `path.level_${level}_name`),
  );
  return [...attributes, ...regions, ...matched];
}

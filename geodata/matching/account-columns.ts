/** What matching finds about a point; each aspect has its own columns and its own source layer. */
export type MatchAspect = 'region' | 'building' | 'road' | 'zone' | 'cell';

export const allAspects: readonly MatchAspect[] = ['region', 'building', 'road', 'zone', 'cell'];

type MatchedColumn = {
  readonly name: string;
  /** Expression over the aliases of the join of the same aspect. */
  readonly value: string;
};

type AspectSql = {
  readonly columns: readonly MatchedColumn[];
  /** Join onto `points p (account_id, geom, region_id)`. */
  readonly join: string;
};

const sqlOfAspect: Readonly<Record<MatchAspect, AspectSql>> = {
  region: {
    columns: [
      { name: 'region_id', value: 'p.region_id' },
      { name: 'population_density_km2', value: 'density.per_km2::real' },
    ],
    join: 'LEFT JOIN densities density ON density.region_id = p.region_id',
  },
  building: {
    columns: [
      { name: 'building_id', value: 'building.building_id' },
      { name: 'housing_type', value: 'building.housing_type' },
    ],
    join: 'LEFT JOIN LATERAL geo.building_near(p.geom) building ON true',
  },
  road: {
    columns: [
      { name: 'road_id', value: 'road.road_id' },
      { name: 'road_class', value: 'road.class' },
      { name: 'road_condition', value: 'road.condition' },
      { name: 'road_distance_m', value: 'road.distance_m::real' },
    ],
    join: 'LEFT JOIN LATERAL geo.road_near(p.geom) road ON true',
  },
  zone: {
    columns: [
      { name: 'zone_id', value: 'zone.zone_id' },
      { name: 'zone_kind', value: 'zone.kind' },
      { name: 'zone_distance_m', value: 'zone.distance_m::real' },
    ],
    join: 'LEFT JOIN LATERAL geo.zone_near(p.geom) zone ON true',
  },
  cell: {
    columns: [{ name: 'h3_cell', value: 'cell.h3_cell' }],
    join: 'LEFT JOIN cells cell ON cell.account_id = p.account_id',
  },
};

/** Columns of crm.accounts that the aspects fill. */
export function columnsOf(aspects: readonly MatchAspect[]): string[] {
  return aspects.flatMap((aspect) => sqlOfAspect[aspect].columns.map(({ name }) => name));
}

/**
 * Common table expressions that end in `found`: account_id, geom and the columns of the aspects for a set
 * of points.
 *
 * `points` is a query for (account_id, geom, region_id). Parameters $1 and $2 are the account ids and
 * H3 cells (bigint[]) computed by the caller; those of `points` start at $3.
 */
function foundExpressions(aspects: readonly MatchAspect[], points: string): string {
  const parts = aspects.map((aspect) => sqlOfAspect[aspect]);
  const columns = parts.flatMap((part) => part.columns);
  return `WITH points AS MATERIALIZED (${points}),
    cells AS MATERIALIZED (
      SELECT * FROM unnest($1::bigint[], $2::bigint[]) AS c (account_id, h3_cell)
    ),
    densities AS MATERIALIZED (
      SELECT u.region_id, d.per_km2
      FROM (SELECT DISTINCT region_id FROM points) u
      CROSS JOIN LATERAL geo.population_density(u.region_id) d
    ),
    found AS MATERIALIZED (
      SELECT p.account_id, p.geom, ${columns.map((c) => `${c.value} AS ${c.name}`).join(', ')}
      FROM points p
      ${parts.map((part) => part.join).join('\n      ')}
    )`;
}

/**
 * The statement that matches a set of placed accounts and writes those that differ; parameters as of
 * `points`, with ids and cells first. An account that moved since `points` was read is left to whoever
 * moved it.
 */
export function matchStatement(aspects: readonly MatchAspect[], points: string): string {
  const names = columnsOf(aspects);
  return `${foundExpressions(aspects, points)}
    UPDATE crm.accounts a
    SET ${names.map((name) => `${name} = f.${name}`).join(', ')}, matched_at = now()
    FROM found f
    WHERE a.account_id = f.account_id
      AND a.geom = f.geom
      AND (a.matched_at IS NULL
           OR (${names.map((name) => `a.${name}`).join(', ')})
              IS DISTINCT FROM (${names.map((name) => `f.${name}`).join(', ')}))`;
}

/** The statement that writes what is found about points into a table (row_id, columns of the aspects). */
export function findStatement(
  aspects: readonly MatchAspect[],
  points: string,
  table: string,
): string {
  const names = columnsOf(aspects).join(', ');
  return `${foundExpressions(aspects, points)}
    INSERT INTO ${table} (row_id, ${names}) SELECT account_id, ${names} FROM found`;
}

/** The statement that clears what matching once found about accounts without a point. */
export function clearStatement(condition: string): string {
  const names = columnsOf(allAspects);
  return `
    UPDATE crm.accounts a
    SET ${names.map((name) => `${name} = NULL`).join(', ')}, matched_at = now()
    WHERE a.geom IS NULL
      AND (${condition})
      AND (a.matched_at IS NULL OR num_nonnulls(${names.map((name) => `a.${name}`).join(', ')}) > 0)`;
}

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
 * How the features around points are found: one point at a time by functions of the database, or a set of
 * points that lie together at once, roads and zones nearest to them by the caller (parameters $5 to $10:
 * account ids, feature ids and metres of roads, then of zones).
 */
export type MatchWay = 'singly' | 'together';

type MatchSql = {
  readonly aspects: readonly MatchAspect[];
  /** Query for (account_id, geom, region_id, position); its parameters start at $3. */
  readonly points: string;
  readonly way: MatchWay;
};

const together = `,
    nearest_roads AS MATERIALIZED (
      SELECT n.account_id, r.road_id, r.class, r.condition, n.distance_m
      FROM unnest($5::bigint[], $6::bigint[], $7::float8[]) AS n (account_id, road_id, distance_m)
      JOIN geo.roads r USING (road_id)
    ),
    buildings_inside AS MATERIALIZED (
      SELECT DISTINCT ON (p.account_id) p.account_id, b.building_id, b.housing_type
      FROM points p JOIN geo.buildings b ON ST_Intersects(b.geom, p.geom)
      ORDER BY p.account_id, b.building_id
    ),
    near_buildings AS MATERIALIZED (
      SELECT * FROM buildings_inside
      UNION ALL
      SELECT p.account_id, b.building_id, b.housing_type
      FROM points p
      CROSS JOIN LATERAL geo.building_near(p.geom) b
      WHERE NOT EXISTS (SELECT FROM buildings_inside i WHERE i.account_id = p.account_id)
    ),
    zones_inside AS MATERIALIZED (
      SELECT DISTINCT ON (p.account_id) p.account_id, z.zone_id, z.kind
      FROM points p JOIN geo.business_zones z ON ST_Intersects(z.geom, p.geom)
      ORDER BY p.account_id, z.area_m2 NULLS LAST, z.zone_id
    ),
    near_zones AS MATERIALIZED (
      SELECT i.account_id, i.zone_id, i.kind, 0::float8 AS distance_m FROM zones_inside i
      UNION ALL
      SELECT n.account_id, z.zone_id, z.kind, n.distance_m
      FROM unnest($8::bigint[], $9::bigint[], $10::float8[]) AS n (account_id, zone_id, distance_m)
      JOIN geo.business_zones z USING (zone_id)
      WHERE NOT EXISTS (SELECT FROM zones_inside i WHERE i.account_id = n.account_id)
    )`;

const joinTogether: Readonly<Partial<Record<MatchAspect, string>>> = {
  building: 'LEFT JOIN near_buildings building ON building.account_id = p.account_id',
  road: 'LEFT JOIN nearest_roads road ON road.account_id = p.account_id',
  zone: 'LEFT JOIN near_zones zone ON zone.account_id = p.account_id',
};

/**
 * Common table expressions that end in `found`: account_id, geom, position and the columns of the aspects.
 * Parameters $1 and $2 are the account ids and H3 cells (bigint[]) computed by the caller.
 */
function foundExpressions({ aspects, points, way }: MatchSql): string {
  const parts = aspects.map((aspect) => sqlOfAspect[aspect]);
  const columns = parts.flatMap((part) => part.columns);
  const joins = aspects.map(
    (aspect) => (way === 'together' ? joinTogether[aspect] : undefined) ?? sqlOfAspect[aspect].join,
  );
  return `WITH points AS MATERIALIZED (${points}),
    cells AS MATERIALIZED (
      SELECT * FROM unnest($1::bigint[], $2::bigint[]) AS c (account_id, h3_cell)
    ),
    densities AS MATERIALIZED (
      SELECT u.region_id, d.per_km2
      FROM (SELECT DISTINCT region_id FROM points) u
      CROSS JOIN LATERAL geo.population_density(u.region_id) d
    )${way === 'together' ? together : ''},
    found AS MATERIALIZED (
      SELECT p.account_id, p.geom, p.position,
        ${columns.map((c) => `${c.value} AS ${c.name}`).join(', ')}
      FROM points p
      ${joins.join('\n      ')}
    )`;
}

/**
 * The statement that matches a set of placed accounts and writes those that differ. An account that moved
 * since `points` was read is left to whoever moved it.
 */
export function matchStatement(sql: MatchSql): string {
  const names = columnsOf(sql.aspects);
  return `${foundExpressions(sql)}
    UPDATE crm.accounts a
    SET ${names.map((name) => `${name} = f.${name}`).join(', ')}, matched_at = now()
    FROM found f
    WHERE a.account_id = f.account_id
      AND a.geom = f.geom
      AND (a.matched_at IS NULL
           OR (${names.map((name) => `a.${name}`).join(', ')})
              IS DISTINCT FROM (${names.map((name) => `f.${name}`).join(', ')}))`;
}

/** The statement that writes what is found into a table (row_id, position, columns of the aspects). */
export function findStatement(sql: MatchSql, table: string): string {
  const names = columnsOf(sql.aspects).join(', ');
  return `${foundExpressions(sql)}
    INSERT INTO ${table} (row_id, position, ${names})
    SELECT account_id, position, ${names} FROM found`;
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

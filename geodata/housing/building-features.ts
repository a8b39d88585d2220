import type { Queryable } from '../../server/db/database.js';

/** What can be told of a building without knowing its type; lengths in metres, areas in m². */
export type BuildingFeatures = {
  readonly area: number;
  /** Isoperimetric quotient 4πA/P²: 1 for a disc, 0.79 for a square, less the more drawn out or jagged. */
  readonly compactness: number;
  /** Longer by shorter side of the smallest enclosing rectangle, at least 1. */
  readonly elongation: number;
  /** Share of the smallest enclosing rectangle that the footprint fills. */
  readonly rectangularity: number;
  /** Corners of the outline, holes included. */
  readonly vertices: number;
  readonly levels: number | null;
  /** Dwellings that the source names. */
  readonly dwellings: number | null;
  /** Buildings of similar size that share at least 2 m of wall. */
  readonly rowNeighbours: number;
  /** The most such neighbours that one of these has itself. */
  readonly neighboursOfNeighbour: number;
  /** Buildings of any size that share a wall. */
  readonly attached: number;
  /** Share of the outline that is a wall shared with another building. */
  readonly wallShare: number;
  /** To the nearest building that does not touch, up to 50 m. */
  readonly gap: number;
  /** Buildings within about 50 m. */
  readonly around: number;
  /** Mean of the natural logarithms of their areas; that of the building itself where there are none. */
  readonly aroundLogArea: number;
  /** Different addresses inside. */
  readonly addresses: number;
  /** Addresses for each building of at least 40 m² within about 100 m; how well addresses are known here. */
  readonly addressCover: number;
  readonly shops: number;
  readonly offices: number;
  /** Other places inside: crafts, works, schools, churches and the like. */
  readonly otherPlaces: number;
  readonly isInResidentialArea: boolean;
  readonly isInFarmland: boolean;
  readonly zoneKind: string | null;
  /** Units that the register of dwellings has in it, and how many are dwellings; null without a register. */
  readonly registerUnits: number | null;
  readonly registerDwellings: number | null;
};

export type FeatureRow = BuildingFeatures & {
  readonly buildingId: number;
  readonly taggedType: string;
  readonly registerRef: string | null;
};

/** Half a metre closes the slits between footprints that were digitised one by one. */
const slitMetres = 0.5;
const leastWallMetres = 2;

const statement = `
  WITH own AS MATERIALIZED (
    SELECT b.*, c.centre, geo.local_metres(b.geom, c.centre) AS shape
    FROM (SELECT building_id, tagged_housing_type, register_ref, geom, levels, dwellings, register_units,
                 register_dwellings
          FROM geo.buildings WHERE building_id = ANY ($1::bigint[]) OFFSET 0) b
    CROSS JOIN LATERAL (SELECT ST_Centroid(b.geom) AS centre OFFSET 0) c
  ), outlined AS MATERIALIZED (
    SELECT o.*, ST_Area(o.shape) AS area, ST_Perimeter(o.shape) AS perimeter,
           ST_Boundary(o.shape) AS outline, ST_OrientedEnvelope(o.shape) AS frame
    FROM own o
  ), framed AS MATERIALIZED (
    SELECT o.*, ST_Distance(ST_PointN(f.ring, 1), ST_PointN(f.ring, 2)) AS side_a,
           ST_Distance(ST_PointN(f.ring, 2), ST_PointN(f.ring, 3)) AS side_b
    FROM outlined o
    CROSS JOIN LATERAL (
      SELECT CASE WHEN GeometryType(o.frame) = 'POLYGON' THEN ST_ExteriorRing(o.frame) END AS ring
    ) f
  ), walls AS MATERIALIZED (
    SELECT o.building_id, n.building_id AS neighbour_id, n.geom, n.tagged_housing_type, w.metres,
           w.metres >= ${leastWallMetres} AND n.area_m2 BETWEEN o.area / 3 AND o.area * 3
             AND n.area_m2 >= 25 AS is_alike
    FROM outlined o
    JOIN geo.buildings n ON n.geom && geo.metres_box(o.geom, ${slitMetres}) AND n.building_id <> o.building_id
    CROSS JOIN LATERAL (
      SELECT ST_Length(ST_Intersection(o.outline,
               ST_Buffer(geo.local_metres(n.geom, o.centre), ${slitMetres}, 'quad_segs=1'))) AS metres
      OFFSET 0
    ) w
    WHERE w.metres > 2 * ${slitMetres}
  ), second AS (
    SELECT w.building_id, w.neighbour_id, count(*) AS neighbours
    FROM walls w
    JOIN geo.buildings m ON m.geom && geo.metres_box(w.geom, ${slitMetres}) AND m.building_id <> w.neighbour_id
    JOIN geo.buildings n ON n.building_id = w.neighbour_id
    CROSS JOIN LATERAL (
      SELECT ST_Length(ST_Intersection(ST_Boundary(geo.local_metres(w.geom, p.origin)),
               ST_Buffer(geo.local_metres(m.geom, p.origin), ${slitMetres}, 'quad_segs=1'))) AS metres
      FROM (SELECT ST_StartPoint(ST_ExteriorRing(ST_GeometryN(w.geom, 1))) AS origin) p
      OFFSET 0
    ) s
    WHERE w.is_alike AND m.area_m2 BETWEEN n.area_m2 / 3 AND n.area_m2 * 3 AND m.area_m2 >= 25
      AND s.metres >= ${leastWallMetres}
    GROUP BY 1, 2
  )
  SELECT o.building_id AS "buildingId", o.tagged_housing_type AS "taggedType",
         o.register_ref AS "registerRef", o.area,
         4 * pi() * o.area / (o.perimeter * o.perimeter) AS compactness,
         COALESCE(greatest(o.side_a, o.side_b) / nullif(least(o.side_a, o.side_b), 0), 1) AS elongation,
         COALESCE(least(1, o.area / nullif(o.side_a * o.side_b, 0)), 1) AS rectangularity,
         ST_NPoints(o.geom) - ST_NRings(o.geom) AS vertices, o.levels, o.dwellings,
         COALESCE(wall.alike, 0) AS "rowNeighbours", COALESCE(hop.most, 0) AS "neighboursOfNeighbour",
         COALESCE(wall.attached, 0) AS attached,
         least(1, COALESCE(wall.metres, 0) / o.perimeter) AS "wallShare",
         COALESCE(near.gap, 50) AS gap, near.around, COALESCE(near.log_area, ln(greatest(o.area, 1))) AS "aroundLogArea",
         inside.addresses, cover.addresses / greatest(1, cover.buildings) AS "addressCover",
         place.shops, place.offices, place.others AS "otherPlaces",
         land.residential AS "isInResidentialArea", land.farmland AS "isInFarmland", zone.kind AS "zoneKind",
         o.register_units AS "registerUnits", o.register_dwellings AS "registerDwellings"
  FROM framed o
  LEFT JOIN (SELECT building_id, count(*) AS attached, count(*) FILTER (WHERE is_alike) AS alike,
                    sum(metres) AS metres
             FROM walls GROUP BY 1) wall USING (building_id)
  LEFT JOIN (SELECT building_id, max(neighbours) AS most FROM second GROUP BY 1) hop USING (building_id)
  CROSS JOIN LATERAL (
    SELECT count(*) AS around, avg(ln(greatest(n.area_m2, 1))) AS log_area,
           min(d.metres) FILTER (WHERE d.metres > ${slitMetres}) AS gap
    FROM geo.buildings n
    CROSS JOIN LATERAL (SELECT ST_Distance(geo.local_metres(n.geom, o.centre), o.shape) AS metres OFFSET 0) d
    WHERE n.geom && geo.metres_box(o.centre, 50) AND n.building_id <> o.building_id
  ) near
  CROSS JOIN LATERAL (
    SELECT count(DISTINCT (a.street, a.house_number, a.postcode)) AS addresses
    FROM geo.addresses a WHERE ST_Intersects(o.geom, a.geom)
  ) inside
  CROSS JOIN LATERAL (
    SELECT (SELECT count(*) FROM geo.addresses a WHERE a.geom && g.box)::float8 AS addresses,
           (SELECT count(*) FROM geo.buildings n WHERE n.geom && g.box AND n.area_m2 >= 40) AS buildings
    FROM (SELECT geo.metres_box(o.centre, 100) AS box) g
  ) cover
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE p.category = 'shop') AS shops,
           count(*) FILTER (WHERE p.category = 'office') AS offices,
           count(*) FILTER (WHERE p.category NOT IN ('shop', 'office')) AS others
    FROM geo.places p WHERE ST_Intersects(o.geom, p.geom)
  ) place
  CROSS JOIN LATERAL (
    SELECT COALESCE(bool_or(l.kind = 'residential'), false) AS residential,
           COALESCE(bool_or(l.kind = 'farmland'), false) AS farmland
    FROM geo.land_cover l WHERE ST_Intersects(l.geom, o.centre)
  ) land
  LEFT JOIN LATERAL geo.zone_at(o.centre) zone ON true`;

/** Measures buildings by id, one statement for all of them; those that are gone are left out. */
export async function measureBuildings(
  queryable: Queryable,
  buildingIds: readonly number[],
): Promise<FeatureRow[]> {
  const { rows } = await queryable.query<FeatureRow>(statement, [buildingIds]);
  return rows;
}

import { cardSchema, type Card, type CardLayer } from '../../contract/geography.js';
import type { Database } from '../../db/database.js';
import { toSqlCondition, type RowPolicy } from '../../policy/row-policy.js';
import { SqlParameters } from '../../policy/sql-parameters.js';

type LayerSql = {
  readonly table: string;
  readonly key: string;
  /** Column of crm.accounts that points here. */
  readonly accountColumn: string | null;
  readonly columns: string;
  readonly joins?: string;
};

const layers: Readonly<Record<CardLayer, LayerSql>> = {
  roads: {
    table: 'geo.roads',
    key: 'road_id',
    accountColumn: 'road_id',
    columns: `f.class, f.condition, f.condition_source AS "conditionSource", f.ref, f.surface, f.smoothness, f.max_speed_kmh AS "maxSpeedKmh",
      f.one_way AS "oneWay", f.lanes, f.toll, f.bridge, f.tunnel, f.length_m AS "lengthM"`,
  },
  buildings: {
    table: 'geo.buildings',
    key: 'building_id',
    accountColumn: 'building_id',
    columns: `f.housing_type AS "housingType", f.housing_type_source AS "housingTypeSource",
      f.housing_type_confidence AS "housingTypeConfidence", f.levels,
      COALESCE(f.year, f.register_year) AS year,
      COALESCE(f.register_dwellings, f.dwellings) AS dwellings, f.area_m2 AS "areaM2"`,
  },
  business_zones: {
    table: 'geo.business_zones',
    key: 'zone_id',
    accountColumn: 'zone_id',
    columns: `f.kind, f.area_m2 AS "areaM2"`,
  },
  places: {
    table: 'geo.places',
    key: 'place_id',
    accountColumn: null,
    columns: `f.category, f.kind, f.phone, f.email, f.website, f.opening_hours AS "openingHours",
      f.street, f.house_number AS "houseNumber", f.postcode, f.city, region.name AS "regionName",
      zone.kind AS "zoneKind"`,
    joins: `LEFT JOIN geo.regions region ON region.region_id = f.region_id
      LEFT JOIN geo.business_zones zone ON zone.zone_id = f.zone_id`,
  },
};

/** What is known about one feature of a layer; undefined where there is none. */
export async function findCard(
  database: Database,
  { layer, id }: { readonly layer: CardLayer; readonly id: number },
  policy: RowPolicy,
): Promise<Card | undefined> {
  const { table, key, accountColumn, columns, joins = '' } = layers[layer];
  const parameters = new SqlParameters();
  const idValue = parameters.add(id);
  const accounts =
    accountColumn === null
      ? '0'
      : `(SELECT count(*)::int FROM crm.accounts a
          WHERE a.${accountColumn} = f.${key} AND ${toSqlCondition(policy, parameters)})`;
  const row = await database.row(
    `SELECT f.${key} AS id, f.source_key AS "sourceKey", f.name, ST_X(middle.geom) AS lon,
            ST_Y(middle.geom) AS lat, f.source, f.licence, ${accounts} AS accounts, ${columns}
     FROM ${table} f ${joins}
     CROSS JOIN LATERAL (SELECT ST_PointOnSurface(f.geom) AS geom) middle
     WHERE f.${key} = ${idValue}`,
    parameters.values,
  );
  return row && cardSchema.parse({ layer, ...row });
}

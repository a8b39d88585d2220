/** A tile of all accounts in it, with what our tiles tell of a point; parameters z, x, y. */
export const accountsMvt = `
  WITH tile AS (SELECT ST_TileEnvelope($1, $2, $3) AS box)
  SELECT ST_AsMVT(feature, 'accounts', 4096, 'geom', 'account_id') FROM (
    SELECT a.account_id, a.lifecycle AS kind, a.segment, a.housing_type,
           ST_AsMVTGeom(ST_Transform(a.geom, 3857), tile.box, 4096, 0, true) AS geom
    FROM crm.accounts a, tile WHERE a.geom && ST_Transform(tile.box, 4326)
  ) feature`;

/** A tile of buildings from the table that ours are cut from; parameters z, x, y. */
export const buildingsMvt = shapes(
  'buildings',
  's.building_id AS id, s.building_id, s.housing_type, s.year, s.levels',
  'geo.building_shapes s',
  's.band = geo.shape_band($1::int)',
);

/** A tile of regions of level 1 from the table that ours are cut from; parameters z, x, y. */
export const regionsMvt = shapes(
  'regions',
  's.region_id AS id, s.region_id, s.level, s.name, s.code, s.parent_id',
  'geo.region_shapes s',
  's.band = geo.shape_band($1::int) AND s.level = 1',
);

function shapes(layer: string, columns: string, from: string, where: string): string {
  return `
  WITH tile AS (SELECT ST_TileEnvelope($1, $2, $3) AS box,
                       ST_TileEnvelope($1, $2, $3, margin => 64.0 / 4096) AS wide)
  SELECT ST_AsMVT(feature, '${layer}', 4096, 'geom', 'id') FROM (
    SELECT ${columns}, ST_AsMVTGeom(s.geom, tile.box, 4096, 64, true) AS geom
    FROM ${from}, tile WHERE ${where} AND s.geom && tile.wide
  ) feature`;
}

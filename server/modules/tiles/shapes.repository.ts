import type { TileId } from '../../column-store/world.js';
import { tileExtent } from '../../column-store/world.js';
import type { Database } from '../../db/database.js';
import type { TagValue } from './layer-encoder.js';
import type { ShapeLayer, ShapeLayerId } from './shape-layers.js';

/** Half the side of the world in EPSG:3857, metres. */
const halfWorld = 20037508.342789244;

/** Units beyond the edge of a tile that shapes still reach, so that outlines do not show it. */
const bufferUnits = 64;

export type ShapeRow = {
  readonly id: number;
  readonly tags: readonly TagValue[];
  /** Tiny Well-Known Binary in tile units. */
  readonly twkb: Uint8Array;
  /** Where the name stands, in tile units; null where it belongs to another tile or has no room yet. */
  readonly label: TileLabel | null;
};

export type TileLabel = {
  readonly x: number;
  readonly y: number;
  readonly tags: readonly TagValue[];
};

export type ShapeQuery = {
  readonly layer: ShapeLayer;
  readonly tile: TileId;
  /** Level of regions; null for other layers. */
  readonly level: number | null;
};

/** Shapes that touch a tile, cut at its buffered edge, the largest first. */
export async function listShapes(
  database: Database,
  { layer, tile, level }: ShapeQuery,
): Promise<ShapeRow[]> {
  const side = (2 * halfWorld) / 2 ** tile.z;
  const west = tile.x * side - halfWorld;
  const north = halfWorld - tile.y * side;
  const margin = (side * bufferUnits) / tileExtent;
  const values = [
    west - margin,
    north - side - margin,
    west + side + margin,
    north + margin,
    -west,
    -north,
    tileExtent / side,
    tile.z,
    ...(level === null ? [] : [level]),
  ];
  const text = shapeSql(layer, level !== null);
  const { rows } = await database.pool.query<unknown[]>({ text, values, rowMode: 'array' });
  const last = layer.columns.length;
  return rows
    .filter((row) => row[last + 1] !== null)
    .map((row) => ({
      id: row[0] as number,
      tags: row.slice(0, last + 1) as TagValue[],
      twkb: row[last + 1] as Uint8Array,
      label: labelOf(layer, row),
    }));
}

/** The label of a row, if its point is in the tile itself: each stands in just one tile of a zoom. */
function labelOf(layer: ShapeLayer, row: readonly unknown[]): TileLabel | null {
  const [labelX, labelY, size] = row.slice(layer.columns.length + 2) as (
    number | null | undefined
  )[];
  if (layer.labelColumns === undefined || labelX == null || labelY == null) return null;
  const x = Math.floor(labelX);
  const y = Math.floor(labelY);
  if (x < 0 || y < 0 || x >= tileExtent || y >= tileExtent) return null;
  const columns = layer.labelColumns.map(
    (name) => row[layer.columns.indexOf(name) + 1] as TagValue,
  );
  return { x, y, tags: [row[0] as number, ...columns, size as TagValue] };
}

/** Statement with $1–$4 = buffered box, $5–$7 = shift and scale to tile units, $8 = zoom, $9 = level. */
export function shapeSql(layer: ShapeLayer, withLevel: boolean): string {
  const columns = [layer.idColumn, ...layer.columns].map((name) => `s.${name}`).join(', ');
  const box = 'ST_MakeEnvelope($1, $2, $3, $4, 3857)';
  const label =
    layer.labelColumns === undefined
      ? ''
      : `,
    CASE WHEN s.label_zoom <= $8::int THEN (ST_X(s.label) + $5::float8) * $7::float8 END,
    CASE WHEN s.label_zoom <= $8::int THEN -(ST_Y(s.label) + $6::float8) * $7::float8 END,
    round(sqrt(ST_Area(s.geom)))::int`;
  const size = layer.geometry === 'lines' ? 'ST_Length(s.geom)' : 'ST_Area(s.geom)';
  return `SELECT ${columns}, ST_AsTWKB(ST_TransScale(
    ST_ClipByBox2D(s.geom, ${box}::box2d), $5::float8, $6::float8, $7::float8, -$7::float8), 0)${label}
  FROM geo.${layer.table} s
  WHERE s.band = geo.shape_band($8::int) AND s.geom && ${box} AND s.min_zoom <= $8::int
    ${withLevel ? 'AND s.level = $9::smallint' : ''}
  ORDER BY ${size} DESC, 1`;
}

export type LayerVersion = {
  readonly layer: ShapeLayerId;
  readonly version: number;
  /** Whether rows changed since the shapes were made. */
  readonly isStale: boolean;
  readonly featureCount: number;
  readonly bounds: readonly [west: number, south: number, east: number, north: number] | null;
  readonly attributions: readonly string[];
  readonly levels: readonly RegionLevelZoom[];
};

export type RegionLevelZoom = { readonly level: number; readonly minZoom: number };

type VersionRow = {
  layer: ShapeLayerId;
  version: number;
  is_stale: boolean;
  feature_count: number;
  west: number | null;
  south: number | null;
  east: number | null;
  north: number | null;
  attributions: string[];
  levels: RegionLevelZoom[] | null;
};

/** Version and facts of every layer of shapes. */
export async function listLayerVersions(database: Database): Promise<LayerVersion[]> {
  const rows = await database.rows<VersionRow>(
    `SELECT layer, version, is_stale, feature_count, west, south, east, north, attributions,
            details -> 'levels' AS levels
     FROM geo.layer_versions`,
  );
  return rows.map((row) => ({
    layer: row.layer,
    version: row.version,
    isStale: row.is_stale,
    featureCount: row.feature_count,
    bounds: toBounds(row),
    attributions: row.attributions,
    levels: row.levels ?? [],
  }));
}

function toBounds({ west, south, east, north }: VersionRow): LayerVersion['bounds'] {
  if (west === null || south === null || east === null || north === null) return null;
  return [west, south, east, north];
}

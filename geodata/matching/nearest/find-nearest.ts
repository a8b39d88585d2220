import type { Queryable } from '../../../server/db/database.js';
import { metresPerDegree } from './metres-per-degree.js';
import { SegmentIndex } from './segment-index.js';
import { wkbLines } from './wkb-lines.js';

export type PointToMatch = {
  readonly account_id: number;
  readonly lon: number;
  readonly lat: number;
};

/** Points and the feature nearest to each; points with none are left out. */
export type NearestFeatures = {
  readonly pointIds: number[];
  readonly featureIds: number[];
  readonly metres: number[];
};

/** A layer to search, as SQL that is safe to put into a statement. */
export type NearestLayer = {
  readonly table: string;
  readonly key: string;
  /** Condition over alias `f`; the same as that of a spatial index where there is one. */
  readonly where: string;
  readonly maxMetres: number;
};

/** So many features are held in memory at once; where more lie around the points, fewer points are taken. */
const featureLimit = 60_000;

/**
 * The nearest feature of every point, found in memory. Takes points that lie close together; undefined
 * where too many features lie around them.
 */
export async function findNearest(
  queryable: Queryable,
  points: readonly PointToMatch[],
  layer: NearestLayer,
): Promise<NearestFeatures | undefined> {
  const index = await loadAround(queryable, points, layer);
  if (index === undefined) return undefined;
  const found: NearestFeatures = { pointIds: [], featureIds: [], metres: [] };
  for (const { account_id: id, lon, lat } of points) {
    const nearest = index.nearest(lon, lat, layer.maxMetres);
    if (nearest === undefined) continue;
    found.pointIds.push(id);
    found.featureIds.push(nearest.id);
    found.metres.push(nearest.metres);
  }
  return found;
}

async function loadAround(
  queryable: Queryable,
  points: readonly PointToMatch[],
  { table, key, where, maxMetres }: NearestLayer,
): Promise<SegmentIndex | undefined> {
  const box = boxAround(points, maxMetres);
  const { rows } = await queryable.query<{ id: number; wkb: Buffer }>(
    `SELECT f.${key} AS id, ST_AsBinary(f.geom, 'NDR') AS wkb FROM ${table} f
     WHERE ${where} AND f.geom && ST_MakeEnvelope($1, $2, $3, $4, 4326) LIMIT ${featureLimit + 1}`,
    box,
  );
  if (rows.length > featureLimit) return undefined;
  const index = new SegmentIndex();
  for (const { id, wkb } of rows) for (const line of wkbLines(wkb)) index.add(id, line);
  return index;
}

/** West, south, east and north of the points, grown by so many metres. */
function boxAround(points: readonly PointToMatch[], metres: number): number[] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { lon, lat } of points) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  const scale = metresPerDegree(Math.min(88, Math.max(Math.abs(south), Math.abs(north))));
  const [dx, dy] = [(1.01 * metres) / scale.lon, (1.01 * metres) / scale.lat];
  return [west - dx, south - dy, east + dx, north + dy];
}

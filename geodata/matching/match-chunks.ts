import type { Queryable } from '../../server/db/database.js';
import type { MatchAspect, MatchWay } from './account-columns.js';
import { h3CellText } from './h3-cells.js';
import type { MatchOptions } from './match-options.js';
import {
  findNearest,
  type NearestFeatures,
  type NearestLayer,
  type PointToMatch,
} from './nearest/find-nearest.js';
import type { PointStage } from './point-stage.js';

/** Large enough that a statement's own cost vanishes, small enough to cancel within seconds. */
const usualChunkSize = 10_000;
/** So few points are not worth reading all that lies around them. */
const leastTogether = 200;

const roads: NearestLayer = {
  table: 'geo.roads',
  key: 'road_id',
  where: `f.class IN ('motorway','trunk','primary','secondary','tertiary','residential')`,
  maxMetres: 2_000,
};
const zones: NearestLayer = {
  table: 'geo.business_zones',
  key: 'zone_id',
  where: 'true',
  maxMetres: 20_000,
};
const nothing: NearestFeatures = { pointIds: [], featureIds: [], metres: [] };

/** Points of a stage by position, as the statements of `statementFor` take them. */
export const stagedPointsSql = ({ points, regions }: PointStage): string =>
  `SELECT s.row_id AS account_id, s.geom, t.region_id, s.position
   FROM ${points} s
   LEFT JOIN ${regions} t ON t.position = s.position
   WHERE s.position BETWEEN $3 AND $4`;

export type ChunkWork = {
  readonly aspects: readonly MatchAspect[];
  readonly statementFor: (way: MatchWay) => string;
};

/**
 * Runs a matching statement over all points of a stage, chunk by chunk along its curve, and returns the
 * number of rows written. What lies around a chunk is read once and searched in memory; where that would be
 * too much, because the points lie far apart, the chunk is halved.
 */
export async function matchChunks(
  queryable: Queryable,
  stage: PointStage,
  { aspects, statementFor }: ChunkWork,
  { signal, progress, chunkSize = usualChunkSize }: MatchOptions,
): Promise<number> {
  let written = 0;
  const matchChunk = async (first: number, last: number): Promise<void> => {
    signal?.throwIfAborted();
    const points = await stagedPoints(queryable, stage, [first, last]);
    const way = last - first < leastTogether ? 'singly' : 'together';
    const nearest = way === 'together' ? await nearestOf(queryable, points, aspects) : [];
    if (nearest === undefined) {
      const middle = Math.floor((first + last) / 2);
      await matchChunk(first, middle);
      await matchChunk(middle + 1, last);
      return;
    }
    const cells = aspects.includes('cell') ? cellParameters(points) : [[], []];
    const values = [...cells, first, last, ...nearest];
    written += (await queryable.query(statementFor(way), values)).rowCount ?? 0;
    progress?.(last, stage.count);
  };
  for (let first = 1; first <= stage.count; first += chunkSize) {
    await matchChunk(first, Math.min(first + chunkSize - 1, stage.count));
  }
  return written;
}

/** Parameters $5 to $10; undefined where too much lies around the points. */
async function nearestOf(
  queryable: Queryable,
  points: readonly PointToMatch[],
  aspects: readonly MatchAspect[],
): Promise<readonly (readonly number[])[] | undefined> {
  const ofRoads = aspects.includes('road') ? await findNearest(queryable, points, roads) : nothing;
  if (ofRoads === undefined) return undefined;
  const ofZones = aspects.includes('zone') ? await findNearest(queryable, points, zones) : nothing;
  if (ofZones === undefined) return undefined;
  return [ofRoads, ofZones].flatMap(({ pointIds, featureIds, metres }) => [
    pointIds,
    featureIds,
    metres,
  ]);
}

async function stagedPoints(
  queryable: Queryable,
  stage: PointStage,
  range: readonly [first: number, last: number],
): Promise<PointToMatch[]> {
  const { rows } = await queryable.query<PointToMatch>(
    `SELECT row_id AS account_id, ST_X(geom) AS lon, ST_Y(geom) AS lat
     FROM ${stage.points} WHERE position BETWEEN $1 AND $2`,
    [...range],
  );
  return rows;
}

/** Parameters $1 and $2 of matching statements. */
export function cellParameters(points: readonly PointToMatch[]): [number[], string[]] {
  return [
    points.map((point) => point.account_id),
    points.map((point) => h3CellText(point.lon, point.lat)),
  ];
}

/** Edges that end nearer than this to the point opposite their start on the globe count as antipodal; metres. */
const toleranceM = 1;

/** Degrees of longitude or latitude that every antipodal edge spans; a little less, for rounding. */
const leastSpan = 179.9;

/** Why a shape with such an edge is rejected. */
export const antipodalReason =
  'the shape has an edge half way round the globe, for which no length or area can be told';

/**
 * SQL: whether a shape has an edge between two opposite points of the globe. Every great circle through one
 * leads to the other, so PostGIS takes such a shape for no geography and fails the statement. Null where the
 * shape is null or empty.
 */
export function hasAntipodalEdge(geom: string): string {
  return `(greatest(ST_XMax(${geom}) - ST_XMin(${geom}), ST_YMax(${geom}) - ST_YMin(${geom})) > ${leastSpan}
    AND EXISTS (
      SELECT FROM ST_DumpSegments(${geom}) edge
      CROSS JOIN LATERAL (SELECT ST_StartPoint(edge.geom) AS start, ST_EndPoint(edge.geom) AS "end") ends
      WHERE ST_DistanceSphere(ST_SetSRID(start, 4326), ST_SetSRID(${opposite('"end"')}, 4326)) < ${toleranceM}))`;
}

/** SQL: the point on the other side of the globe. */
function opposite(point: string): string {
  return `ST_MakePoint(ST_X(${point}) - CASE WHEN ST_X(${point}) > 0 THEN 180 ELSE -180 END, -ST_Y(${point}))`;
}

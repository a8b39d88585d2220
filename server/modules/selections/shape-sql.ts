import type { Membership } from '../../column-store/areas/membership.js';
import type { SqlParameters } from '../../policy/sql-parameters.js';
import { straightOnMap } from './straight-on-map.js';
import type { Shape } from './to-membership.js';

type LonLat = readonly [lon: number, lat: number];

/** A circle becomes a polygon of four times so many corners: at 5 km it lies at most 0.4 m inside the true one. */
const circleSegments = 64;
const corridorSegments = 16;

/** SQL expression of the multipolygon that a shape covers; metres are true ones, on the spheroid. */
export function shapeSql(shape: Shape, parameters: SqlParameters): string {
  const polygon = polygonSql(shape, parameters);
  return `ST_Multi(ST_CollectionExtract(ST_MakeValid(${polygon}), 3))`;
}

function polygonSql(shape: Shape, parameters: SqlParameters): string {
  const number = (value: number) => `${parameters.add(value)}::float8`;
  switch (shape.kind) {
    case 'box':
      return `ST_MakeEnvelope(${shape.bounds.map(number).join(', ')}, 4326)`;
    case 'polygon':
    case 'lasso': {
      const [first] = shape.ring;
      return text(`POLYGON((${pointsOf([...shape.ring, first!])}))`, parameters);
    }
    case 'circle': {
      const center = shape.center.map(number).join(', ');
      const radius = number(shape.radiusMeters);
      return `ST_Buffer(ST_SetSRID(ST_MakePoint(${center}), 4326)::geography, ${radius}, ${circleSegments})::geometry`;
    }
    case 'corridor':
      return aroundSql(text(`LINESTRING(${pointsOf(shape.line)})`, parameters), shape, parameters);
    case 'road':
      return aroundSql(
        `geo.whole_road(${parameters.add(shape.roadId)}::bigint)`,
        shape,
        parameters,
      );
  }
}

function aroundSql(
  line: string,
  { widthMeters }: { readonly widthMeters: number },
  parameters: SqlParameters,
): string {
  const distance = `${parameters.add(widthMeters / 2)}::float8`;
  return `ST_Buffer(${line}::geography, ${distance}, ${corridorSegments})::geometry`;
}

function text(wkt: string, parameters: SqlParameters): string {
  return `ST_GeomFromText(${parameters.add(wkt)}, 4326)`;
}

function pointsOf(line: readonly LonLat[]): string {
  return straightOnMap(line)
    .map(([lon, lat]) => `${lon} ${lat}`)
    .join(', ');
}

const nothing = "ST_GeomFromText('POLYGON EMPTY', 4326)";

/**
 * SQL expression of what a selection looks like, from the shapes that `parts` names in SQL. Accounts picked by
 * hand cover nothing; null and not empty where that is all there is.
 */
export function outlineSql(
  membership: Membership,
  parts: readonly string[],
  parameters: SqlParameters,
): string {
  const covered = coveredSql(membership, parts, parameters);
  return `(SELECT CASE WHEN NOT ST_IsEmpty(g) THEN g END FROM (
    SELECT ST_Multi(ST_CollectionExtract(ST_MakeValid(${covered}), 3)) AS g) outline)`;
}

function coveredSql(
  membership: Membership,
  parts: readonly string[],
  parameters: SqlParameters,
): string {
  if ('part' in membership) return parts[membership.part]!;
  if ('accounts' in membership) return nothing;
  if ('regions' in membership) {
    const ids = parameters.add(membership.regions);
    return `COALESCE((SELECT ST_Union(r.geom) FROM geo.regions r
      WHERE r.region_id = ANY (${ids}::bigint[])), ${nothing})`;
  }
  // Only `minus` makes a "not", as the second of two.
  if ('not' in membership) throw new Error('"not" stands alone');
  const [first, second] = 'all' in membership ? membership.all : [];
  if (first !== undefined && second !== undefined && 'not' in second) {
    const taken = coveredSql(second.not, parts, parameters);
    return `ST_Difference(${coveredSql(first, parts, parameters)}, ${taken})`;
  }
  const [join, operands] =
    'any' in membership
      ? (['ST_Union', membership.any] as const)
      : (['ST_Intersection', membership.all] as const);
  return operands
    .map((operand) => coveredSql(operand, parts, parameters))
    .reduce((one, other) => `${join}(${one}, ${other})`);
}

import type { Queryable } from '../../db/database.js';
import { AppError } from '../../errors.js';
import { SqlParameters } from '../../policy/sql-parameters.js';
import { outlineSql, shapeSql } from './shape-sql.js';
import type { Resolvable, Shape } from './to-membership.js';

/** Of a degree: a centimetre. */
export const geojsonDigits = 7;

/** Cylindrical and true to area on the spheroid; unlike geography it also takes shapes around the world. */
const equalArea = 6933;

export type Resolved = {
  /** Multipolygons as well-known binary, by their number in the membership. */
  readonly shapes: readonly Buffer[];
  /** What the selection looks like, as well-known binary and as GeoJSON; null where it covers no ground. */
  readonly outline: Buffer | null;
  readonly geometry: string | null;
  readonly areaKm2: number | null;
};

/** Turns what was drawn into polygons, and these into what the selection looks like. */
export async function resolveShapes(
  queryable: Queryable,
  { membership, shapes }: Resolvable,
): Promise<Resolved> {
  const polygons: Buffer[] = [];
  for (const shape of shapes) polygons.push(await resolveShape(queryable, shape));
  const parameters = new SqlParameters();
  const parts = polygons.map((wkb) => `ST_GeomFromWKB(${parameters.add(wkb)}, 4326)`);
  const outline = outlineSql(membership, parts, parameters);
  const { rows } = await queryable.query<Omit<Resolved, 'shapes'>>(
    `SELECT ST_AsBinary(g) AS outline, ST_AsGeoJSON(g, ${geojsonDigits}) AS geometry,
       ST_Area(ST_Transform(g, ${equalArea})) / 1e6 AS "areaKm2"
     FROM (SELECT ${outline} AS g) resolved`,
    parameters.values,
  );
  return { shapes: polygons, ...rows[0]! };
}

type ShapeRow = {
  readonly wkb: Buffer | null;
  readonly isEmpty: boolean;
  /** In degrees, as it is and with the date line in the middle. */
  readonly width: number;
  readonly shiftedWidth: number;
};

/** What is drawn by metres may cross the date line: it is cut there into two. */
async function resolveShape(queryable: Queryable, shape: Shape): Promise<Buffer> {
  const parameters = new SqlParameters();
  const isByMeters = ['circle', 'corridor', 'road'].includes(shape.kind);
  const { rows } = await queryable.query<ShapeRow>(
    `WITH drawn AS MATERIALIZED (SELECT ${shapeSql(shape, parameters)} AS g),
     measured AS (
       SELECT g, ST_ShiftLongitude(g) AS shifted, ST_XMax(g) - ST_XMin(g) AS width FROM drawn)
     SELECT ST_AsBinary(CASE WHEN ${isByMeters} AND width > 180
         THEN ST_Multi(ST_CollectionExtract(ST_WrapX(shifted, 180, -360), 3)) ELSE g END) AS wkb,
       ST_IsEmpty(g) AS "isEmpty", width, ST_XMax(shifted) - ST_XMin(shifted) AS "shiftedWidth"
     FROM measured`,
    parameters.values,
  );
  const [resolved] = rows;
  if (!resolved?.wkb) {
    throw new AppError('validation', 'This road is no longer there. Pick another one.');
  }
  if (resolved.isEmpty) {
    throw new AppError('validation', 'This shape holds no ground. Draw it a little larger.');
  }
  if (isByMeters && resolved.width > 180 && resolved.shiftedWidth > 180) {
    throw new AppError(
      'validation',
      'This shape is too large, or holds a pole. Draw a smaller one.',
    );
  }
  return resolved.wkb;
}

import type { Queryable } from '../../server/db/database.js';
import { escapeIdentifier } from 'pg';

type Box = readonly [west: number, south: number, east: number, north: number];

/** Where staged rows would land: single points or cells with their number, or simplified shapes. */
export type StagedShapes = {
  /** What the staging table is called within its import, for example `accounts`. */
  readonly layer: string;
  readonly kind: 'points' | 'lines' | 'areas';
  /** Rows with a place. */
  readonly total: number;
  /** Rows that `places` or `shapes` stand for; all of them for points. */
  readonly shown: number;
  readonly extent: Box;
  /** Longitude, latitude and number of rows. */
  readonly places: readonly (readonly [lon: number, lat: number, rows: number])[];
  /** GeoJSON geometries. */
  readonly shapes: readonly unknown[];
};

/** Above this number points are gathered in the cells of a grid. */
const mostPoints = 2000;
const cellsAcross = 64;
/** Shapes that a map of a dry run can tell apart; the largest are shown. */
const mostShapes = 1500;
const stepsAcross = 1500;

type GeometryTable = { readonly name: string; readonly column: string; readonly fields: string[] };

/** Where the staged rows of an import lie, a layer for each staging table that has places. */
export async function findStagedShapes(
  client: Queryable,
  importId: number,
): Promise<StagedShapes[]> {
  const { rows } = await client.query<GeometryTable>(
    `SELECT c.relname AS name,
       min(a.attname) FILTER (WHERE t.typname = 'geometry') AS "column",
       array_agg(a.attname::text) AS fields
     FROM pg_class c
     JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'app'
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     JOIN pg_type t ON t.oid = a.atttypid
     WHERE c.relname ~ $1
     GROUP BY c.relname
     HAVING bool_or(t.typname = 'geometry')
     ORDER BY c.relname`,
    [`^staging_${importId}_[a-z_]+$`],
  );
  const found: StagedShapes[] = [];
  for (const table of rows) {
    const layer = table.name.replace(/^staging_\d+_/, '');
    const shapes = await shapesOf(client, layer, placesOf(table));
    if (shapes) found.push(shapes);
  }
  return found;
}

/** The places of a table as SQL; an account without coordinates lies where its postcode is, as when it is loaded. */
function placesOf({ name, column, fields }: GeometryTable): string {
  const table = `app.${escapeIdentifier(name)}`;
  const geom = `ST_SetSRID(s.${escapeIdentifier(column)}, 4326)`;
  if (!fields.includes('point') || !fields.includes('postcode') || !fields.includes('owner')) {
    return `(SELECT ${geom} AS geom FROM ${table} s)`;
  }
  return `(SELECT COALESCE(${geom}, p.geom) AS geom FROM ${table} s
    LEFT JOIN geo.postcodes p ON p.postcode = s.postcode)`;
}

type Overview = {
  readonly total: number;
  readonly dimension: number | null;
  readonly extent: Box | null;
};

async function shapesOf(
  client: Queryable,
  layer: string,
  places: string,
): Promise<StagedShapes | undefined> {
  const { rows } = await client.query<Overview>(
    `SELECT count(*) AS total, max(ST_Dimension(geom)) AS dimension,
       CASE WHEN count(*) > 0 THEN ARRAY[ST_XMin(ST_Extent(geom)), ST_YMin(ST_Extent(geom)),
         ST_XMax(ST_Extent(geom)), ST_YMax(ST_Extent(geom))] END AS extent
     FROM ${places} x WHERE geom IS NOT NULL AND NOT ST_IsEmpty(geom)`,
  );
  const [overview] = rows;
  if (!overview?.extent || overview.dimension === null) return undefined;
  const { total, extent, dimension } = overview;
  if (dimension > 0) {
    const shapes = await simplified(client, places, extent);
    const kind = dimension === 1 ? 'lines' : 'areas';
    return { layer, kind, total, shown: shapes.length, extent, places: [], shapes };
  }
  const points = await gathered(
    client,
    places,
    total > mostPoints ? stepOf(extent, cellsAcross) : 0,
  );
  return { layer, kind: 'points', total, shown: total, extent, places: points, shapes: [] };
}

function stepOf([west, south, east, north]: Box, steps: number): number {
  return Math.max(east - west, north - south, 1e-6) / steps;
}

/** Points by the cells of a grid, each at the middle of its points; each place for itself where `step` is 0. */
async function gathered(client: Queryable, places: string, step: number) {
  const cell = step === 0 ? 'x, y' : `floor(x / ${step}), floor(y / ${step})`;
  const { rows } = await client.query<{ lon: number; lat: number; rows: number }>(
    `SELECT avg(x) AS lon, avg(y) AS lat, count(*) AS rows
     FROM (SELECT ST_X(ST_Centroid(geom)) AS x, ST_Y(ST_Centroid(geom)) AS y
           FROM ${places} p WHERE geom IS NOT NULL AND NOT ST_IsEmpty(geom)) q
     GROUP BY ${cell} ORDER BY count(*) DESC`,
  );
  return rows.map(({ lon, lat, rows: number }) => [rounded(lon), rounded(lat), number] as const);
}

async function simplified(client: Queryable, places: string, extent: Box): Promise<unknown[]> {
  const { rows } = await client.query<{ shape: unknown }>(
    `SELECT ST_AsGeoJSON(ST_Simplify(geom, ${stepOf(extent, stepsAcross)}, true), 5)::jsonb AS shape
     FROM ${places} p WHERE geom IS NOT NULL AND NOT ST_IsEmpty(geom)
     ORDER BY ST_Area(ST_Envelope(geom)) DESC, ST_Length(geom) DESC LIMIT ${mostShapes}`,
  );
  return rows.map(({ shape }) => shape);
}

function rounded(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5;
}

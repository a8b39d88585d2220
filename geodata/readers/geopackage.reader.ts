import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import sqlite, { type Database } from 'node-sqlite3-wasm';
import { AppError } from '../../server/errors.js';
import type { DeclaredCrs } from '../crs/crs.js';
import { chooseLayer } from './choose-layer.js';
import { parseGeopackageGeometry } from './geopackage-geometry.js';
import type { LayerInfo, ReadOptions, Reader, SourceDescription, SourceRow } from './source-row.js';

/** OGC GeoPackage: one layer of an SQLite file, read row by row. */
export const geopackageReader: Reader = {
  name: 'geopackage',
  title: 'GeoPackage',
  extensions: ['gpkg'],
  fixedColumns: true,
  readsGzip: false,
  describe: (path, options) =>
    Promise.resolve().then(() =>
      withDatabase(path, (database) => describe(database, path, options)),
    ),
  read: readLayer,
};

type Layer = LayerInfo & {
  readonly name: string;
  /** Column of the geometry; undefined for a table without. */
  readonly column: string | undefined;
  readonly srs: number;
};

function describe(database: Database, path: string, options: ReadOptions): SourceDescription {
  const layers = listLayers(database);
  const { name, srs, column } = layerAsked(layers, path, options);
  const rows = Number(scalar(database, `SELECT count(*) FROM ${quoted(name)}`));
  return {
    layers: layers.map(({ name, geometryType }) => ({ name, geometryType })),
    layer: name,
    rows,
    crs: column === undefined ? undefined : crsOf(database, srs),
    encoding: { name: 'utf-8', by: 'file' },
  };
}

async function* readLayer(file: string, options: ReadOptions): AsyncGenerator<SourceRow> {
  const { database, close } = open(file);
  try {
    const { name, column } = layerAsked(listLayers(database), file, options);
    const total = Number(scalar(database, `SELECT count(*) FROM ${quoted(name)}`));
    const statement = database.prepare(`SELECT * FROM ${quoted(name)}`);
    let line = 0;
    for (const values of statement.iterate()) {
      line += 1;
      yield toRow(line, values as Record<string, unknown>, column);
      if (line % 1024 !== 0) continue;
      options.onFraction?.(line / total);
      // The cursor works without a pause of its own: give a cancel the chance to come through.
      await new Promise(setImmediate);
      options.signal?.throwIfAborted();
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    throw toAppError(file, error);
  } finally {
    close();
  }
}

function toRow(
  line: number,
  columns: Record<string, unknown>,
  geometryColumn: string | undefined,
): SourceRow {
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(columns)) {
    if (name !== geometryColumn) values[name] = toValue(value);
  }
  const blob = geometryColumn === undefined ? null : columns[geometryColumn];
  if (!(blob instanceof Uint8Array)) return { line, values };
  try {
    const geometry = parseGeopackageGeometry(blob);
    return geometry ? { line, values, geometry } : { line, values };
  } catch (error) {
    return { line, values, problem: `the geometry is damaged: ${(error as Error).message}` };
  }
}

function toValue(value: unknown): unknown {
  if (typeof value === 'bigint')
    return Number.isSafeInteger(Number(value)) ? Number(value) : `${value}`;
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
}

function listLayers(database: Database): readonly Layer[] {
  const tables = database.all(
    `SELECT c.table_name AS name, c.data_type AS kind, m.type AS made, m.sql AS statement
     FROM gpkg_contents c JOIN sqlite_master m ON m.name = c.table_name COLLATE NOCASE
     WHERE c.data_type IN ('features', 'attributes') ORDER BY c.rowid`,
  ) as unknown as readonly { name: string; kind: string; made: string; statement: string }[];
  // A view that calls itself could run for ever.
  const usable = tables.filter(
    ({ made, statement }) => made === 'table' || !/\brecursive\b/i.test(statement),
  );
  return usable.map(({ name, kind }) => {
    const shape =
      kind === 'features'
        ? database.get(
            `SELECT column_name AS "column", geometry_type_name AS type, srs_id AS srs
             FROM gpkg_geometry_columns WHERE lower(table_name) = lower(?)`,
            [name],
          )
        : null;
    const { column, type, srs } = (shape ?? {}) as { column?: string; type?: string; srs?: number };
    return { name, column, geometryType: type, srs: Number(srs ?? 0) };
  });
}

function layerAsked(layers: readonly Layer[], path: string, options: ReadOptions): Layer {
  const names = layers.map(({ name }) => name);
  const name = chooseLayer(path, names, options.layer);
  return layers.find((layer) => layer.name === name) as Layer;
}

/** The system of a layer; -1 and 0 stand for an unknown plane and unknown degrees. */
function crsOf(database: Database, srs: number): DeclaredCrs | undefined {
  if (srs === -1 || srs === 0) return undefined;
  const found = database.get(
    `SELECT organization, organization_coordsys_id AS code, definition, srs_name AS name
     FROM gpkg_spatial_ref_sys WHERE srs_id = ?`,
    [srs],
  ) as { organization: string; code: number; definition: string; name: string } | null;
  if (!found) return { epsg: srs };
  const isRegistered = /^(EPSG|ESRI)$/i.test(found.organization);
  const hasText = /^\s*(PROJ|GEOG|GEOD)\w*\s*\[/i.test(found.definition);
  return {
    epsg: isRegistered ? Number(found.code) : undefined,
    wkt: hasText ? found.definition : undefined,
    name: found.name,
  };
}

function scalar(database: Database, sql: string): unknown {
  return Object.values(database.get(sql) ?? {})[0];
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * Opens the file through a link in a folder of its own: SQLite locks by a folder beside the file, which may
 * stand where nothing can be written, or be left behind by a process that died.
 */
function open(file: string): { readonly database: Database; readonly close: () => void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'catchment-unpacked-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const link = path.join(folder, 'file.gpkg');
    symlinkSync(path.resolve(file), link);
    const database = new sqlite.Database(link, { readOnly: true, fileMustExist: true });
    const close = () => {
      database.close();
      remove();
    };
    return { database, close };
  } catch (error) {
    remove();
    throw toAppError(file, error);
  }
}

function withDatabase<Result>(file: string, use: (database: Database) => Result): Result {
  const { database, close } = open(file);
  try {
    return use(database);
  } catch (error) {
    throw toAppError(file, error);
  } finally {
    close();
  }
}

function toAppError(file: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { message } = error as Error;
  const isOther = /no such table: gpkg/.test(message);
  const reason = isOther ? 'it is an SQLite file, but no GeoPackage' : message;
  return new AppError('validation', `${file}: ${reason}.`);
}

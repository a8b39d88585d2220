import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Database } from '../../../server/db/database.js';
import { importerNamed } from '../../../geodata/importers.js';
import type { ImportReport } from '../../../geodata/report/import-record.js';
import { runImport } from '../../../geodata/run-import.js';

/** A folder for the files of a test. */
export class TestFiles {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'catchment-import-'));

  /** Writes a file and returns its path. */
  write(name: string, text: string): string {
    const file = path.join(this.folder, name);
    writeFileSync(file, text);
    return file;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** A GeoJSON FeatureCollection as text. */
export function featureCollection(
  features: readonly { properties: object; geometry: object | null }[],
): string {
  return JSON.stringify({
    type: 'FeatureCollection',
    features: features.map((feature) => ({ type: 'Feature', ...feature })),
  });
}

/** A square with its south-west corner at [lon, lat]. */
export function square(lon: number, lat: number, degrees: number): object {
  const [east, north] = [lon + degrees, lat + degrees];
  const ring = [
    [lon, lat],
    [east, lat],
    [east, north],
    [lon, north],
    [lon, lat],
  ];
  return { type: 'Polygon', coordinates: [ring] };
}

type FileImport = {
  readonly options?: Record<string, unknown>;
  readonly signal?: AbortSignal;
  readonly source?: string;
  readonly licence?: string;
};

/** Imports a file as the command line does. */
export function importFile(
  database: Database,
  kind: string,
  file: string,
  { options = {}, signal, source, licence }: FileImport = {},
): Promise<ImportReport> {
  return runImport({
    database,
    importer: importerNamed(kind),
    source: { path: file, source, licence },
    options,
    ...(signal ? { signal } : {}),
  });
}

/** What a report told about rows, by line. */
export function issuesOf(database: Database, importId: number) {
  return database.rows(
    `SELECT severity, line, field, value, reason FROM app.import_issues
     WHERE import_id = $1 ORDER BY line, field, import_issue_id`,
    [importId],
  );
}

/** Names of staging tables that are there. */
export async function stagingTables(database: Database): Promise<string[]> {
  const rows = await database.rows<{ tablename: string }>(
    `SELECT tablename FROM pg_tables WHERE tablename LIKE 'staging%'`,
  );
  return rows.map(({ tablename }) => tablename);
}

import { parse } from 'csv-parse/sync';
import type { Feature as BufferFeature } from 'flatgeobuf';
import { deserialize, parseProperties } from 'flatgeobuf/lib/mjs/generic.js';
import type { HeaderMeta } from 'flatgeobuf/lib/mjs/header-meta.js';
import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import readXlsxFile from 'read-excel-file/node';
import type { ExportFormatName } from '../../server/contract/exports.js';

/** A row of an exported file, as somebody else's reader of the format sees it; an empty cell is null. */
export type ExportedRow = Readonly<Record<string, unknown>>;

export type ExportedFile = {
  readonly rows: readonly ExportedRow[];
  /** What the file says of itself. */
  readonly metadata: Record<string, unknown>;
};

type Read = (bytes: Buffer) => Promise<ExportedFile>;

/**
 * Reads an exported file with the usual library of its format. Geometries become the columns lon and lat again,
 * days are YYYY-MM-DD.
 */
export const readExport: Readonly<Record<ExportFormatName, Read>> = {
  csv: readCsv,
  xlsx: readXlsx,
  geojson: readGeojson,
  fgb: readFlatgeobuf,
  parquet: readParquet,
};

async function readCsv(bytes: Buffer): Promise<ExportedFile> {
  const rows: Record<string, string>[] = parse(bytes, { columns: true, bom: true });
  return { rows: rows.map((row) => mapValues(row, (value) => value || null)), metadata: {} };
}

async function readXlsx(bytes: Buffer): Promise<ExportedFile> {
  const sheets = await readXlsxFile(bytes, { trim: false });
  const [head = [], ...lines] = sheets.find(({ sheet }) => sheet === 'Accounts')?.data ?? [];
  const rows = lines.map((line) =>
    Object.fromEntries(head.map((name, index) => [String(name), toDay(line[index] ?? null)])),
  );
  return { rows, metadata: { sources: sheets.find(({ sheet }) => sheet === 'Sources')?.data } };
}

type JsonFeature = {
  readonly geometry: { readonly coordinates: readonly [number, number] } | null;
  readonly properties: Record<string, unknown>;
};

async function readGeojson(bytes: Buffer): Promise<ExportedFile> {
  const { features, ...metadata } = JSON.parse(bytes.toString());
  const rows = (features as JsonFeature[]).map(({ geometry, properties }) =>
    withPoint(properties, geometry?.coordinates),
  );
  return { rows, metadata };
}

async function readFlatgeobuf(bytes: Buffer): Promise<ExportedFile> {
  let metadata: Record<string, unknown> = {};
  const rows: ExportedRow[] = [];
  const features = deserialize(new Uint8Array(bytes), {
    headerMetaFn: (header: HeaderMeta) => (metadata = { ...header }),
    fromFeature: (_id: number, feature: BufferFeature, header: HeaderMeta) => {
      const names = (header.columns ?? []).map(({ name }) => [name, null]);
      const values = { ...Object.fromEntries(names), ...parseProperties(feature, header.columns) };
      const xy = feature.geometry()?.xyArray();
      return withPoint(values, xy ? [xy[0] ?? NaN, xy[1] ?? NaN] : undefined);
    },
  } as never);
  for await (const row of features) rows.push(row as unknown as ExportedRow);
  return { rows, metadata };
}

async function readParquet(bytes: Buffer): Promise<ExportedFile> {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  const { key_value_metadata, row_groups } = await parquetMetadataAsync(file);
  const pairs = (key_value_metadata ?? []).map(({ key, value }) => [key, JSON.parse(value ?? '')]);
  const objects = await parquetReadObjects({ file });
  const rows = objects.map(({ geometry, ...values }) => {
    const plain = mapValues(values, (value) => (typeof value === 'bigint' ? Number(value) : value));
    return withPoint(mapValues(plain, toDay), geometry?.coordinates);
  });
  return { rows, metadata: { ...Object.fromEntries(pairs), rowGroups: row_groups.length } };
}

function withPoint(
  values: Record<string, unknown>,
  point: readonly [number, number] | undefined,
): ExportedRow {
  return { ...values, lon: point?.[0] ?? null, lat: point?.[1] ?? null };
}

function toDay(value: unknown): unknown {
  return value instanceof Date ? value.toISOString().slice(0, 10) : value;
}

function mapValues<From, To>(
  row: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, map(value)]));
}

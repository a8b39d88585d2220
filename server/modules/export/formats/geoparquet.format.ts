import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { AccountExport } from '../account-export.repository.js';
import type { ExportColumn, ExportRow, ExportValue } from '../export-columns.js';
import type { ExportFormat } from '../export-format.js';
import { featureLayout, type FeatureLayout } from '../features.js';

const ROWS_A_GROUP = 10_000;

/**
 * GeoParquet 1.1: points as WKB in longitude and latitude (OGC:CRS84, which is what a file without `crs` is in),
 * null where an account is not placed. Written by row groups; name of the project and sources stand in the
 * key-value metadata under `catchment`.
 */
export const geoparquetFormat: ExportFormat = {
  name: 'parquet',
  contentType: 'application/vnd.apache.parquet',
  write: writeGeoparquet,
};

async function* writeGeoparquet(accounts: AccountExport): AsyncGenerator<Uint8Array> {
  const layout = featureLayout(accounts.columns);
  const output = new ByteWriter();
  const writer = new ParquetWriter({
    writer: output,
    schema: schemaOf(layout.columns),
    kvMetadata: metadataOf(accounts),
    createdBy: 'Catchment',
  });
  let group: ExportRow[] = [];
  const flush = () => {
    void writer.write({ columnData: toColumns(group, layout), rowGroupSize: ROWS_A_GROUP });
    group = [];
    return takeBytes(output);
  };
  for await (const page of accounts.pages) {
    group.push(...page);
    if (group.length >= ROWS_A_GROUP) yield flush();
  }
  if (group.length > 0) yield flush();
  void writer.finish();
  yield takeBytes(output);
}

/** The bytes written since the last call; the writer goes on counting from where it is. */
function takeBytes(output: ByteWriter): Uint8Array {
  const bytes = output.getBytes().slice();
  output.index = 0;
  return bytes;
}

const elementOf: Readonly<Record<ExportColumn['type'], Omit<SchemaElement, 'name'>>> = {
  integer: { type: 'INT64' },
  number: { type: 'DOUBLE' },
  money: { type: 'DOUBLE' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  day: { type: 'INT32', converted_type: 'DATE' },
};

function schemaOf(columns: readonly ExportColumn[]): SchemaElement[] {
  return [
    { name: 'accounts', num_children: columns.length + 1 },
    ...columns.map(({ name, type }): SchemaElement => ({
      name,
      repetition_type: 'OPTIONAL',
      ...elementOf[type],
    })),
    { name: 'geometry', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
  ];
}

function toColumns(rows: readonly ExportRow[], { columns, valuesOf, pointOf }: FeatureLayout) {
  const values = rows.map(valuesOf);
  const data = columns.map(({ name, type }, index) => ({
    name,
    data: values.map((row) => toParquet(row[index] ?? null, type)),
  }));
  const points = rows.map((row) => {
    const point = pointOf(row);
    return point && toWkb(point);
  });
  return [...data, { name: 'geometry', data: points }];
}

function toParquet(value: ExportValue, type: ExportColumn['type']) {
  if (value === null) return null;
  if (type === 'integer') return BigInt(value);
  return type === 'day' ? new Date(`${value}T00:00:00Z`) : value;
}

/** A point as little-endian well-known binary. */
function toWkb([lon, lat]: readonly [number, number]): Uint8Array {
  const bytes = new Uint8Array(21);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 1);
  view.setUint32(1, 1, true);
  view.setFloat64(5, lon, true);
  view.setFloat64(13, lat, true);
  return bytes;
}

function metadataOf({ title, sources, bounds }: AccountExport) {
  const geometry = {
    encoding: 'WKB',
    geometry_types: ['Point'],
    ...(bounds ? { bbox: bounds } : {}),
  };
  const geo = { version: '1.1.0', primary_column: 'geometry', columns: { geometry } };
  return [
    { key: 'geo', value: JSON.stringify(geo) },
    { key: 'catchment', value: JSON.stringify({ name: title, sources }) },
  ];
}

import { Builder } from 'flatbuffers';
import { magicbytes } from 'flatgeobuf/lib/mjs/constants.js';
import { ColumnType } from 'flatgeobuf/lib/mjs/flat-geobuf/column-type.js';
import { Column } from 'flatgeobuf/lib/mjs/flat-geobuf/column.js';
import { Crs } from 'flatgeobuf/lib/mjs/flat-geobuf/crs.js';
import { Feature } from 'flatgeobuf/lib/mjs/flat-geobuf/feature.js';
import { GeometryType } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry-type.js';
import { Geometry } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry.js';
import { Header } from 'flatgeobuf/lib/mjs/flat-geobuf/header.js';
import type { AccountExport } from '../account-export.repository.js';
import type { ExportColumn, ExportRow, ExportValue } from '../export-columns.js';
import type { ExportFormat } from '../export-format.js';
import { featureLayout, type FeatureLayout } from '../features.js';
import { PropertyWriter } from './property-writer.js';

/**
 * FlatGeobuf 3: points in EPSG:4326 without an index, as that would need all features before the first byte. An
 * account that is not placed is a feature without a geometry. Sources stand in the metadata of the header.
 */
export const flatgeobufFormat: ExportFormat = {
  name: 'fgb',
  contentType: 'application/vnd.flatgeobuf',
  write: writeFlatgeobuf,
};

const columnTypes: Readonly<Record<ExportColumn['type'], ColumnType>> = {
  integer: ColumnType.Long,
  number: ColumnType.Double,
  money: ColumnType.Double,
  text: ColumnType.String,
  day: ColumnType.DateTime,
};

async function* writeFlatgeobuf(accounts: AccountExport): AsyncGenerator<Uint8Array> {
  const layout = featureLayout(accounts.columns);
  yield magicbytes;
  yield toHeader(accounts, layout.columns);
  const properties = new PropertyWriter(layout.columns.map(({ type }) => columnTypes[type]));
  for await (const page of accounts.pages) {
    yield Buffer.concat(page.map((row) => toFeature(row, layout, properties)));
  }
}

function toHeader(
  { title, total, bounds, sources }: AccountExport,
  columns: readonly ExportColumn[],
): Uint8Array {
  const builder = new Builder();
  const columnOffsets = columns.map(({ name, type }) => {
    const nameOffset = builder.createString(name);
    Column.startColumn(builder);
    Column.addName(builder, nameOffset);
    Column.addType(builder, columnTypes[type]);
    return Column.endColumn(builder);
  });
  const columnsOffset = Header.createColumnsVector(builder, columnOffsets);
  const envelopeOffset = bounds && Header.createEnvelopeVector(builder, [...bounds]);
  const nameOffset = builder.createString('accounts');
  const titleOffset = builder.createString(title);
  const metadataOffset = builder.createString(JSON.stringify({ sources }));
  const crsOffset = toWgs84(builder);
  Header.startHeader(builder);
  Header.addName(builder, nameOffset);
  if (envelopeOffset !== null) Header.addEnvelope(builder, envelopeOffset);
  Header.addGeometryType(builder, GeometryType.Point);
  Header.addColumns(builder, columnsOffset);
  Header.addFeaturesCount(builder, BigInt(total));
  Header.addIndexNodeSize(builder, 0);
  Header.addCrs(builder, crsOffset);
  Header.addTitle(builder, titleOffset);
  Header.addMetadata(builder, metadataOffset);
  builder.finishSizePrefixed(Header.endHeader(builder));
  return builder.asUint8Array();
}

function toWgs84(builder: Builder): number {
  const organisation = builder.createString('EPSG');
  const name = builder.createString('WGS 84');
  Crs.startCrs(builder);
  Crs.addOrg(builder, organisation);
  Crs.addCode(builder, 4326);
  Crs.addName(builder, name);
  return Crs.endCrs(builder);
}

function toFeature(
  row: ExportRow,
  { valuesOf, pointOf }: FeatureLayout,
  properties: PropertyWriter<ExportValue>,
): Uint8Array {
  const builder = new Builder(512);
  // Readers look at coordinates in place: every feature, also one without, must keep the next one aligned.
  builder.prep(Float64Array.BYTES_PER_ELEMENT, 0);
  const propertiesOffset = Feature.createPropertiesVector(builder, properties.write(valuesOf(row)));
  const point = pointOf(row);
  const geometryOffset = point && toGeometry(builder, point);
  Feature.startFeature(builder);
  if (geometryOffset !== null) Feature.addGeometry(builder, geometryOffset);
  Feature.addProperties(builder, propertiesOffset);
  builder.finishSizePrefixed(Feature.endFeature(builder));
  return builder.asUint8Array();
}

function toGeometry(builder: Builder, point: readonly [number, number]): number {
  const xyOffset = Geometry.createXyVector(builder, [...point]);
  Geometry.startGeometry(builder);
  Geometry.addXy(builder, xyOffset);
  Geometry.addType(builder, GeometryType.Point);
  return Geometry.endGeometry(builder);
}

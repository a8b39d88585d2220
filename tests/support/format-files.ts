import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { serialize } from 'flatgeobuf/lib/mjs/geojson.js';
import { strToU8, zipSync } from 'fflate';
import type { FeatureCollection, Polygon, Position } from 'geojson';
import { parquetWriteBuffer } from 'hyparquet-writer';
import iconv from 'iconv-lite';
import sqlite from 'node-sqlite3-wasm';
import { topology } from 'topojson-server';

/** Two areas (the second with a hole) with a name and a number, the same in every format. */
export const areas: FeatureCollection = {
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      properties: { name: 'Café Noord', people: 1200 },
      geometry: { type: 'Polygon', coordinates: [box(5, 52, 0.5)] },
    },
    {
      type: 'Feature',
      properties: { name: 'Zuid', people: 35 },
      geometry: {
        type: 'Polygon',
        coordinates: [box(5, 51, 0.5), [...box(5.125, 51.125, 0.25)].reverse()],
      },
    },
  ],
};

/** A ring that runs clockwise, as shapefiles want their outlines. */
function box(x: number, y: number, size: number): Position[] {
  const [east, north] = [x + size, y + size];
  return [
    [x, y],
    [x, north],
    [east, north],
    [east, y],
    [x, y],
  ];
}

const rowsOf = ({ features }: FeatureCollection) =>
  features.map(({ properties, geometry }) => ({
    name: properties?.['name'] as string,
    people: properties?.['people'] as number,
    geometry: geometry as Polygon,
  }));

/** Well-known binary of a polygon, little-endian. */
export function polygonWkb({ coordinates }: Polygon): Buffer {
  const points = coordinates.reduce((sum, ring) => sum + ring.length, 0);
  const bytes = Buffer.alloc(9 + coordinates.length * 4 + points * 16);
  let at = bytes.writeUInt8(1, 0);
  at = bytes.writeUInt32LE(3, at);
  at = bytes.writeUInt32LE(coordinates.length, at);
  for (const ring of coordinates) {
    at = bytes.writeUInt32LE(ring.length, at);
    for (const [x = 0, y = 0] of ring) at = bytes.writeDoubleLE(y, bytes.writeDoubleLE(x, at));
  }
  return bytes;
}

type ShapefileOptions = {
  readonly encoding?: string;
  readonly cpg?: string;
  readonly language?: number;
  readonly prj?: string;
  readonly layers?: readonly string[];
};

/** A zipped shapefile; each layer holds the same areas. */
export function shapefileZip(data: FeatureCollection, options: ShapefileOptions = {}): Uint8Array {
  const { encoding = 'utf8', cpg, language = 0, prj, layers = ['areas'] } = options;
  const files: Record<string, Uint8Array> = {};
  for (const layer of layers) {
    files[`${layer}.shp`] = shpBytes(data);
    files[`${layer}.dbf`] = dbfBytes(data, encoding, language);
    if (cpg !== undefined) files[`${layer}.cpg`] = strToU8(cpg);
    if (prj !== undefined) files[`${layer}.prj`] = strToU8(prj);
  }
  return zipSync(files);
}

function shpBytes(data: FeatureCollection): Uint8Array {
  const records = rowsOf(data).map(({ geometry }, index) => {
    const rings = geometry.coordinates;
    const points = rings.flat();
    const content = Buffer.alloc(44 + rings.length * 4 + points.length * 16);
    content.writeInt32LE(5, 0);
    content.writeInt32LE(rings.length, 36);
    content.writeInt32LE(points.length, 40);
    let first = 0;
    rings.forEach((ring, n) => {
      content.writeInt32LE(first, 44 + n * 4);
      first += ring.length;
    });
    let at = 44 + rings.length * 4;
    for (const [x = 0, y = 0] of points)
      at = content.writeDoubleLE(y, content.writeDoubleLE(x, at));
    const head = Buffer.alloc(8);
    head.writeInt32BE(index + 1, 0);
    head.writeInt32BE(content.length / 2, 4);
    return Buffer.concat([head, content]);
  });
  const header = Buffer.alloc(100);
  header.writeInt32BE(9994, 0);
  header.writeInt32LE(1000, 28);
  header.writeInt32LE(5, 32);
  const bytes = Buffer.concat([header, ...records]);
  bytes.writeInt32BE(bytes.length / 2, 24);
  return bytes;
}

function dbfBytes(data: FeatureCollection, encoding: string, language: number): Uint8Array {
  const rows = rowsOf(data);
  const header = Buffer.alloc(32 + 2 * 32 + 1);
  header.writeUInt8(3, 0);
  header.writeUInt32LE(rows.length, 4);
  header.writeUInt16LE(header.length, 8);
  header.writeUInt16LE(1 + 20 + 10, 10);
  header.writeUInt8(language, 29);
  for (const [n, [name, type, length]] of [
    ['name', 'C', 20] as const,
    ['people', 'N', 10] as const,
  ].entries()) {
    header.write(name, 32 + n * 32, 'latin1');
    header.write(type, 32 + n * 32 + 11, 'latin1');
    header.writeUInt8(length, 32 + n * 32 + 16);
  }
  header.writeUInt8(0x0d, header.length - 1);
  const records = rows.map(({ name, people }) => {
    const record = Buffer.alloc(31, 0x20);
    iconv.encode(name, encoding).copy(record, 1);
    record.write(String(people).padStart(10), 21, 'latin1');
    return record;
  });
  return Buffer.concat([header, ...records, Buffer.from([0x1a])]);
}

export function flatgeobuf(data: FeatureCollection, epsg = 4326): Uint8Array {
  return serialize(data, epsg);
}

/** A GeoPackage with one or more layers; the blobs carry an envelope. */
export function geopackage(
  data: FeatureCollection,
  { srs = 4326, layers = ['areas'] }: { srs?: number; layers?: readonly string[] } = {},
): Uint8Array {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'catchment-gpkg-'));
  const file = path.join(folder, 'made.gpkg');
  const database = new sqlite.Database(file);
  database.exec(`
    CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT,
      organization_coordsys_id INTEGER, definition TEXT);
    CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT);
    CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT,
      srs_id INTEGER);
    INSERT INTO gpkg_spatial_ref_sys VALUES ('named', ${srs}, 'EPSG', ${srs}, 'undefined')`);
  for (const layer of layers) {
    database.exec(`
      CREATE TABLE "${layer}" (fid INTEGER PRIMARY KEY, name TEXT, people INTEGER, geom BLOB);
      INSERT INTO gpkg_contents VALUES ('${layer}', 'features');
      INSERT INTO gpkg_geometry_columns VALUES ('${layer}', 'geom', 'POLYGON', ${srs})`);
    for (const { name, people, geometry } of rowsOf(data)) {
      const head = Buffer.alloc(8 + 32);
      head.write('GP', 0, 'latin1');
      head.writeUInt8(0b11, 3);
      head.writeInt32LE(srs, 4);
      const blob = new Uint8Array(Buffer.concat([head, polygonWkb(geometry)]));
      const values = [name, people, blob];
      database.run(`INSERT INTO "${layer}" (name, people, geom) VALUES (?, ?, ?)`, values);
    }
  }
  database.close();
  const bytes = new Uint8Array(readFileSync(file));
  rmSync(folder, { recursive: true });
  return bytes;
}

export function geoparquet(data: FeatureCollection, codec: 'SNAPPY' | 'UNCOMPRESSED' = 'SNAPPY') {
  const rows = rowsOf(data);
  const geo = {
    version: '1.1.0',
    primary_column: 'geometry',
    columns: { geometry: { encoding: 'WKB', geometry_types: ['Polygon'] } },
  };
  const bytes = parquetWriteBuffer({
    codec,
    columnData: [
      { name: 'name', data: rows.map(({ name }) => name), type: 'STRING' },
      { name: 'people', data: rows.map(({ people }) => people), type: 'INT32' },
      {
        name: 'geometry',
        data: rows.map(({ geometry }) => new Uint8Array(polygonWkb(geometry))),
        type: 'BYTE_ARRAY',
      },
    ],
    kvMetadata: [{ key: 'geo', value: JSON.stringify(geo) }],
  });
  return new Uint8Array(bytes);
}

export function topojson(data: FeatureCollection): Uint8Array {
  return strToU8(JSON.stringify(topology({ areas: data })));
}

export function kml(data: FeatureCollection): Uint8Array {
  const ring = (positions: readonly Position[]) =>
    `<LinearRing><coordinates>${positions.map(([x, y]) => `${x},${y}`).join(' ')}</coordinates></LinearRing>`;
  const placemarks = rowsOf(data).map(({ name, people, geometry }) => {
    const [outline = [], ...holes] = geometry.coordinates;
    const inner = holes.map((hole) => `<innerBoundaryIs>${ring(hole)}</innerBoundaryIs>`);
    return `<Placemark><name>${name}</name><ExtendedData><Data name="people"><value>${people}</value>
      </Data></ExtendedData><Polygon><outerBoundaryIs>${ring(outline)}</outerBoundaryIs>${inner.join('')}
      </Polygon></Placemark>`;
  });
  return strToU8(`<?xml version="1.0" encoding="UTF-8"?>
    <kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>All</name><Folder><name>Towns</name>
    ${placemarks.join('')}</Folder></Document></kml>`);
}

export function kmz(data: FeatureCollection): Uint8Array {
  return zipSync({ 'doc.kml': kml(data) });
}

export function csvWithWkt(data: FeatureCollection): Uint8Array {
  const lines = rowsOf(data).map(({ name, people, geometry }) => {
    const rings = geometry.coordinates.map(
      (ring) => `(${ring.map(([x, y]) => `${x} ${y}`).join(', ')})`,
    );
    return `${name};${people};POLYGON (${rings.join(', ')})`;
  });
  return strToU8(['name;people;shape', ...lines, ''].join('\n'));
}

/** A workbook with one sheet: a title, an empty row, then the header and rows; column C is dates. */
export function xlsx(rows: readonly (readonly [string, number, number])[]): Uint8Array {
  const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
  const cells = rows.map(
    ([name, people, day]) =>
      `<row>${text(name)}<c><v>${people}</v></c><c s="1"><v>${day}</v></c></row>`,
  );
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packages = 'http://schemas.openxmlformats.org/package/2006';
  const files: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="${packages}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Sales &amp; more" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData><row>${text('Report of 2024')}</row><row/><row>${text('name')}${text('people')}${text('since')}</row>${cells.join('')}</sheetData></worksheet>`,
  };
  const numbered = Object.entries(files).map(([name, xml]): [string, Uint8Array] => [
    name,
    strToU8(withReferences(xml)),
  ]);
  return zipSync(Object.fromEntries(numbered));
}

/** Gives rows and cells the addresses that the format asks for. */
function withReferences(xml: string): string {
  let row = 0;
  return xml.replace(/<row(\/>|>.*?<\/row>)/g, (_, inner: string) => {
    row += 1;
    let column = 0;
    const body = inner.replace(/<c( |>)/g, (_match, end: string) => {
      const letter = 'ABC'[column++];
      return `<c r="${letter}${row}"${end}`;
    });
    return `<row r="${row}"${body}`;
  });
}

import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { unzipSync, zipSync } from 'fflate';
import { read as readShapefile } from 'shapefile';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openSource, type SourceOptions } from '../../../../geodata/readers/open-source.js';
import type { SourceRow } from '../../../../geodata/readers/source-row.js';
import * as files from '../../../support/format-files.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'catchment-formats-'));
  // What is left unpacked by others must not count.
  vi.stubEnv('TMPDIR', folder);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const { areas } = files;

async function read(name: string, bytes: Uint8Array | string, options: SourceOptions = {}) {
  const file = path.join(folder, name);
  await writeFile(file, bytes);
  const source = await openSource(file, options);
  const rows: SourceRow[] = [];
  for await (const batch of source.batches) rows.push(...batch);
  return { rows, detection: source.detection };
}

/** What a format says of a row, without what only some of them have. */
function plain({ values, geometry }: SourceRow) {
  return { name: values['name'], people: Number(values['people']), rings: ringsOf(geometry) };
}

/** Rings as sets of corners: formats differ in where a ring begins and which way it runs. */
function ringsOf(geometry: SourceRow['geometry']) {
  const rings = (geometry?.coordinates ?? []) as number[][][];
  return rings.map((ring) => [...new Set(ring.map(([x, y]) => `${x} ${y}`))].sort());
}

const expected = areas.features.map(({ properties, geometry }, index) =>
  plain({
    line: index + 1,
    values: properties as Record<string, unknown>,
    geometry: geometry as NonNullable<SourceRow['geometry']>,
  }),
);

const formats: readonly [string, string, Uint8Array][] = [
  ['GeoJSON', 'a.geojson', Buffer.from(JSON.stringify(areas))],
  ['TopoJSON', 'a.topojson', files.topojson(areas)],
  ['Shapefile', 'a.zip', files.shapefileZip(areas, { cpg: 'UTF-8' })],
  ['FlatGeobuf', 'a.fgb', files.flatgeobuf(areas)],
  ['GeoPackage', 'a.gpkg', files.geopackage(areas)],
  ['GeoParquet', 'a.parquet', files.geoparquet(areas)],
  ['KML', 'a.kml', files.kml(areas)],
  ['KML', 'a.kmz', files.kmz(areas)],
  ['CSV', 'a.csv', files.csvWithWkt(areas)],
];

describe.each(formats)('%s (%s)', (title, name, bytes) => {
  it('gives the same features as every other format', async () => {
    const { rows, detection } = await read(name, bytes);
    expect(detection.format).toBe(title);
    expect(rows.map(plain)).toEqual(expected);
    expect(detection.crs).toMatchObject({ epsg: 4326 });
  });

  it('is known by its content, gzipped and under a wrong name, and leaves nothing unpacked', async () => {
    const before = await unpacked();
    const { rows, detection } = await read('wrong.dat', gzipSync(bytes));
    expect(detection.format).toBe(title);
    expect(rows.map(plain)).toEqual(expected);
    expect(await unpacked()).toEqual(before);
  });

  it('tells a file that is cut off, or gives what is whole', async () => {
    const cut = bytes.subarray(0, Math.floor(bytes.length * 0.7));
    const outcome = await read(name, cut).then(
      ({ rows }) => rows.length <= 2,
      (error: Error) => error.name === 'AppError',
    );
    expect(outcome).toBe(true);
  });
});

async function unpacked(): Promise<string[]> {
  return (await readdir(os.tmpdir())).filter((name) => name.startsWith('catchment-unpacked-'));
}

describe('layers', () => {
  it.each([
    ['Shapefile', 'two.zip', () => files.shapefileZip(areas, { layers: ['north', 'south'] })],
    ['GeoPackage', 'two.gpkg', () => files.geopackage(areas, { layers: ['north', 'south'] })],
  ])('of a %s have to be chosen', async (_title, name, make) => {
    const bytes = make();
    await expect(read(name, bytes)).rejects.toThrow(/2 layers: north, south.*--layer/);
    await expect(read(name, bytes, { layer: 'east' })).rejects.toThrow(/no layer east/);
    const { rows, detection } = await read(name, bytes, { layer: 'SOUTH' });
    expect([rows.length, detection.layer]).toEqual([2, 'south']);
  });

  it('of a zip may be files of any format', async () => {
    const bytes = zipSync({
      'x/a.csv': Buffer.from('id\n1\n'),
      'b.csv': Buffer.from('id\n2\n'),
      'readme.txt': Buffer.from('about'),
    });
    await expect(read('both.zip', bytes)).rejects.toThrow(/x\/a\.csv, b\.csv.*--layer/);
    const { rows } = await read('both.zip', bytes, { layer: 'a.csv' });
    expect(rows[0]?.values).toEqual({ id: '1' });
  });
});

describe('the table of a shapefile', () => {
  it.each([
    ['its .cpg file', { encoding: 'cp850', cpg: '850' }, 'cp850'],
    ['its language byte', { encoding: 'cp850', language: 2 }, 'cp850'],
    ['its bytes', { encoding: 'utf8', language: 3 }, 'utf-8'],
    ['what is left', { encoding: 'latin1' }, 'windows-1252'],
  ])('is decoded by %s', async (_how, options, name) => {
    const { rows, detection } = await read('coded.zip', files.shapefileZip(areas, options));
    expect(rows[0]?.values['name']).toBe('Café Noord');
    expect(detection.encoding?.name).toBe(name);
  });
});

describe('a GeoPackage', () => {
  it('is read beside a lock that a dead process left', async () => {
    await mkdir(path.join(folder, 'locked.gpkg.lock'));
    const { rows } = await read('locked.gpkg', files.geopackage(areas));
    expect(rows).toHaveLength(2);
  });
});

describe('the geometry of a shapefile', () => {
  it('is what another reader of the format finds', async () => {
    const zip = files.shapefileZip(areas, { cpg: 'UTF-8' });
    const parts = unzipSync(zip);
    const bytesOf = (name: string) => new Uint8Array(parts[name] ?? []);
    const options = { encoding: 'utf-8' };
    const other = await readShapefile(bytesOf('areas.shp'), bytesOf('areas.dbf'), options);
    const { rows } = await read('same.zip', zip);
    expect(rows.map(({ values, geometry }) => ({ properties: values, geometry }))).toEqual(
      other.features.map(({ properties, geometry }) => ({ properties, geometry })),
    );
  });
});

describe('GPX', () => {
  const gpx = `<gpx xmlns="http://www.topografix.com/GPX/1/1"><wpt lat="52" lon="5"><name>A</name></wpt>
    <rte><name>R</name><rtept lat="52" lon="5"/><rtept lat="53" lon="6"/></rte>
    <trk><name>T</name><trkseg><trkpt lat="52" lon="5"/><trkpt lat="52" lon="6"/></trkseg></trk></gpx>`;

  it('gives waypoints, routes and tracks', async () => {
    const { rows } = await read('a.gpx', gpx);
    expect(rows.map(({ values, geometry }) => [values['gpx_type'], geometry?.type])).toEqual([
      ['waypoint', 'Point'],
      ['route', 'LineString'],
      ['track', 'LineString'],
    ]);
  });

  it('gives the layer asked for', async () => {
    const { rows } = await read('a.gpx', gpx, { layer: 'tracks' });
    expect(rows).toMatchObject([{ line: 1, values: { name: 'T' } }]);
  });
});

describe('Excel', () => {
  it('finds the header under a title, and gives numbers and dates', async () => {
    const { rows, detection } = await read('a.xlsx', files.xlsx([['Café', 12.5, 45_322]]));
    expect(rows).toEqual([
      { line: 4, values: { name: 'Café', people: 12.5, since: '2024-01-31' } },
    ]);
    expect(detection).toMatchObject({ format: 'Excel', layer: 'Sales & more' });
  });
});

describe('JSON of other forms', () => {
  it.each([
    [
      'one feature a line',
      '{"type":"Feature","properties":{"id":1},"geometry":null}\n{"type":"Feature","properties":{"id":2},"geometry":null}\n',
    ],
    [
      'records after marks',
      '\u001e{"type":"Feature","properties":{"id":1}}\n\u001e{"type":"Feature","properties":{"id":2}}\n',
    ],
    ['an array of objects', '[{"id":1},{"id":2}]'],
  ])('is read: %s', async (_form, text) => {
    const { rows } = await read('a.json', text);
    expect(rows.map(({ values }) => values['id'])).toEqual([1, 2]);
  });
});

describe('what cannot be read', () => {
  it.each([
    ['a web page', '<!DOCTYPE html><html><body>Not found</body></html>', /web page/],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /save it as \.xlsx/],
    ['noise', Buffer.from(Array.from({ length: 500 }, (_, n) => (n * 37) % 9)), /neither text/],
  ])('is said: %s', async (_what, bytes, message) => {
    await expect(read('odd.csv', bytes)).rejects.toThrow(message);
  });

  it('is a bomb: its size unpacked is limited', async () => {
    const zeros = Buffer.alloc(3_000_000, 0x30);
    const options = { maxUnpackedBytes: 1_000_000 };
    await expect(read('bomb.csv.gz', gzipSync(zeros), options)).rejects.toThrow(/--max-unpacked/);
    const zip = zipSync({ 'a.csv': zeros });
    await expect(read('bomb.zip', zip, options)).rejects.toThrow(/--max-unpacked/);
    expect(await unpacked()).toEqual([]);
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crsOption, parseCrsName } from '../../../geodata/crs/parse-crs-name.js';
import { builtInProjections, type Projections } from '../../../geodata/crs/projections.js';
import { parseWkb } from '../../../geodata/geometry/parse-wkb.js';
import { parseWkt } from '../../../geodata/geometry/parse-wkt.js';
import { openSource, type SourceOptions } from '../../../geodata/readers/open-source.js';
import { flatgeobuf, geopackage, shapefileZip } from '../../support/format-files.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'catchment-crs-'));
});

afterAll(() => rm(folder, { recursive: true }));

const rdNew = {
  epsg: 28992,
  name: 'Amersfoort / RD New',
  definition:
    '+proj=sterea +lat_0=52.15616055555555 +lon_0=5.38763888888889 +k=0.9999079 +x_0=155000 ' +
    '+y_0=463000 +ellps=bessel +towgs84=565.2369,50.0087,465.658,-0.406857,0.350733,-1.87035,4.0812 ' +
    '+units=m +no_defs',
};

/** The same on the plane of another datum, as registers hold them side by side. */
const twin = { ...rdNew, epsg: 99_001, name: 'Elsewhere / RD', definition: `${rdNew.definition} ` };

const projections: Projections = {
  byCode: (epsg) => (epsg === 28992 ? Promise.resolve(rdNew) : builtInProjections.byCode(epsg)),
  byMethod: () => Promise.resolve([twin, rdNew]),
};

const square = (x: number, y: number, size: number) => ({
  type: 'FeatureCollection' as const,
  features: [
    {
      type: 'Feature' as const,
      properties: { name: 'A', people: 1 },
      geometry: {
        type: 'Polygon' as const,
        coordinates: [
          [
            [x, y],
            [x, y + size],
            [x + size, y + size],
            [x + size, y],
            [x, y],
          ],
        ],
      },
    },
  ],
});

/** The church of Amersfoort, the origin of the system. */
const amersfoort = square(155_000, 463_000, 1000);
const lonLat = [5.3872, 52.1552];

async function firstCorner(name: string, bytes: Uint8Array | string, options: SourceOptions = {}) {
  const file = path.join(folder, name);
  await writeFile(file, bytes);
  const source = await openSource(file, { projections, ...options });
  await source.close();
  const corner = (source.sample[0]?.geometry?.coordinates as number[][][])[0]?.[0] ?? [];
  return { corner, crs: source.detection.crs };
}

const esriText =
  'PROJCS["RD_New",GEOGCS["GCS_Amersfoort",DATUM["D_Amersfoort",SPHEROID["Bessel_1841",6377397.155,' +
  '299.1528128]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION[' +
  '"Double_Stereographic"],PARAMETER["False_Easting",155000.0],PARAMETER["False_Northing",463000.0],' +
  'PARAMETER["Central_Meridian",5.38763888888889],PARAMETER["Scale_Factor",0.9999079],' +
  'PARAMETER["Latitude_Of_Origin",52.1561605555556],UNIT["Meter",1.0]]';

describe('the coordinate system of a file', () => {
  it.each([
    ['GeoPackage', 'a.gpkg', () => geopackage(amersfoort, { srs: 28992 })],
    ['FlatGeobuf', 'a.fgb', () => flatgeobuf(amersfoort, 28992)],
    [
      'GeoJSON of 2008',
      'a.geojson',
      () =>
        JSON.stringify({
          crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::28992' } },
          ...amersfoort,
        }),
    ],
    ['Shapefile with text of Esri', 'a.zip', () => shapefileZip(amersfoort, { prj: esriText })],
    [
      'extended WKT',
      'a.csv',
      () =>
        'id;shape\n1;"SRID=28992;POLYGON((155000 463000,155000 464000,156000 463000,155000 463000))"\n',
    ],
  ])('is taken from %s', async (_format, name, make) => {
    const { corner, crs } = await firstCorner(name, make());
    expect(crs?.epsg).toBe(28992);
    expect(corner[0]).toBeCloseTo(lonLat[0] ?? 0, 3);
    expect(corner[1]).toBeCloseTo(lonLat[1] ?? 0, 3);
  });

  it('is what the option says, whatever the file says', async () => {
    const { corner, crs } = await firstCorner('b.gpkg', geopackage(amersfoort), {
      crs: 'EPSG:28992',
    });
    expect(crs).toMatchObject({ epsg: 28992, by: 'option' });
    expect(corner[0]).toBeCloseTo(lonLat[0] ?? 0, 3);
  });

  it('has to be said where coordinates cannot be degrees', async () => {
    const text = JSON.stringify(amersfoort);
    await expect(firstCorner('c.geojson', text)).rejects.toThrow(
      /not degrees \(for example 155000 463000\).*--crs EPSG:28992/,
    );
  });

  it('is refused where the coordinates cannot be of it', async () => {
    const options = { crs: 'EPSG:4326' };
    await expect(firstCorner('d.fgb', flatgeobuf(amersfoort, 28992), options)).rejects.toThrow(
      /cannot be of EPSG:4326/,
    );
  });

  it('is refused where nobody knows it', async () => {
    const options = { crs: 'EPSG:99999' };
    await expect(firstCorner('e.fgb', flatgeobuf(amersfoort), options)).rejects.toThrow(
      /EPSG:99999 is not known/,
    );
    expect(() => crsOption('Rijksdriehoek')).toThrow(/give its code/);
  });

  it('has the latitude first where the address in WKT or the option says so', async () => {
    const wkt = '<http://www.opengis.net/def/crs/EPSG/0/4326> POLYGON((52 5,53 5,53 6,52 5))';
    expect((await firstCorner('f.csv', `id;shape\n1;${wkt}\n`)).corner).toEqual([5, 52]);
    const swapped = JSON.stringify(square(52, 5, 1));
    expect((await firstCorner('g.geojson', swapped, { axes: 'yx' })).corner).toEqual([5, 52]);
  });
});

describe('parseCrsName', () => {
  it.each([
    ['EPSG:28992', 28992],
    ['urn:ogc:def:crs:EPSG::28992', 28992],
    ['urn:ogc:def:crs:OGC:1.3:CRS84', 4326],
    ['http://www.opengis.net/def/crs/EPSG/0/3857', 3857],
    ['31370', 31370],
    ['somewhere', undefined],
  ])('takes %s for %s', (name, epsg) => {
    expect(parseCrsName(name)?.epsg).toBe(epsg);
  });
});

describe('geometry as text and binary', () => {
  it.each([
    ['POINT Z (1 2 3)', { type: 'Point', coordinates: [1, 2] }],
    [
      'multipoint ((1 2), (3 4))',
      {
        type: 'MultiPoint',
        coordinates: [
          [1, 2],
          [3, 4],
        ],
      },
    ],
    [
      'LINESTRING(0 0,-1e2 .5)',
      {
        type: 'LineString',
        coordinates: [
          [0, 0],
          [-100, 0.5],
        ],
      },
    ],
    [
      'GEOMETRYCOLLECTION(POINT(1 2),POINT EMPTY)',
      { type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [1, 2] }] },
    ],
  ])('%s is parsed', (text, geometry) => {
    expect(parseWkt(text)?.geometry).toEqual(geometry);
  });

  it.each([
    'POINT(1)',
    'POINT(1 2',
    'POINT(1 2) x',
    'CIRCLE(1 2)',
    'POINT(a b)',
    `${'GEOMETRYCOLLECTION('.repeat(5000)}`,
  ])('%.20s is refused', (text) => {
    expect(() => parseWkt(text)).toThrow();
  });

  it('reads extended binary of both byte orders with heights', () => {
    const little = Buffer.from(
      '01010000a0407100000000000000000040000000000000084000000000000010c0',
      'hex',
    );
    expect(parseWkb(little)).toEqual({
      geometry: { type: 'Point', coordinates: [2, 3] },
      srid: 28992,
    });
    const big = Buffer.from('000000000140000000000000004008000000000000', 'hex');
    expect(parseWkb(big)?.geometry).toEqual({ type: 'Point', coordinates: [2, 3] });
  });

  it('refuses a count that the bytes cannot hold', () => {
    expect(() => parseWkb(Buffer.from('0102000000ffffffff', 'hex'))).toThrow(/cut off/);
  });
});

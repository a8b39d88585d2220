import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { osmImporter } from '../../../geodata/osm/osm.importer.js';
import { runImport } from '../../../geodata/run-import.js';
import { antipodalReason, hasAntipodalEdge } from '../../../geodata/shapes/antipodal-edge.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { writeOsmPbf } from '../../support/osm-pbf.js';
import { featureCollection, importFile, issuesOf, square, TestFiles } from './import-files.js';

type Position = readonly [lon: number, lat: number];

const antipodal: readonly (readonly [string, readonly Position[]])[] = [
  ['along the equator', [[0, 0], [180, 0], [90, 50], [0, 0]]], // prettier-ignore
  ['aslant', [[4.123456789, 52.25], [-175.876543211, -52.25], [90, 50], [4.123456789, 52.25]]], // prettier-ignore
  ['within rounding of it', [[0, 0], [179.9999999999999, 0], [90, 50], [0, 0]]], // prettier-ignore
  ['from pole to pole', [[0, -90], [90, 0], [120, 90], [0, -90]]], // prettier-ignore
  ['around the world', [[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]]], // prettier-ignore
  ['that the repair makes', [[-180, 0], [180, 0], [0, -50], [0, 50], [-180, 0]]], // prettier-ignore
];

const measurable: readonly (readonly [string, readonly Position[]])[] = [
  ['an edge of nearly 180 degrees', [[0, 0], [179.9999, 0], [90, 50], [0, 0]]], // prettier-ignore
  ['over a pole', [[0, 80], [180, 80], [90, 70], [0, 80]]], // prettier-ignore
  ['at a pole', [[-10, 89], [0, 90], [10, 89], [-10, 89]]], // prettier-ignore
  ['around a pole', [[-180, -80], [180, -80], [180, -90], [-180, -90], [-180, -80]]], // prettier-ignore
  ['on both sides of the antimeridian', [[179, -1], [-179, 1], [179, 1], [-179, -1], [179, -1]]], // prettier-ignore
];

const polygon = (ring: readonly Position[]) => ({ type: 'Polygon', coordinates: [ring] });
const line = (...coordinates: Position[]) => ({ type: 'LineString', coordinates });

let test: TestDatabase;
const files = new TestFiles();

beforeAll(async () => {
  test = await testDatabase();
});

afterAll(async () => {
  files.remove();
  await test.close();
});

describe('an antipodal edge', () => {
  const found = async (shape: object) => {
    const row = await test.database.row<{ is: boolean | null }>(
      `SELECT ${hasAntipodalEdge('s.geom')} AS is
       FROM (SELECT ST_MakeValid(ST_GeomFromGeoJSON($1)) AS geom) s`,
      [JSON.stringify(shape)],
    );
    return row?.is;
  };
  const area = (shape: object) =>
    test.database.row(
      'SELECT ST_Area(ST_MakeValid(ST_GeomFromGeoJSON($1))::geography) >= 0 AS has_area',
      [JSON.stringify(shape)],
    );

  it.each(antipodal)('is found %s, where no area can be told', async (_, ring) => {
    expect(await found(polygon(ring))).toBe(true);
    await expect(area(polygon(ring))).rejects.toThrow('Antipodal');
  });

  it.each(measurable)('is not seen in a shape with an area: %s', async (_, ring) => {
    expect(await found(polygon(ring))).toBe(false);
    expect(await area(polygon(ring))).toEqual({ has_area: true });
  });

  it('is found in a line between antipodes, and not in a longer one by way of other points', async () => {
    expect(await found(line([4, 52], [-176, -52]))).toBe(true);
    expect(await found(line([4, 52], [90, 0], [-176, -52]))).toBe(false);
    expect(await found({ type: 'GeometryCollection', geometries: [] })).not.toBe(true);
  });
});

describe('an import', () => {
  const rejected = { severity: 'rejected', field: 'geometry', reason: antipodalReason };
  const tags = { key: 'id', building: 'yes', landuse: 'industrial', highway: 'residential' };
  const features = (shapes: readonly object[]) =>
    featureCollection(
      shapes.map((geometry, index) => ({ properties: { ...tags, id: `k${index}` }, geometry })),
    );
  const shapes = [
    square(4, 52, 0.001),
    ...antipodal.map(([, ring]) => polygon(ring)),
    polygon([[4, 52], [5, 52], [5, 91], [4, 52]]), // prettier-ignore
    square(5, 52, 0.001),
  ];

  it.each([
    ['regions', { level: 1, levelName: 'Part', code: 'id' }],
    ['buildings', { key: 'id' }],
    ['business-zones', { key: 'id' }],
  ])('of %s rejects the row, says why, and keeps the others', async (kind, options) => {
    const file = files.write('areas.geojson', features(shapes));
    const report = await importFile(test.database, kind, file, { options });
    expect(report).toMatchObject({ status: 'succeeded', counts: { inserted: 2, rejected: 7 } });
    const issues = await issuesOf(test.database, report.importId);
    expect(issues.filter(({ severity }) => severity === 'rejected')).toEqual([
      ...antipodal.map((_, index) => ({ ...rejected, line: index + 2, value: `k${index + 1}` })),
      {
        ...{ ...rejected, line: 8, value: 'k7' },
        reason: 'the shape reaches beyond 180 degrees of longitude or 90 of latitude',
      },
    ]);
  });

  it('of roads rejects a line between antipodes', async () => {
    const lines = [
      line([4, 52], [-176, -52]),
      line([4, 52], [4.001, 52]),
      line([4, 52], [400, 52]),
      line([0, -89], [0, 89]),
    ];
    const file = files.write('roads.geojson', features(lines));
    const report = await importFile(test.database, 'roads', file, { options: { key: 'id' } });
    expect(report.counts).toMatchObject({ inserted: 2, rejected: 2 });
    expect(await issuesOf(test.database, report.importId)).toMatchObject([
      { ...rejected, line: 1, value: 'k0' },
      { severity: 'rejected', line: 3, value: 'k2', reason: expect.stringContaining('beyond') },
    ]);
  });

  it('of an OpenStreetMap extract rejects such ways and keeps the others', async () => {
    const at = (id: number, [lon, lat]: Position) => ({ type: 'node' as const, id, lon, lat });
    const way = (id: number, refs: readonly number[], wayTags: Record<string, string>) =>
      ({ type: 'way' as const, id, refs, tags: wayTags }) as const;
    const file = path.join(files.folder, 'a.osm.pbf');
    const positions: Position[] = [[0, 0], [180, 0], [90, 50], [5, 52], [5.001, 52], [5.001, 52.001]]; // prettier-ignore
    await writeOsmPbf(file, [
      ...positions.map((position, index) => at(index + 1, position)),
      way(10, [1, 2, 3, 1], { building: 'yes' }),
      way(11, [4, 5, 6, 4], { building: 'yes' }),
      way(12, [1, 2], { highway: 'residential' }),
      way(13, [4, 5], { highway: 'residential' }),
      way(14, [1, 2, 3, 1], { landuse: 'industrial' }),
    ]);
    const { database } = test;
    const report = await runImport({
      database,
      importer: osmImporter,
      source: { path: file },
      options: {},
    });
    expect(report.counts).toMatchObject({ inserted: 2, rejected: 3 });
    const issues = await issuesOf(database, report.importId);
    expect(issues).toEqual(
      [10, 12, 14].map((line) => ({ ...rejected, line, field: 'way', value: null })),
    );
  });
});

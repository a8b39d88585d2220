import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ImportFailure } from '../../geodata/run-import.js';
import type { ImportReport } from '../../geodata/report/import-record.js';
import { importFile, TestFiles } from '../db/geodata/import-files.js';
import { someRegions } from '../api/test-data.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { rounds, seed } from './support/counts.js';
import { nastyCoordinate, nastyText, orNasty } from './support/nasty.js';
import { measured, megabytes, memoryRatio } from './support/peak-memory.js';
import { Random } from './support/random.js';

const fileRows = 2500;
const accountFiles = rounds({ usual: 2, full: 14 });
const brokenFiles = rounds({ usual: 10, full: 100 });
const shapeFiles = rounds({ usual: 1, full: 25 });
const shapeRows = 1000;
const memoryRows = rounds({ usual: 20_000, full: 100_000 });

/** Kinds that take shapes, with their options and the table that they write. */
const shapeKinds = [
  ['regions', 'geo.regions', { level: 2, code: 'code', name: 'name' }],
  ['buildings', 'geo.buildings', { key: 'code' }],
  ['business-zones', 'geo.zone_parts', { key: 'code' }],
  ['roads', 'geo.roads', { key: 'code' }],
] as const;

/** What a person may read in a report; never the inside of the program or the database. */
const internal =
  /syntax error|TypeError|undefined|ReferenceError|invalid byte sequence|relation "|\bat .*\.ts:/;

const columns = [
  'id',
  'name',
  'lon',
  'lat',
  'postcode',
  'city',
  'email',
  'lifecycle',
  'customer_since',
];

describe(`imports of nonsense (seed ${seed})`, () => {
  const random = new Random(seed * 1000);
  const done = { accounts: 0, rejected: 0, refused: 0, shapes: 0 };
  let test: TestDatabase;
  let files: TestFiles;

  beforeAll(async () => {
    test = await testDatabase();
    files = new TestFiles();
    await someRegions(test.database);
  });

  afterAll(async () => {
    console.log('Nonsense imported:', done);
    files.remove();
    await test.close();
  });

  it('accounts for every row and keeps what is right', async () => {
    for (let round = 0; round < accountFiles; round += 1) {
      const file = files.write('accounts.csv', accountsFile());
      const report = await tryImport('accounts', file);
      expect(report?.status, report?.error ?? '').toBe('succeeded');
      const { read, inserted, updated, unchanged, rejected } = report!.counts;
      expect(inserted + updated + unchanged + rejected).toBe(read);
      expect(read).toBe(fileRows);
      done.accounts += read;
      done.rejected += rejected;
      await expectSoundAccounts();
    }
  });

  it('takes no more memory than for good rows of the same bytes', async () => {
    const nonsense = accountsFile(memoryRows);
    const size = Buffer.byteLength(nonsense);
    const peakOf = async (text: string) => {
      const file = files.write('memory.csv', text);
      const { peakBytes, done: counts } = await measured({ kind: 'import', url: test.url, file });
      expect(counts['read']).toBe(memoryRows);
      return peakBytes;
    };
    const good = await peakOf(goodAccounts(size, memoryRows));
    const bad = await peakOf(nonsense);
    console.log(
      `Memory for ${megabytes(size)}: ${megabytes(bad)} beside ${megabytes(good)} for good rows`,
    );
    expect(bad).toBeLessThanOrEqual(memoryRatio * good);
  });

  it('takes or refuses a file with broken bytes in one sentence', async () => {
    for (let round = 0; round < brokenFiles; round += 1) {
      const text = Buffer.from(accountsFile(100));
      for (let hits = 1 + random.below(40); hits > 0; hits -= 1) {
        text[random.below(text.length)] = random.below(256);
      }
      const end = random.next() < 0.3 ? random.below(text.length) : text.length;
      const file = files.write('broken.csv', '');
      writeFileSync(file, text.subarray(0, end));
      await tryImport('accounts', file);
      done.accounts += 100;
    }
    await expectSoundAccounts();
  });

  it.each(shapeKinds)(
    'accounts for every shape of %s and stores only sound ones in %s',
    async (kind, table, options) => {
      for (let round = 0; round < shapeFiles; round += 1) {
        const file = files.write('shapes.geojson', shapesFile(round));
        const report = await tryImport(kind, file, options);
        done.shapes += shapeRows;
        expect(report?.status, `file ${round}`).toBe('succeeded');
        const { read, inserted, updated, unchanged, rejected } = report!.counts;
        expect(inserted + updated + unchanged + rejected).toBe(read);
        expect(inserted).toBeGreaterThan(0);
      }
      const unsound = await test.database.row(
        `SELECT count(*) AS n FROM ${table}
       WHERE geom IS NOT NULL AND (NOT ST_IsValid(geom) OR ST_IsEmpty(geom) OR ST_SRID(geom) <> 4326
         OR ST_XMin(geom) < -180.000001 OR ST_XMax(geom) > 180.000001
         OR ST_YMin(geom) < -90.000001 OR ST_YMax(geom) > 90.000001)`,
      );
      expect(unsound).toEqual({ n: 0 });
    },
  );

  async function tryImport(
    kind: string,
    file: string,
    options: Record<string, unknown> = {},
  ): Promise<ImportReport | undefined> {
    try {
      return await importFile(test.database, kind, file, { options });
    } catch (error) {
      const { message } = error as Error;
      done.refused += 1;
      expect(message, message).not.toMatch(internal);
      const cause = (error as Error).cause as { code?: string } | undefined;
      expect(cause?.code ?? '', `${message} (${cause?.code})`).not.toMatch(/^(2[0-9A-Z]{4}|42|XX)/);
      if (!(error instanceof ImportFailure)) expect((error as Error).name).toBe('AppError');
      return undefined;
    }
  }

  async function expectSoundAccounts(): Promise<void> {
    const unsound = await test.database.row(
      `SELECT count(*) AS n FROM crm.accounts
       WHERE (geom IS NULL) <> (placement = 'not_placed') OR ST_X(geom) NOT BETWEEN -180 AND 180
         OR ST_Y(geom) NOT BETWEEN -90 AND 90 OR name = '' OR external_id = ''`,
    );
    expect(unsound).toEqual({ n: 0 });
  }

  function accountsFile(rows = fileRows): string {
    const lines = Array.from({ length: rows }, (_, index) => {
      const values = [
        random.next() < 0.9 ? `F${random.below(50_000)}-${index}` : nastyText(random),
        nastyText(random),
        random.next() < 0.5 ? String(nastyCoordinate(random, 4, 5)) : nastyText(random),
        random.next() < 0.5 ? String(nastyCoordinate(random, 51, 53)) : nastyText(random),
        orNasty(random, ['1234 AB', '01310-100', 'SW1A 1AA']),
        nastyText(random),
        orNasty(random, ['a@example.org', 'nobody']),
        orNasty(random, ['lead', 'customer', 'former']),
        orNasty(random, ['2024-02-29', '29-02-2024']),
      ];
      return values.map(quoted).join(',');
    });
    return [columns.join(','), ...lines, ''].join('\n');
  }

  function goodAccounts(bytes: number, rows: number): string {
    const lines = [columns.join(',')];
    const filler = 'x'.repeat(Math.max(0, Math.floor(bytes / rows) - 90));
    for (let index = 0; index < rows; index += 1) {
      const lat = (51 + random.next()).toFixed(5);
      lines.push(
        `G${index},Good ${filler} ${random.below(1e6)},4.5,${lat},1234 AB,Town,a@example.org,lead,2024-02-29`,
      );
    }
    return `${lines.join('\n')}\n`;
  }

  function shapesFile(round: number): string {
    const features = Array.from({ length: shapeRows }, (_, index) => ({
      type: 'Feature',
      properties: {
        code: random.next() < 0.9 ? `R${round}-${index}` : nastyText(random),
        name: nastyText(random),
        building: 'yes',
        landuse: 'industrial',
        highway: 'residential',
      },
      geometry: nastyGeometry(random),
    }));
    return JSON.stringify({ type: 'FeatureCollection', features });
  }
});

function quoted(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}

function position(random: Random): unknown {
  const at = [nastyCoordinate(random, 4, 5), nastyCoordinate(random, 51, 53)];
  const kind = random.below(40);
  if (kind === 0) return at.slice(0, 1);
  if (kind === 1) return [...at, 1e300, 7];
  if (kind === 2) return ['4.5', null];
  return at;
}

function ring(random: Random): unknown {
  const kind = random.below(12);
  if (kind === 0) return [];
  if (kind === 1) return [position(random), position(random)];
  if (kind === 2) return 'ring';
  const points = Array.from({ length: 3 + random.below(12) }, () => position(random));
  return random.next() < 0.9 ? [...points, points[0]] : points;
}

function deep(levels: number): unknown {
  let nested: unknown = [4.5, 52.5];
  for (let level = 0; level < levels; level += 1) nested = [nested];
  return nested;
}

function nastyGeometry(random: Random): unknown {
  const rings = () => Array.from({ length: 1 + random.below(3) }, () => ring(random));
  switch (random.below(12)) {
    case 0:
      return null;
    case 1:
      return { type: 'Point', coordinates: position(random) };
    case 2:
      return { type: 'LineString', coordinates: ring(random) };
    case 3:
      return { type: nastyText(random), coordinates: rings() };
    case 4:
      return {
        type: 'GeometryCollection',
        geometries: [{ type: 'Polygon', coordinates: rings() }],
      };
    case 5:
      return { type: 'Polygon', coordinates: deep(random.below(2000)) };
    case 6:
      return { type: 'Polygon' };
    case 7:
      return { coordinates: rings() };
    case 8:
      return { type: 'MultiPolygon', coordinates: [rings(), rings()] };
    case 9: {
      // A bow tie over the antimeridian.
      const points = [
        [179, -1],
        [-179, 1],
        [179, 1],
        [-179, -1],
        [179, -1],
      ];
      return { type: 'Polygon', coordinates: [points] };
    }
    default:
      return { type: 'Polygon', coordinates: rings() };
  }
}

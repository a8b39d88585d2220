import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OsmElement } from '../../geodata/osm/elements.js';
import { osmImporter } from '../../geodata/osm/osm.importer.js';
import { readElements } from '../../geodata/osm/read-elements.js';
import { ImportFailure, runImport } from '../../geodata/run-import.js';
import { AppError } from '../../server/errors.js';
import { cpuMs } from '../support/cpu-time.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { blobOf, dataBlobs, headerBlob, writeOsmPbf } from '../support/osm-pbf.js';
import { rounds, seed } from './support/counts.js';

const fuzzedBlocks = rounds({ usual: 4000, full: 100_000 });
const fuzzedImports = rounds({ usual: 30, full: 300 });
const megabyte = 1024 * 1024;

const town: readonly OsmElement[] = [
  ...Array.from({ length: 60 }, (_, index): OsmElement => {
    const tags = index % 7 === 0 ? { shop: 'bakery', name: `Brood ${index}` } : undefined;
    const place = { lon: 5 + index / 1000, lat: 52 + (index % 8) / 1000 };
    return { type: 'node', id: index + 1, ...place, ...(tags ? { tags } : {}) };
  }),
  ...Array.from({ length: 12 }, (_, index): OsmElement => {
    const refs = [1, 2, 3, 4].map((step) => index * 4 + step);
    const isStreet = index % 2 === 0;
    return isStreet
      ? { type: 'way', id: 100 + index, refs, tags: { highway: 'residential' } }
      : { type: 'way', id: 100 + index, refs: [...refs, refs[0]!], tags: { building: 'yes' } };
  }),
  {
    ...{ type: 'relation', id: 200, tags: { type: 'multipolygon', landuse: 'retail' } },
    members: [{ type: 'way', ref: 101, role: 'outer' }],
  },
];

type Change = { readonly at: number; readonly value: number };

function changed(bytes: Uint8Array, changes: readonly Change[]): Buffer {
  const copy = Buffer.from(bytes);
  for (const { at, value } of changes) copy[at % copy.length] = value;
  return copy;
}

const changes = fc.array(
  fc.record({
    at: fc.nat(1_000_000),
    value: fc.oneof(fc.nat(255), fc.constantFrom(0, 127, 128, 255)),
  }),
  { minLength: 1, maxLength: 8 },
);

describe('broken extracts', () => {
  let opened: TestDatabase;
  let folder: string;

  beforeAll(async () => {
    opened = await testDatabase();
    folder = await mkdtemp(path.join(os.tmpdir(), 'catchment-fuzz-'));
  });

  afterAll(async () => {
    await opened.close();
    await rm(folder, { recursive: true });
  });

  async function read(bytes: Uint8Array): Promise<number> {
    const file = path.join(folder, 'fuzzed.osm.pbf');
    await writeFile(file, bytes);
    const options = {
      ...{ kinds: ['node', 'way', 'relation'] as const, signal: new AbortController().signal },
      onFraction: () => undefined,
    };
    let count = 0;
    for await (const block of readElements(file, options)) count += block.length;
    return count;
  }

  async function isRefused(bytes: Uint8Array): Promise<boolean> {
    try {
      await read(bytes);
      return false;
    } catch (error) {
      if (error instanceof AppError && error.code === 'validation') return true;
      throw error;
    }
  }

  test(`${fuzzedBlocks} blocks with changed bytes, behind a sound envelope: elements or a sentence, in bounded memory`, async () => {
    const [block] = dataBlobs(town, 'dense');
    const before = process.memoryUsage().rss;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(changes, fc.boolean(), async (list, isPacked) => {
        const content = changed(block!, list);
        const options = { rawSize: content.length, method: isPacked ? 3 : 1 };
        const blob = blobOf('OSMData', isPacked ? deflateSync(content) : content, options);
        if (await isRefused(Buffer.concat([headerBlob(), blob]))) refused += 1;
      }),
      { numRuns: fuzzedBlocks, seed },
    );
    expect(refused).toBeGreaterThan(fuzzedBlocks / 20);
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * megabyte);
  }, 300_000);

  test('the same for compressed bytes and envelopes', async () => {
    const file = path.join(folder, 'town.osm.pbf');
    await writeOsmPbf(file, town, { form: 'dense' });
    const whole = await readFile(file);
    await fc.assert(
      fc.asyncProperty(changes, async (list) => {
        await isRefused(changed(whole, list));
      }),
      { numRuns: fuzzedBlocks / 4, seed },
    );
  }, 300_000);

  test.each([6, 7])(
    'blocks of compression %i with random content are refused at once',
    async (method) => {
      const sized = fc.tuple(
        fc.uint8Array({ minLength: 1, maxLength: 4000 }),
        fc.nat(40 * megabyte),
      );
      await fc.assert(
        fc.asyncProperty(sized, async ([content, rawSize]) => {
          const blob = blobOf('OSMData', content, { method, rawSize });
          const took = await cpuMs(() => isRefused(Buffer.concat([headerBlob(), blob])));
          expect(took).toBeLessThan(2_000);
        }),
        { numRuns: 500, seed },
      );
    },
    300_000,
  );

  test('an import of a broken file leaves what was there, and says why', async () => {
    const { database } = opened;
    const file = path.join(folder, 'import.osm.pbf');
    const start = (options: object) =>
      runImport({ database, importer: osmImporter, source: { path: file }, options });
    await writeOsmPbf(file, town, { form: 'none' });
    await start({});
    const contents = () =>
      database.row(
        `SELECT (SELECT count(*) FROM geo.roads) AS roads, (SELECT count(*) FROM geo.places) AS places,
                (SELECT count(*) FROM geo.road_edges) AS edges, (SELECT count(*) FROM geo.buildings) AS buildings,
                (SELECT count(*) FROM pg_tables WHERE tablename LIKE 'staging%') AS staging`,
      );
    const before = await contents();
    const whole = await readFile(file);
    let failed = 0;
    for (const list of fc.sample(changes, { numRuns: fuzzedImports, seed })) {
      await writeFile(file, changed(whole, list));
      const failure: unknown = await start({ replace: true }).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (failure === undefined) {
        await writeFile(file, whole);
        await start({ replace: true });
        continue;
      }
      expect(failure).toBeInstanceOf(ImportFailure);
      expect((failure as ImportFailure).report.error).not.toBe('');
      expect(await contents()).toEqual(before);
      failed += 1;
    }
    expect(failed).toBeGreaterThan(fuzzedImports / 10);
    await writeFile(file, whole);
    await start({ replace: true });
    expect(await contents()).toEqual(before);
  }, 600_000);
});

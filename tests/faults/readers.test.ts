import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSource } from '../../geodata/readers/open-source.js';
import { damaged, goodFiles, randomNumbers, readHostile } from '../support/damage.js';
import { rounds, seed } from './support/counts.js';

/** Damaged files in all. */
const count = rounds({ usual: 1200, full: 12_000 });

/** Memory that reading hostile files may take beside what the process had. */
const mostGrowthBytes = 400 * 2 ** 20;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'catchment-hostile-'));
});

afterAll(() => rm(folder, { recursive: true }));

const good = Object.entries(goodFiles());

describe.each(good)('damaged copies of %s', (name, bytes) => {
  it(
    'never end the process, hang or take memory beyond measure',
    { timeout: 600_000 },
    async () => {
      const random = randomNumbers(seed);
      const before = process.memoryUsage().rss;
      let most = before;
      // Parquet is decoded in a process of its own: starting it is most of the time.
      const copies = count / good.length / (name.endsWith('.parquet') ? 4 : 1);
      for (let n = 0; n < copies; n++) {
        await readHostile(folder, name, damaged(bytes, random));
        most = Math.max(most, process.memoryUsage().rss);
      }
      expect(most - before).toBeLessThan(mostGrowthBytes);
    },
  );
});

describe('bombs', () => {
  const gigabytes = gzipSync(Buffer.alloc(256 * 2 ** 20, 0x61));

  it.each([
    ['one endless field', 'a.csv.gz', () => gigabytes],
    [
      'an endless text in JSON',
      'b.geojson.gz',
      () =>
        gzipSync(
          Buffer.concat([
            Buffer.from(
              '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":"',
            ),
            Buffer.alloc(300 * 2 ** 20, 0x61),
          ]),
        ),
    ],
    [
      'arrays within arrays',
      'c.geojson',
      () => Buffer.from('{"features":[' + '['.repeat(2_000_000)),
    ],
    [
      'an entity that grows',
      'd.kml',
      () =>
        Buffer.from(
          '<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><kml><Placemark><name>&b;</name></Placemark></kml>',
        ),
    ],
    [
      'an endless text in XML',
      'e.kml.gz',
      () =>
        gzipSync(
          Buffer.concat([Buffer.from('<kml><Placemark><name>'), Buffer.alloc(128 * 2 ** 20, 0x61)]),
        ),
    ],
    ['a zip of zeros', 'f.zip', () => zipSync({ 'a.csv': new Uint8Array(128 * 2 ** 20) })],
  ])('%s is refused', { timeout: 120_000 }, async (_kind, name, make) => {
    const file = path.join(folder, name);
    await writeFile(file, make());
    const before = process.memoryUsage().rss;
    const reading = async () => {
      const source = await openSource(file);
      for await (const batch of source.batches)
        for (const row of batch) if (row.problem) throw new Error(row.problem);
    };
    await expect(reading()).rejects.toThrow();
    expect(process.memoryUsage().rss - before).toBeLessThan(2 * 2 ** 30);
  });
});

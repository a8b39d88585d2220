import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OsmElement } from '../../../../geodata/osm/elements.js';
import { readElements } from '../../../../geodata/osm/read-elements.js';
import { AppError } from '../../../../server/errors.js';
import { headerBlob, blobOf, dataBlobs, writeOsmPbf } from '../../../support/osm-pbf.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'catchment-pbf-'));
});

afterAll(() => rm(folder, { recursive: true }));

const town: readonly OsmElement[] = [
  { type: 'node', id: 1, lon: 5.1234567, lat: 52.7654321 },
  { type: 'node', id: -2, lon: -179.5, lat: -89, tags: { name: 'Zuid', __proto__x: 'é 漢' } },
  { type: 'node', id: 4_000_000_000_000_000, lon: 0, lat: 0 },
  { type: 'way', id: 10, refs: [1, -2, 1], tags: { highway: 'track' } },
  { type: 'way', id: -11, refs: [] },
  {
    ...{ type: 'relation', id: 20, tags: { type: 'multipolygon' } },
    members: [
      { type: 'way', ref: 10, role: 'outer' },
      { type: 'node', ref: -2, role: '' },
    ],
  },
];

async function read(
  file: string,
  kinds: readonly OsmElement['type'][] = ['node', 'way', 'relation'],
): Promise<OsmElement[]> {
  const elements: OsmElement[] = [];
  const options = { kinds, signal: new AbortController().signal, onFraction: () => undefined };
  for await (const block of readElements(file, options)) elements.push(...block);
  return elements;
}

async function readBytes(bytes: Uint8Array): Promise<OsmElement[]> {
  const file = path.join(folder, 'bytes.osm.pbf');
  await writeFile(file, bytes);
  return read(file);
}

describe('PBF', () => {
  test.each(['zlib', 'none', 'dense'] as const)('what is written comes back: %s', async (form) => {
    const file = path.join(folder, 'town.osm.pbf');
    await writeOsmPbf(file, town, { form });
    expect(await read(file)).toEqual(town);
  });

  test('kinds that are not wanted are passed over', async () => {
    const file = path.join(folder, 'town.osm.pbf');
    await writeOsmPbf(file, town);
    expect(await read(file, ['way'])).toEqual(town.filter(({ type }) => type === 'way'));
  });

  test('blocks packed by lz4 are read', async () => {
    const [block] = dataBlobs(town, 'none');
    // Literals only: the simplest block that LZ4 can be.
    const literals = block!.length - 15;
    const lengths = [...Array<number>(Math.floor(literals / 255)).fill(255), literals % 255];
    const packed = Buffer.from([0xf0, ...lengths, ...block!]);
    const bytes = [headerBlob(), blobOf('OSMData', packed, { method: 6, rawSize: block!.length })];
    expect(await readBytes(Buffer.concat(bytes))).toEqual(town);
  });

  test.each([
    ['lzma', { method: 4 }, 'compressed by lzma'],
    ['bzip2', { method: 5 }, 'compressed by bzip2'],
    ['a size above what the format allows', { rawSize: 2 ** 31 }, 'says that it holds'],
    ['no size', { rawSize: 0 }, 'says that it holds'],
    ['a size too small', { rawSize: 5 }, 'not a readable OpenStreetMap PBF'],
    ['a size too large', { rawSize: 5000 }, 'does not hold the bytes it says'],
  ])('a block with %s is refused', async (_, options, reason) => {
    const [block] = dataBlobs(town, 'none');
    const blob = blobOf('OSMData', deflateSync(block!), { rawSize: block!.length, ...options });
    await expect(readBytes(Buffer.concat([headerBlob(), blob]))).rejects.toThrow(reason);
  });

  test('a bomb unpacks no further than it says, and than the format allows', async () => {
    const bomb = deflateSync(Buffer.alloc(64 * 1024 * 1024));
    const before = process.memoryUsage().arrayBuffers;
    for (const rawSize of [1000, 33 * 1024 * 1024]) {
      const blob = blobOf('OSMData', bomb, { rawSize });
      await expect(readBytes(Buffer.concat([headerBlob(), blob]))).rejects.toThrow(AppError);
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40 * 1024 * 1024);
  });

  test('a file that needs what is not understood is refused by name', async () => {
    const header = headerBlob(['HistoricalInformation']);
    await expect(readBytes(header)).rejects.toThrow('HistoricalInformation');
  });

  test('whatever bytes change, it ends, with elements or a sentence', async () => {
    const file = path.join(folder, 'town.osm.pbf');
    await writeOsmPbf(file, town, { form: 'none' });
    const whole = await readFile(file);
    const change = fc.record({ at: fc.nat(whole.length - 1), value: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 6 }),
        fc.nat(whole.length),
        async (changes, length) => {
          const bytes = Buffer.from(whole.subarray(0, length % 3 === 0 ? length : whole.length));
          for (const { at, value } of changes) if (at < bytes.length) bytes[at] = value;
          await readBytes(bytes).catch((error: unknown) => {
            if (!(error instanceof AppError) || error.code !== 'validation') throw error;
          });
        },
      ),
      { numRuns: 300, seed: 20261122 },
    );
  });
});

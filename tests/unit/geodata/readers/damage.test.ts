import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { geoparquetReader } from '../../../../geodata/readers/geoparquet.reader.js';
import { toGeometryText } from '../../../../geodata/values/geometry-text.js';
import { parseWkb } from '../../../../geodata/geometry/parse-wkb.js';
import { damaged, goodFiles, randomNumbers, readHostile } from '../../../support/damage.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'catchment-damage-'));
  // What is left unpacked by others must not count.
  vi.stubEnv('TMPDIR', folder);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

describe.each(Object.entries(goodFiles()))('a damaged %s', (name, bytes) => {
  it('is read as far as it is whole, or refused with a reason', async () => {
    expect(await readHostile(folder, name, bytes)).toBeGreaterThan(0);
    const random = randomNumbers(7);
    // Parquet is decoded in a process of its own: starting it is most of the time.
    const copies = name.endsWith('.parquet') ? 5 : 25;
    for (let n = 0; n < copies; n++) await readHostile(folder, name, damaged(bytes, random));
    const left = (await readdir(os.tmpdir())).filter((entry) => /^catchment-unpacked-/.test(entry));
    expect(left).toEqual([]);
  });
});

describe('a Parquet file', () => {
  const plain = Buffer.from(goodFiles()['plain.parquet'] ?? []);
  /** Levels of the first page (six values of one run), and the length of the first text behind. */
  const levels = plain.indexOf(Buffer.from([3, 3, 11, 0, 0, 0]));

  async function readFirst(name: string, bytes: Uint8Array): Promise<unknown> {
    const file = path.join(folder, name);
    await writeFile(file, bytes);
    for await (const row of geoparquetReader.read(file, {})) return row.values;
    return undefined;
  }

  it('is refused at once when a page leaves out how long its levels are', async () => {
    const bytes = Buffer.from(plain);
    // The field of that length becomes another, which nothing reads.
    bytes.set([0x81], levels - 4);
    await expect(readFirst('levels.parquet', bytes)).rejects.toThrow('a row group is damaged');
  });

  it('is given up when its decoding takes memory or time beyond measure', async () => {
    const bytes = Buffer.from(plain);
    // A run of 2^31 - 1 times the same level.
    bytes.set([0xfe, 0xff, 0xff, 0xff, 0x0f], levels);
    await expect(readFirst('run.parquet', bytes)).rejects.toThrow('beyond measure');
  });

  it('is refused when it says another number of rows than its row groups have', async () => {
    const rows = plain.lastIndexOf(Buffer.from([0x16, 0x04, 0x19, 0x1c]));
    const bytes = Buffer.concat([
      plain.subarray(0, rows + 1),
      Buffer.from([0x84, 0x80, 0x80, 0x80, 0x20]),
      plain.subarray(rows + 2),
    ]);
    const size = bytes.readUInt32LE(bytes.length - 8);
    bytes.writeUInt32LE(size + 4, bytes.length - 8);
    await expect(readFirst('rows.parquet', bytes)).rejects.toThrow('is damaged');
  });

  it('may be left after its first row', async () => {
    expect(await readFirst('whole.parquet', plain)).toEqual({ name: 'Café Noord', people: 1200 });
  });
});

describe('a geometry from outside', () => {
  const number = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, null, 'x', 1e308));
  const nested = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 6 }, number, fc.array(tie('value'), { maxLength: 4 })),
  })).value;
  const type = fc.constantFrom(
    'Point',
    'LineString',
    'Polygon',
    'MultiPolygon',
    'Circle',
    undefined,
  );

  it('becomes text that a database takes, or a reason', () => {
    fc.assert(
      fc.property(type, nested, (kind, coordinates) => {
        const parsed = toGeometryText({ type: kind, coordinates });
        if (!parsed.ok) return parsed.reason.length > 0;
        return !/null|NaN|Infinity/.test(parsed.value);
      }),
      { numRuns: 500 },
    );
  });

  it('may have a million corners', () => {
    const ring = Array.from({ length: 1_000_000 }, (_, n) => [Math.cos(n), Math.sin(n)]);
    expect(toGeometryText({ type: 'Polygon', coordinates: [ring] }).ok).toBe(true);
  });

  it('as bytes is parsed or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          parseWkb(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
      { numRuns: 500 },
    );
  });
});

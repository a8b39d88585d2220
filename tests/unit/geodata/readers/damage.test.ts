import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
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
    for (let n = 0; n < 25; n++) await readHostile(folder, name, damaged(bytes, random));
    const left = (await readdir(os.tmpdir())).filter((entry) => /^catchment-unpacked-/.test(entry));
    expect(left).toEqual([]);
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

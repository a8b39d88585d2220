import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSource, type SourceOptions } from '../../../geodata/readers/open-source.js';
import { separatorOf } from '../../../geodata/detect/layout.js';
import type { SourceRow } from '../../../geodata/readers/source-row.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'catchment-readers-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function allOf(file: string, options: SourceOptions): Promise<SourceRow[]> {
  const all: SourceRow[] = [];
  const source = await openSource(file, options);
  for await (const batch of source.batches) all.push(...batch);
  return all;
}

async function readText(
  name: string,
  text: string,
  options: SourceOptions = {},
): Promise<SourceRow[]> {
  const file = path.join(folder, name);
  await writeFile(file, name.endsWith('.gz') ? gzipSync(text) : text);
  return allOf(file, options);
}

describe('the CSV reader', () => {
  it('gives the line on which each record begins', async () => {
    const rows = await readText('lines.csv', 'id,note\n1,"two\nlines"\n\n2,x\n');
    expect(rows).toEqual([
      { line: 2, values: { id: '1', note: 'two\nlines' } },
      { line: 5, values: { id: '2', note: 'x' } },
    ]);
  });

  it('takes off a byte order mark, finds the separator and unpacks', async () => {
    const rows = await readText('bom.csv.gz', '\ufeffid;naam\n1;Jan\n');
    expect(rows).toEqual([{ line: 2, values: { id: '1', naam: 'Jan' } }]);
  });

  it('tells a record with too many or too few fields', async () => {
    const rows = await readText('short.csv', 'a,b\n1\n1,2,3\n');
    expect(rows.map(({ problem }) => problem)).toEqual([
      'has 1 fields where the header names 2',
      'has 3 fields where the header names 2',
    ]);
  });

  it('refuses a header that names a column twice', async () => {
    await expect(readText('twice.csv', 'a,a\n1,2\n')).rejects.toThrow(/column a twice/);
  });

  it('reads Latin-1 when told so', async () => {
    const file = path.join(folder, 'latin1.csv');
    await writeFile(file, Buffer.from('nome\nMunicípio\n', 'latin1'));
    const rows = await allOf(file, { encoding: 'latin1' });
    expect(rows[0]?.values).toEqual({ nome: 'Município' });
  });

  it('reads back whatever was written', async () => {
    const text = fc.string({ unit: 'grapheme' }).map((s) => s.replaceAll('\0', '').trim());
    const records = fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(records, async (given) => {
        const written = stringify(
          given.map(([a, b]) => [`a${a}`, `b${b}`]),
          { header: true, columns: ['first', 'second'], quoted: true },
        );
        const rows = await readText('any.csv', written);
        expect(rows.map(({ values }) => values)).toEqual(
          given.map(([a, b]) => ({ first: `a${a}`.trim(), second: `b${b}`.trim() })),
        );
      }),
      { numRuns: 40 },
    );
  });
});

describe('separatorOf', () => {
  it('does not count what stands in quotes', () => {
    expect(separatorOf('"a,b,c";d')).toBe(';');
    expect(separatorOf('only')).toBe(',');
    expect(separatorOf('a\tb')).toBe('\t');
  });
});

describe('the GeoJSON reader', () => {
  it('gives features one by one with their number', async () => {
    const collection = {
      type: 'FeatureCollection',
      name: 'x',
      features: [
        {
          type: 'Feature',
          id: 7,
          properties: { a: 1 },
          geometry: { type: 'Point', coordinates: [4, 52] },
        },
        { type: 'Feature', properties: { id: 'own' }, geometry: null },
      ],
    };
    expect(await readText('points.geojson.gz', JSON.stringify(collection))).toEqual([
      { line: 1, values: { a: 1, id: 7 }, geometry: { type: 'Point', coordinates: [4, 52] } },
      { line: 2, values: { id: 'own' } },
    ]);
  });

  it.each([['{"type":"Feature"}'], ['{"features":['], ['[]']])('refuses %s', async (text) => {
    await expect(readText('bad.geojson', text)).rejects.toThrow();
  });
});

import { describe, expect, it } from 'vitest';
import { exportFormats } from '../../../../server/contract/exports.js';
import type { AccountExport } from '../../../../server/modules/export/account-export.repository.js';
import type { ExportRow } from '../../../../server/modules/export/export-columns.js';
import { formats } from '../../../../server/modules/export/formats.js';
import { assertFits } from '../../../../server/modules/export/send-export.js';
import { readExport } from '../../../support/read-exports.js';

async function* inPages(rows: readonly ExportRow[]): AsyncGenerator<readonly ExportRow[]> {
  for (let from = 0; from < rows.length; from += 1000) yield rows.slice(from, from + 1000);
}

const anExport = (rows: readonly ExportRow[]): AccountExport => ({
  title: 'Test',
  columns: [
    { name: 'account_id', type: 'integer' },
    { name: 'name', type: 'text' },
    { name: 'lon', type: 'number' },
    { name: 'lat', type: 'number' },
  ],
  total: rows.length,
  bounds: null,
  sources: [],
  pages: inPages(rows),
});

async function write(name: string, rows: readonly ExportRow[]): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  const format = formats.find((candidate) => candidate.name === name);
  for await (const chunk of format!.write(anExport(rows))) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('the formats of the export', () => {
  it('are those of the contract', () => {
    expect(formats.map(({ name }) => name)).toEqual(exportFormats);
  });

  it.each(exportFormats)('%s can be empty', async (name) => {
    expect((await readExport[name](await write(name, []))).rows).toEqual([]);
  });

  it('GeoParquet goes into row groups of ten thousand', async () => {
    const rows = Array.from({ length: 25_000 }, (_, id): ExportRow => [id, `n${id}`, 4, 52]);
    const file = await readExport.parquet(await write('parquet', rows));
    expect(file.metadata['rowGroups']).toBe(3);
    expect(file.rows.at(-1)).toEqual({ account_id: 24_999, name: 'n24999', lon: 4, lat: 52 });
  });

  it('XLSX refuses more than a sheet holds and says what to do', () => {
    const xlsx = formats.find(({ name }) => name === 'xlsx')!;
    expect(() => assertFits(xlsx, 1_048_575)).not.toThrow();
    expect(() => assertFits(xlsx, 1_048_576)).toThrow(/ends at 1,048,576 rows.*take CSV/);
  });
});

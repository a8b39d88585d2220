import path from 'node:path';
import { z } from 'zod';
import type { Queryable } from '../../server/db/database.js';
import { defineImporter, type ImportContext, type ImportSource } from '../importer.js';
import { createStagingTable, type StagingTable } from '../loaders/bulk-loader.js';
import { rejectDuplicates, rejectStaged } from '../loaders/staged-issues.js';
import { columnText } from '../mapping/column-value.js';
import { fileOptions, importRows } from '../import-source.js';
import type { SourceRow } from '../readers/source-row.js';
import { findLevel, levelOption } from './region-level.js';
import { placeAgain } from './postcodes.importer.js';

const column = z.string().min(1).optional();

const rangesOptions = z.object({
  ...fileOptions,
  level: levelOption.describe('Number or name of the level of the regions'),
  region: z.string().min(1).describe('Column with the code of the region'),
  first: column.describe('Column with the first postcode of the range'),
  last: column.describe('Column with the last postcode of the range'),
  ranges: column.describe(
    'One column with all ranges, such as "[01000-001 05999-999] [08000-000 …]"',
  ),
  length: z.coerce
    .number()
    .int()
    .positive()
    .optional()
    .describe('Characters of the postcode that are kept, for tables of prefixes'),
});

type RangesOptions = z.output<typeof rangesOptions>;
type Range = { readonly first: string; readonly last: string };

/** Ranges of postcodes that belong to a region. */
export const postcodeRangesImporter = defineImporter({
  name: 'postcode-ranges',
  describe: 'Ranges of postcodes (first to last) and the code of their region (CSV)',
  options: rangesOptions,
  run: importRanges,
});

async function importRanges(source: ImportSource, options: RangesOptions, context: ImportContext) {
  const { database, issues, progress, signal } = context;
  const table = await createStagingTable(database.pool, context.importId, 'ranges', {
    line: 'bigint',
    region: 'text',
    first_postcode: 'text',
    last_postcode: 'text',
  });
  progress.stage(`Reading ${path.basename(source.path)}`);
  const staged = async function* () {
    for await (const row of importRows(context, source.path, options)) {
      const region = columnText(row.values, options.region);
      const ranges = rangesOf(row, options);
      const reason = row.problem ?? problemOf(region, ranges);
      if (reason === undefined) {
        for (const { first, last } of ranges) yield [row.line, region, first, last];
      } else await issues.reject({ line: row.line, field: 'range', value: region, reason });
    }
  };
  await context.loader.load(table, staged(), { signal });
  progress.stage('Writing postcode ranges');
  return database.transaction(async (client) => {
    const level = await findLevel(client, options.level);
    await rejectDuplicates(client, context, table, ['region', 'first_postcode', 'last_postcode']);
    await rejectStaged(client, context, table, {
      where: `NOT EXISTS (SELECT 1 FROM geo.regions r WHERE r.level = ${level} AND r.code = s.region)`,
      field: 'region',
      value: 's.region',
      reason: `'no region of level ${level} has this code'`,
    });
    const counts = await replaceRanges(client, table, { level, importId: context.importId });
    if (counts.inserted + counts.removed > 0) await placeAgain(client, context);
    signal.throwIfAborted();
    const { inserted, unchanged, removed } = counts;
    return { inserted, updated: 0, unchanged, summary: { rangesRemoved: removed } };
  });
}

function rangesOf(row: SourceRow, options: RangesOptions): readonly Range[] {
  const cut = (text: string) => text.slice(0, options.length);
  if (options.ranges !== undefined) {
    const text = columnText(row.values, options.ranges) ?? '';
    return [...text.matchAll(/\[\s*([^\s\]]+)\s+([^\s\]]+)\s*\]/g)].map(([, first, last]) => ({
      first: cut(first ?? ''),
      last: cut(last ?? ''),
    }));
  }
  const first = options.first === undefined ? null : columnText(row.values, options.first);
  const last = options.last === undefined ? first : columnText(row.values, options.last);
  return first === null || last === null ? [] : [{ first: cut(first), last: cut(last) }];
}

function problemOf(region: string | null, ranges: readonly Range[]): string | undefined {
  if (region === null) return 'the region is empty';
  if (ranges.length === 0) return 'there is no range of postcodes';
  if (ranges.some(({ first, last }) => first.length !== last.length)) {
    return 'first and last postcode differ in length';
  }
  if (ranges.some(({ first, last }) => first > last)) return 'the first postcode is after the last';
  return undefined;
}

/** Brings the ranges of the regions in the file to what the file says. */
async function replaceRanges(
  client: Queryable,
  table: StagingTable,
  { level, importId }: { readonly level: number; readonly importId: number },
) {
  const wanted = `(SELECT s.first_postcode, s.last_postcode, r.region_id FROM ${table.name} s
    JOIN geo.regions r ON r.level = ${level} AND r.code = s.region)`;
  const same = `w.region_id = g.region_id AND w.first_postcode = g.first_postcode
    AND w.last_postcode = g.last_postcode`;
  const removed = await client.query(
    `DELETE FROM geo.postcode_ranges g
     WHERE g.region_id IN (SELECT region_id FROM ${wanted} a)
       AND NOT EXISTS (SELECT 1 FROM ${wanted} w WHERE ${same})`,
  );
  const inserted = await client.query(
    `INSERT INTO geo.postcode_ranges (first_postcode, last_postcode, region_id, import_id)
     SELECT first_postcode, last_postcode, region_id, ${importId} FROM ${wanted} w
     WHERE NOT EXISTS (SELECT 1 FROM geo.postcode_ranges g WHERE ${same})`,
  );
  const total = await client.query<{ count: number }>(
    `SELECT count(*) AS count FROM ${table.name}`,
  );
  const insertedRows = inserted.rowCount ?? 0;
  return {
    inserted: insertedRows,
    unchanged: (total.rows[0]?.count ?? 0) - insertedRows,
    removed: removed.rowCount ?? 0,
  };
}

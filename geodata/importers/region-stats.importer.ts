import path from 'node:path';
import { z } from 'zod';
import { defineImporter, type ImportContext, type ImportSource } from '../importer.js';
import { createStagingTable } from '../loaders/bulk-loader.js';
import { mergeRows } from '../loaders/merge-rows.js';
import { rejectDuplicates, rejectStaged } from '../loaders/staged-issues.js';
import { columnText } from '../mapping/column-value.js';
import { fileOptions, importRows } from '../import-source.js';
import { isTemplate, parseTemplate } from '../mapping/template.js';
import { rematchForLayer } from '../matching/rematch-for-layer.js';
import type { OpenSource } from '../readers/open-source.js';
import { findLevel, levelOption } from './region-level.js';
import {
  decimalOption,
  rollUpStatistics,
  statisticsOption,
  statisticsReader,
} from './region-statistics.js';

const statsOptions = z.object({
  ...fileOptions,
  level: levelOption.describe('Number or name of the level'),
  code: z.string().min(1).describe('Column with the code of the region, or a template'),
  statistics: statisticsOption.refine((names) => Object.keys(names).length > 0, 'name one or more'),
  decimal: decimalOption,
});

type StatsOptions = z.output<typeof statsOptions>;

/** Statistics of regions that are there already. */
export const regionStatsImporter = defineImporter({
  name: 'region-stats',
  describe: 'Population, households, dwellings and other numbers of regions (CSV)',
  options: statsOptions,
  run: importStatistics,
});

async function importStatistics(
  source: ImportSource,
  options: StatsOptions,
  context: ImportContext,
) {
  const { database, issues, progress, signal } = context;
  const statistics = statisticsReader(options.statistics, options.decimal);
  const table = await createStagingTable(database.pool, context.importId, 'stats', {
    line: 'bigint',
    code: 'text',
    ...statistics.columns,
  });
  const template = parseTemplate(isTemplate(options.code) ? options.code : `{${options.code}}`);
  progress.stage(`Reading ${path.basename(source.path)}`);
  const staged = async function* () {
    const onOpen = (opened: OpenSource) => statistics.readAs(opened.formatOf);
    for await (const row of importRows(context, source.path, options, onOpen)) {
      const code = template.fill((name) => columnText(row.values, name));
      const reason = row.problem ?? (code === null ? `${options.code} is empty` : undefined);
      if (reason === undefined) yield [row.line, code, ...(await statistics.values(row, issues))];
      else await issues.reject({ line: row.line, field: 'code', value: code, reason });
    }
  };
  await context.loader.load(table, staged(), { signal });
  progress.stage('Writing statistics');
  return database.transaction(async (client) => {
    const level = await findLevel(client, options.level);
    await rejectDuplicates(client, context, table, ['code']);
    await rejectStaged(client, context, table, {
      where: `NOT EXISTS (SELECT 1 FROM geo.regions r WHERE r.level = ${level} AND r.code = s.code)`,
      field: 'code',
      value: 's.code',
      reason: `'no region of level ${level} has this code'`,
    });
    const counts = await mergeRows(client, {
      target: 'geo.regions',
      key: ['level', 'code'],
      columns: statistics.merge,
      updateStamps: { updated_at: 'now()' },
      insertOnly: { name: 's.code' },
      source: `(SELECT ${level}::smallint AS level, * FROM ${table.name})`,
    });
    if (counts.updated > 0) {
      await rollUpStatistics(client);
      await rematchForLayer(client, 'regions', { signal });
    }
    signal.throwIfAborted();
    return counts;
  });
}

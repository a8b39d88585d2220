import path from 'node:path';
import { z } from 'zod';
import type { Queryable } from '../../server/db/database.js';
import { defineImporter, type ImportContext, type ImportSource } from '../importer.js';
import {
  createStagingTable,
  type StagingTable,
  type StagingValue,
} from '../loaders/bulk-loader.js';
import { mergeRows, type MergeColumn } from '../loaders/merge-rows.js';
import { rejectDuplicates, warnStaged } from '../loaders/staged-issues.js';
import { repairAreas, tellAreas } from '../loaders/staged-shapes.js';
import { columnText } from '../mapping/column-value.js';
import { fileOptions, importRows } from '../import-source.js';
import { isTemplate, parseTemplate } from '../mapping/template.js';
import { rematchForLayer } from '../matching/rematch-for-layer.js';
import type { OpenSource } from '../readers/open-source.js';
import type { SourceRow } from '../readers/source-row.js';
import { toGeometryText } from '../values/geometry-text.js';
import { ensureLevel, levelOption } from './region-level.js';
import { rowFilter, whereOption } from './row-filter.js';
import {
  decimalOption,
  rollUpStatistics,
  statisticsOption,
  statisticsReader,
  type StatisticsReader,
} from './region-statistics.js';

const column = z.string().min(1);

const regionsOptions = z.object({
  ...fileOptions,
  level: levelOption.describe('1 (coarsest) to 8, or a name; a new name is the next deeper level'),
  levelName: z.string().optional().describe('Name of the level, for example Municipality'),
  levelPlural: z.string().optional().describe('Its plural, for example Municipalities'),
  code: column.describe('Column with the official code, or a template such as "BR{id}"'),
  name: column.optional().describe('Column with the name, or a template; without it names stay'),
  parent: column
    .optional()
    .describe(
      'Column with the code of the parent, or a template such as "{code:2}"; else by shape',
    ),
  parentMatch: z.enum(['code', 'name']).default('code').describe('What the parent column holds'),
  statistics: statisticsOption.default({}),
  where: whereOption.default({}),
  decimal: decimalOption,
});

type RegionsOptions = z.output<typeof regionsOptions>;

/** Regions of one level of the hierarchy, with shapes (GeoJSON) or without (CSV). */
export const regionsImporter = defineImporter({
  name: 'regions',
  describe: 'Regions of one level: code, name, parent, shape, statistics (GeoJSON, CSV)',
  options: regionsOptions,
  run: importRegions,
});

async function importRegions(
  source: ImportSource,
  options: RegionsOptions,
  context: ImportContext,
) {
  const statistics = statisticsReader(options.statistics, options.decimal);
  const tools = { context, statistics };
  const { table, hasShapes, leftOut } = await stageRegions(source, options, tools);
  context.progress.stage('Repairing shapes');
  await repairAreas(context.database.pool, table);
  context.progress.stage('Writing regions');
  return context.database.transaction(async (client) => {
    const { level, isChanged } = await ensureLevel(client, options);
    await rejectDuplicates(client, context, table, ['code']);
    if (hasShapes) await tellAreas(client, context, table, 's.code');
    await findParents(client, context, table, { level, options, hasShapes });
    const counts = await mergeRegions(client, table, {
      level,
      source,
      context,
      columns: writtenColumns(options, hasShapes, statistics),
    });
    const changed = counts.inserted + counts.updated;
    const adopted = hasShapes && changed > 0 ? await adoptChildren(client, level) : 0;
    if (changed > 0 || isChanged) {
      await rollUpStatistics(client);
      await client.query('SELECT geo.refresh_region_members()');
      context.progress.stage('Matching accounts to the regions');
      await rematchForLayer(client, 'regions', { signal: context.signal });
    }
    context.signal.throwIfAborted();
    const found = { childrenAdopted: adopted, leftOut };
    const told = Object.entries(found).filter(([, number]) => number > 0);
    return { ...counts, summary: { level, ...Object.fromEntries(told) } };
  });
}

type StagedRegions = {
  readonly table: StagingTable;
  readonly hasShapes: boolean;
  /** Rows that the option `where` does not mean. */
  readonly leftOut: number;
};

type StageTools = { readonly context: ImportContext; readonly statistics: StatisticsReader };

async function stageRegions(
  source: ImportSource,
  options: RegionsOptions,
  { context, statistics }: StageTools,
): Promise<StagedRegions> {
  const { issues, progress, signal } = context;
  const table = await createStagingTable(context.database.pool, context.importId, 'regions', {
    line: 'bigint',
    code: 'text',
    name: 'text',
    parent_code: 'text',
    parent_id: 'bigint',
    geom: 'geometry',
    ...statistics.columns,
  });
  const codeOf = textSource(options.code);
  const nameOf = options.name === undefined ? () => null : textSource(options.name);
  const parentOf = options.parent === undefined ? () => null : textSource(options.parent);
  const filter = rowFilter(options.where);
  let hasShapes = false;
  progress.stage(`Reading ${path.basename(source.path)}`);
  const stageRow = async (row: SourceRow): Promise<readonly StagingValue[] | undefined> => {
    const { line } = row;
    const reject = async (field: string | null, reason: string) => {
      await issues.reject({ line, field, value: null, reason });
      return undefined;
    };
    if (!filter.fits(row)) return undefined;
    if (row.problem !== undefined) return reject(null, row.problem);
    const code = codeOf(row);
    if (code === null) return reject('code', `${options.code} is empty`);
    const shape = row.geometry === undefined ? undefined : toGeometryText(row.geometry);
    if (shape?.ok === false) return reject('geometry', shape.reason);
    if (shape) hasShapes = true;
    const text = shape?.value ?? null;
    const numbers = await statistics.values(row, issues);
    return [line, code, nameOf(row), parentOf(row), null, text, ...numbers];
  };
  const staged = async function* () {
    const onOpen = (opened: OpenSource) => {
      filter.check(opened);
      statistics.readAs(opened.formatOf);
    };
    for await (const row of importRows(context, source.path, options, onOpen)) {
      const values = await stageRow(row);
      if (values) yield values;
    }
  };
  await context.loader.load(table, staged(), { signal });
  return { table, hasShapes, leftOut: filter.leftOut() };
}

/** Where a column is meant, its text; where a template is, the filled template. */
function textSource(columnOrTemplate: string): (row: SourceRow) => string | null {
  if (!isTemplate(columnOrTemplate)) return (row) => columnText(row.values, columnOrTemplate);
  const template = parseTemplate(columnOrTemplate);
  return (row) => template.fill((name) => columnText(row.values, name));
}

/** SQL: a staged shape as the table of regions holds it. */
const stagedShape = 'ST_Multi(s.geom)::geometry(MultiPolygon, 4326)';

type ParentRequest = {
  readonly level: number;
  readonly options: RegionsOptions;
  readonly hasShapes: boolean;
};

/** Sets `parent_id` of the staged regions: by code or name where given, else by the shape that holds them. */
async function findParents(
  client: Queryable,
  context: ImportContext,
  table: StagingTable,
  { level, options, hasShapes }: ParentRequest,
): Promise<void> {
  if (options.parent !== undefined && level > 1) {
    const match = options.parentMatch === 'code' ? 'p.code' : 'lower(p.name)';
    const wanted = options.parentMatch === 'code' ? 's.parent_code' : 'lower(s.parent_code)';
    await client.query(
      `UPDATE ${table.name} s SET parent_id = (
         SELECT p.region_id FROM geo.regions p
         WHERE ${match} = ${wanted} AND p.level BETWEEN 1 AND ${level - 1}
         ORDER BY p.level DESC, p.region_id LIMIT 1)`,
    );
    await warnStaged(client, context, table, {
      where: 's.parent_id IS NULL',
      field: 'parent',
      value: 's.parent_code',
      reason: `'no region above has this ${options.parentMatch}'`,
    });
  }
  if (hasShapes && level > 1) {
    await client.query(
      `UPDATE ${table.name} s SET parent_id = (
         SELECT p.region_id FROM geo.regions p
         WHERE p.level BETWEEN 1 AND ${level - 1} AND ST_Contains(p.geom, ST_PointOnSurface(${stagedShape}))
         ORDER BY p.level DESC, p.region_id LIMIT 1)
       WHERE s.parent_id IS NULL AND s.geom IS NOT NULL`,
    );
  }
  await client.query(
    `UPDATE ${table.name} SET parent_id = (SELECT region_id FROM geo.regions WHERE level = 0)
     WHERE parent_id IS NULL`,
  );
}

function writtenColumns(
  options: RegionsOptions,
  hasShapes: boolean,
  statistics: StatisticsReader,
): Record<string, MergeColumn> {
  const isParentKnown = hasShapes || options.parent !== undefined;
  return {
    name: { value: 'COALESCE(s.name, s.code)', updateValue: 'COALESCE(s.name, t.name)' },
    ...(isParentKnown ? { parent_id: {} } : {}),
    ...(hasShapes
      ? {
          geom: {
            value: stagedShape,
            updateValue: `COALESCE(${stagedShape}, t.geom)`,
          },
          area_km2: {
            value: 'ST_Area(s.geom::geography) / 1e6',
            updateValue: 'COALESCE(ST_Area(s.geom::geography) / 1e6, t.area_km2)',
          },
        }
      : {}),
    ...statistics.merge,
  };
}

type RegionMerge = {
  readonly level: number;
  readonly source: ImportSource;
  readonly context: ImportContext;
  readonly columns: Record<string, MergeColumn>;
};

async function mergeRegions(client: Queryable, table: StagingTable, merge: RegionMerge) {
  const { level, source, context, columns } = merge;
  const counts = await mergeRows(client, {
    target: 'geo.regions',
    key: ['level', 'code'],
    columns,
    stamps: { import_id: String(context.importId) },
    updateStamps: { updated_at: 'now()' },
    source: `(SELECT ${level}::smallint AS level, * FROM ${table.name})`,
  });
  if (counts.inserted + counts.updated === 0) return counts;
  await client.query(`UPDATE geo.regions SET source = $1, licence = $2 WHERE import_id = $3`, [
    source.source ?? null,
    source.licence ?? null,
    context.importId,
  ]);
  return counts;
}

/** Hangs deeper regions that skipped this level under the new region that holds them. */
async function adoptChildren(client: Queryable, level: number): Promise<number> {
  const adopted = await client.query(
    `UPDATE geo.regions c SET parent_id = p.region_id, updated_at = now()
     FROM geo.regions above, geo.regions p
     WHERE c.level > $1 AND above.region_id = c.parent_id AND above.level < $1
       AND p.level = $1 AND ST_Contains(p.geom, ST_PointOnSurface(c.geom))`,
    [level],
  );
  return adopted.rowCount ?? 0;
}

import { z } from 'zod';
import type { Queryable } from '../../server/db/database.js';
import type { StagingType, StagingValue } from '../loaders/bulk-loader.js';
import type { MergeColumn } from '../loaders/merge-rows.js';
import { columnText } from '../mapping/column-value.js';
import type { ValueFormat } from '../detect/column-formats.js';
import type { SourceRow } from '../readers/source-row.js';
import type { IssueLog } from '../report/issue-log.js';
import { parseNumber, type DecimalMark } from '../values/parse-number.js';

/** Statistics with a column of their own in geo.regions; any other name goes to `statistics`. */
const ownColumns = ['population', 'households', 'dwellings', 'income', 'dwelling_value'] as const;

/** Statistics that a region has as the sum over its parts. */
const additive = ['population', 'households', 'dwellings'] as const;

/** What publishers write where there is no value. */
const missing = new Set(['.', '..', '-', 'x', 'na', 'n/a', 'null', 'nan']);

const statisticName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,50}$/, 'use lower case letters, digits and underscores');

export const statisticsOption = z
  .record(statisticName, z.string())
  .describe('NAME=COLUMN, also NAME=COLUMN*1000: population, households, dwellings, income, …');

export const decimalOption = z
  .enum(['auto', 'point', 'comma'])
  .default('auto')
  .describe('Decimal mark of numbers');

export type StatisticsReader = {
  /** Staging columns, in the order of the values. */
  readonly columns: Readonly<Record<string, StagingType>>;
  /** For `mergeRows` on geo.regions. */
  readonly merge: Readonly<Record<string, MergeColumn>>;
  /** Statistics of a row; values that are no number, or negative where none can be, are told. */
  values(row: SourceRow, issues: IssueLog): Promise<StagingValue[]>;
  /** Lets numbers be read as they were found to be written, where the option leaves it open. */
  readAs(formatOf: (column: string) => ValueFormat): void;
};

type Statistic = { readonly name: string; readonly column: string; readonly scale: number };

/** Reads the statistics that the option names. A value that is missing leaves the stored one. */
export function statisticsReader(
  option: Readonly<Record<string, string>>,
  decimal: DecimalMark,
): StatisticsReader {
  const all = Object.entries(option).map(([name, text]) => toStatistic(name, text));
  const own = ownColumns.filter((name) => name in option);
  const hasUrbanity = 'urbanity' in option;
  const names = [...own, ...(hasUrbanity ? ['urbanity'] : [])];
  const further = all.filter(({ name }) => !names.includes(name));
  const byName = new Map(all.map((statistic) => [statistic.name, statistic]));
  const marks = new Map<string, DecimalMark>();
  const markOfColumn = (column: string) => marks.get(column) ?? decimal;
  return {
    readAs(formatOf) {
      for (const { column } of all) {
        const found = formatOf(column);
        if (decimal === 'auto' || found.isTyped) marks.set(column, found.decimal);
      }
    },
    columns: {
      ...Object.fromEntries(own.map((name) => [name, 'double precision' as const])),
      ...(hasUrbanity ? { urbanity: 'text' as const } : {}),
      ...(all.length > 0 ? { statistics: 'jsonb' as const } : {}),
    },
    merge: mergeColumns(names, own, all.length > 0),
    async values(row, issues) {
      if (all.length === 0) return [];
      const numbers: StagingValue[] = [];
      for (const name of own) {
        numbers.push(await numberOf(row, byName.get(name) as Statistic, { issues, markOfColumn }));
      }
      const urbanity = byName.get('urbanity');
      if (urbanity) numbers.push(columnText(row.values, urbanity.column));
      const rest: Record<string, number> = {};
      for (const statistic of further) {
        const value = await numberOf(row, statistic, { issues, markOfColumn });
        if (value !== null) rest[statistic.name] = value;
      }
      return [...numbers, JSON.stringify(rest)];
    },
  };
}

function toStatistic(name: string, text: string): Statistic {
  const scaled = /^(.*)\*\s*([\d.]+)$/.exec(text);
  if (!scaled) return { name, column: text.trim(), scale: 1 };
  return { name, column: (scaled[1] ?? '').trim(), scale: Number(scaled[2]) };
}

function mergeColumns(
  names: readonly string[],
  own: readonly string[],
  hasStatistics: boolean,
): Record<string, MergeColumn> {
  const columns: Record<string, MergeColumn> = {};
  for (const name of names) {
    columns[name] = { value: `s.${name}`, updateValue: `COALESCE(s.${name}, t.${name})` };
  }
  if (!hasStatistics) return columns;
  // A value of the region's own takes the place of the sum over its parts, and of the mark that says so.
  const marks = additive
    .filter((name) => own.includes(name))
    .map((name) => `- CASE WHEN s.${name} IS NULL THEN '' ELSE '${markOf(name)}' END`);
  columns['statistics'] = {
    value: 's.statistics',
    updateValue: `(t.statistics ${marks.join(' ')}) || s.statistics`,
  };
  return columns;
}

type NumberTools = {
  readonly issues: IssueLog;
  readonly markOfColumn: (column: string) => DecimalMark;
};

async function numberOf(
  row: SourceRow,
  { name, column, scale }: Statistic,
  { issues, markOfColumn }: NumberTools,
): Promise<number | null> {
  const text = columnText(row.values, column);
  if (text === null || missing.has(text.toLowerCase())) return null;
  const parsed = parseNumber(text, markOfColumn(column));
  const reason = !parsed.ok ? parsed.reason : parsed.value < 0 ? 'is negative' : undefined;
  if (parsed.ok && (reason === undefined || !ownColumns.some((own) => own === name))) {
    return parsed.value * scale;
  }
  await issues.warn({
    line: row.line,
    field: name,
    value: text,
    reason: `${reason}; left as it was`,
  });
  return null;
}

function markOf(name: string): string {
  return `${name}_from_children`;
}

/**
 * Gives regions without population, households or dwellings of their own the sum over their parts, from
 * the deepest level up to the project. `statistics` then holds `population_from_children`, the number of
 * parts summed, so that a value of the region's own can be told from a sum.
 */
export async function rollUpStatistics(queryable: Queryable): Promise<void> {
  for (const name of additive) {
    for (let level = 7; level >= 0; level -= 1) {
      await queryable.query(
        `WITH parts AS (
           SELECT COALESCE(c.parent_id, root.region_id) AS parent_id,
             sum(c.${name}) AS total, count(*) AS parts
           FROM geo.regions c
           CROSS JOIN (SELECT region_id FROM geo.regions WHERE level = 0) root
           WHERE c.level > 0 AND c.${name} IS NOT NULL
           GROUP BY 1
         )
         UPDATE geo.regions p SET ${name} = s.total, updated_at = now(),
           statistics = p.statistics || jsonb_build_object('${markOf(name)}', s.parts)
         FROM parts s
         WHERE p.region_id = s.parent_id AND p.level = $1
           AND (p.${name} IS NULL OR p.statistics ? '${markOf(name)}')
           AND ROW(p.${name}, p.statistics -> '${markOf(name)}')
             IS DISTINCT FROM ROW(s.total, to_jsonb(s.parts))`,
        [level],
      );
    }
  }
}

import { z } from 'zod';
import { AppError } from '../../server/errors.js';
import { databaseProjections, type Projections } from '../crs/projections.js';
import type { ColumnFormat } from '../detect/column-formats.js';
import { fileOptions, type FileOptions } from '../import-source.js';
import { inspectSource, type Inspection } from '../inspect-source.js';
import { columnText } from '../mapping/column-value.js';
import { UsageError, type Command, type CommandContext } from './command.js';
import { describeOptions, parseOptions } from './parse-options.js';

const inspectOptions = z.object({
  ...fileOptions,
  rows: z.coerce.number().int().min(0).default(3).describe('First rows to show'),
  json: z.boolean().optional().describe('All of it as JSON'),
});

/** Says how a file would be read, without importing it. */
export const inspectCommand: Command = {
  name: 'inspect',
  usage: 'FILE [options]',
  describe: 'Say what a file holds and how it would be read, without importing it',
  details: () => describeOptions(inspectOptions),
  run: async (args, context) => {
    const { positionals, values } = parseOptions(args, inspectOptions);
    const [file, ...surplus] = positionals;
    if (file === undefined) throw new UsageError('Say which file to inspect.');
    if (surplus.length > 0) throw new UsageError(`${surplus[0]} is one argument too many.`);
    const parsed = inspectOptions.safeParse(values);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new AppError('validation', `Option ${issue?.path.join('.')}: ${issue?.message}.`);
    }
    await inspect(file, parsed.data, context);
  },
};

type InspectOptions = FileOptions & { readonly rows: number; readonly json?: boolean | undefined };

async function inspect(
  file: string,
  { json, maxUnpacked, ...options }: InspectOptions,
  { print, signal, database }: CommandContext,
): Promise<void> {
  // The file's own word suffices to look at it; only a code that a person gives has to be looked up.
  const projections = options.crs === undefined ? {} : { projections: await registerOf(database) };
  const reading = { ...options, ...projections, maxUnpackedBytes: maxUnpacked, signal };
  const found = await inspectSource(file, reading);
  if (json) print(JSON.stringify(found, undefined, 2));
  else print(describe(file, found).join('\n'));
}

async function registerOf(database: CommandContext['database']): Promise<Projections> {
  return databaseProjections((await database()).pool);
}

function describe(file: string, { detection, readAs, rows, suggestion }: Inspection): string[] {
  const { layers = [], geometry, columns } = detection;
  const lines = [`${file}: ${readAs}`];
  if (detection.rows !== undefined) lines.push(`${detection.rows.toLocaleString('en')} rows`);
  if (layers.length > 1) lines.push(`Layers: ${layers.map(({ name }) => name).join(', ')}`);
  if (geometry) {
    const column = geometry.column === undefined ? '' : ` in column ${geometry.column}`;
    lines.push(`Geometry: ${geometry.types.join(', ')}${column}`);
  }
  lines.push('', 'Columns:', ...columnLines(columns));
  if (rows.length > 0) lines.push('', 'First rows:');
  for (const { line, values, problem } of rows) {
    const texts = columns.map(({ name }) => columnText(values, name) ?? '');
    lines.push(`  ${line}: ${texts.join(' | ')}${problem === undefined ? '' : ` (${problem})`}`);
  }
  if (suggestion) {
    const pairs = Object.entries(suggestion.columns).map(([field, name]) => `${field} = ${name}`);
    lines.push('', `Fits: catchment import ${suggestion.importer}`, ...pairs.map((p) => `  ${p}`));
  }
  return lines;
}

function columnLines(columns: readonly ColumnFormat[]): string[] {
  const width = Math.min(40, Math.max(0, ...columns.map(({ name }) => name.length)));
  return columns.map((column) => {
    const { name, examples } = column;
    return `  ${name.padEnd(width)}  ${formatText(column).padEnd(24)}  ${examples.join(' | ')}`.trimEnd();
  });
}

/** Type and way of writing, for example `number, decimal comma`. */
function formatText({ type, numbers, dates }: ColumnFormat): string {
  if (dates) return `date, ${dates.pattern}`;
  if (!numbers || numbers.decimal === 'none') return type;
  const thousands = numbers.thousands === undefined ? '' : `, thousands ${numbers.thousands}`;
  const mark = numbers.decimal === 'ambiguous' ? 'mark ambiguous' : `decimal ${numbers.decimal}`;
  return `${type}, ${mark}${thousands}`;
}

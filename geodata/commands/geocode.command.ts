import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { z } from 'zod';
import type { Database } from '../../server/db/database.js';
import { AppError } from '../../server/errors.js';
import { toCsv } from '../../server/http/csv.js';
import { geocodeMany } from '../geocoding/geocode-many.js';
import type { GeocodeAnswer } from '../geocoding/geocoder.js';
import { refreshSearchIndex } from '../geocoding/refresh-search-index.js';
import { ProgressMeter } from '../progress.js';
import { openSource } from '../readers/open-source.js';
import { UsageError, type Command, type CommandContext } from './command.js';
import { parseOptions } from './parse-options.js';

const geocodeOptions = z.object({
  column: z.string().default('address').describe('Column of the file that holds the address'),
  out: z.string().optional().describe('File to write: the rows with what was found'),
  country: z.string().length(2).optional().describe('Only answers in this country'),
  limit: z.coerce.number().int().min(1).max(50).default(5).describe('Most answers to a text'),
});

type GeocodeOptions = z.output<typeof geocodeOptions>;

const rowsAtOnce = 500;
const foundColumns = [
  'geocode_label',
  'geocode_lon',
  'geocode_lat',
  'geocode_precision',
  'geocode_confidence',
  'geocode_ambiguous',
  'geocode_source',
  'geocode_licence',
];

/** Places one address, or a column of a file. */
export const geocodeCommand: Command = {
  name: 'geocode',
  usage: '"TEXT" | FILE --column address --out OUT.csv',
  describe: 'Place an address, or every row of a file, by what is loaded',
  run: async (args, context) => {
    const { positionals, values } = parseOptions(args, geocodeOptions);
    const [what, ...surplus] = positionals;
    if (what === undefined) throw new UsageError('Say which address, or which file.');
    if (surplus.length > 0) throw new UsageError('Put the address in quotes.');
    const options = geocodeOptions.parse(values);
    const isFile = await stat(what).then(
      (found) => found.isFile(),
      () => false,
    );
    if (!isFile && options.out !== undefined)
      throw new AppError('validation', `There is no file ${what}.`);
    const database = await context.database();
    await refreshSearchIndex(database, { signal: context.signal });
    if (isFile) await geocodeFile(what, options, { database, context });
    else await geocodeText(what, options, { database, context });
  },
};

type Tools = { readonly database: Database; readonly context: CommandContext };

async function geocodeText(
  text: string,
  { limit, country }: GeocodeOptions,
  { database, context }: Tools,
): Promise<void> {
  const [answers = []] = await geocodeMany(database.pool, [{ text }], {
    limit,
    country: country?.toUpperCase(),
  });
  if (answers.length === 0) context.print('Nothing found.');
  for (const answer of answers) {
    const [lon, lat] = answer.lonLat;
    const doubt = answer.ambiguous ? ', ambiguous' : '';
    context.print(
      `${answer.label}  ${lon.toFixed(6)},${lat.toFixed(6)}  ` +
        `${answer.precision}, confidence ${answer.confidence.toFixed(2)}${doubt}`,
    );
  }
}

async function geocodeFile(
  file: string,
  { column, out, country }: GeocodeOptions,
  { database, context }: Tools,
): Promise<void> {
  if (out === undefined) throw new UsageError('Say with --out where the result goes.');
  const progress = new ProgressMeter([context.onProgress]);
  progress.stage('Placing');
  const target = createWriteStream(out);
  const counts = { rows: 0, found: 0, certain: 0 };
  let columns: string[] | undefined;
  const write = async (rows: Row[]) => {
    const answers = await geocodeMany(
      database.pool,
      rows.map((row) => ({ text: String(row[column] ?? '') })),
      { limit: 1, country: country?.toUpperCase() },
    );
    const lines = rows.map((row, index) => {
      const best = answers[index]?.[0];
      counts.rows += 1;
      if (best) counts.found += 1;
      if (best && best.confidence >= 0.8 && !best.ambiguous) counts.certain += 1;
      return [...columns!.map((name) => textOf(row[name])), ...foundValues(best)];
    });
    if (!target.write(toCsv(lines)))
      await new Promise((resolve) => target.once('drain', () => resolve(undefined)));
  };
  const opened = await openSource(file, {
    signal: context.signal,
    onFraction: (fraction) => progress.fraction(fraction),
  });
  for await (const batch of opened.batches) {
    if (columns === undefined) {
      columns = Object.keys(batch[0]?.values ?? {});
      if (!columns.includes(column))
        throw new AppError('validation', missingColumn(file, column, columns));
      target.write(toCsv([[...columns, ...foundColumns]]));
    }
    for (let start = 0; start < batch.length; start += rowsAtOnce) {
      await write(batch.slice(start, start + rowsAtOnce).map(({ values }) => values));
    }
  }
  target.end();
  await finished(target);
  progress.stage('');
  context.print(
    `${counts.rows.toLocaleString('en')} rows, ${counts.found.toLocaleString('en')} placed, ` +
      `${counts.certain.toLocaleString('en')} of them certain: ${out}`,
  );
}

function missingColumn(file: string, column: string, columns: readonly string[]): string {
  return `${file} has no column ${column}; it has ${columns.join(', ')}.`;
}

type Row = Readonly<Record<string, unknown>>;

function textOf(value: unknown): string | number | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'number' ? value : String(value);
}

function foundValues(best: GeocodeAnswer | undefined): (string | number | boolean | null)[] {
  if (!best) return foundColumns.map(() => null);
  return [
    best.label,
    best.lonLat[0],
    best.lonLat[1],
    best.precision,
    best.confidence,
    best.ambiguous,
    best.source ?? null,
    best.licence ?? null,
  ];
}

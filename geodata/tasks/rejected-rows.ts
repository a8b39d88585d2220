import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { Database } from '../../server/db/database.js';
import { columnNames, columnText } from '../mapping/column-value.js';
import { openSource, type SourceOptions } from '../readers/open-source.js';
import type { SourceRow } from '../readers/source-row.js';

/** Columns before those of the file, which say why a row was rejected; an import takes no notice of them. */
export const rejectedColumns = ['rejected_line', 'rejected_reason'] as const;

/** Where the place of a shape goes, so that a mended row has it again. */
const geometryColumn = 'geometry';
const privateFile = 0o600;
const byteOrderMark = '\uFEFF';

type RejectedSource = {
  readonly file: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly target: string;
};

/**
 * Writes the rows that an import rejected as they stood in its file, with line and reason before them, so that they
 * can be mended and loaded again. Answers their number; writes nothing where there are none.
 */
export async function writeRejectedRows(
  database: Database,
  importId: number,
  { file, options, target }: RejectedSource,
): Promise<number> {
  const reasons = await reasonsByLine(database, importId);
  if (reasons.size === 0) return 0;
  const source = await openSource(file, readingOf(options));
  await mkdir(path.dirname(target), { recursive: true });
  const output = createWriteStream(target, { mode: privateFile });
  const columns = columnsOf(source.sample);
  const hasShapes = source.detection.geometry !== undefined;
  const header = [...rejectedColumns, ...columns, ...(hasShapes ? [geometryColumn] : [])];
  output.write(byteOrderMark + toLine(header));
  let written = 0;
  for await (const batch of source.batches) {
    for (const row of batch) {
      const reason = reasons.get(row.line);
      if (reason === undefined) continue;
      const values = columns.map((column) => columnText(row.values, column));
      const shape = hasShapes ? [row.geometry ? JSON.stringify(row.geometry) : null] : [];
      if (!output.write(toLine([row.line, reason, ...values, ...shape])))
        await once(output, 'drain');
      written += 1;
    }
    if (written >= reasons.size) break;
  }
  output.end();
  await once(output, 'close');
  return written;
}

async function reasonsByLine(database: Database, importId: number): Promise<Map<number, string>> {
  const rows = await database.rows<{ line: number; reason: string }>(
    `SELECT line, string_agg(DISTINCT concat_ws(': ', field, reason), '; ') AS reason
     FROM app.import_issues WHERE import_id = $1 AND severity = 'rejected' AND line IS NOT NULL
     GROUP BY line`,
    [importId],
  );
  return new Map(rows.map(({ line, reason }) => [line, reason]));
}

function readingOf(options: Readonly<Record<string, unknown>>): SourceOptions {
  const names = ['separator', 'quote', 'encoding', 'headerLine', 'layer', 'geometry'];
  return Object.fromEntries(names.map((name) => [name, options[name]])) as SourceOptions;
}

/** Columns of all rows of the sample, in the order in which they come up. */
function columnsOf(sample: readonly SourceRow[]): string[] {
  const names = sample.flatMap(({ values }) => columnNames(values));
  return [...new Set(names)].filter((name) => !rejectedColumns.some((own) => own === name));
}

/** Not neutralised against formulas: the row is to be loaded again as it stood, and its owner brought it. */
function toLine(values: readonly (string | number | null)[]): string {
  return stringify([[...values]], { record_delimiter: 'windows' });
}

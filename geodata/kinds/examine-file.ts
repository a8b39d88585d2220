import path from 'node:path';
import { AppError } from '../../server/errors.js';
import type { ColumnFormat } from '../detect/column-formats.js';
import { columnText } from '../mapping/column-value.js';
import { openSource, type SourceOptions } from '../readers/open-source.js';
import { describeDetection, type SourceDetection } from '../readers/source-detection.js';
import type { SourceRow } from '../readers/source-row.js';
import { estimateRows } from './estimate-rows.js';
import { guessKinds, type KindGuess } from './guess-kinds.js';
import { isOsm } from './is-osm.js';
import type { Suggestion } from './suggest-fields.js';

/** What a screen shows of a file before anything is decided. */
export type ExaminedFile = {
  /** How it is read, as one line. */
  readonly readAs: string;
  readonly detection: Omit<SourceDetection, 'columns'>;
  readonly columns: readonly ColumnFormat[];
  /** About how many rows there are; null where that cannot be told without reading all. */
  readonly rows: number | null;
  readonly sample: readonly SampleRow[];
  readonly guesses: readonly KindGuess[];
  readonly suggestions: Readonly<Record<string, Suggestion>>;
};

export type SampleRow = {
  readonly line: number;
  /** Texts in the order of the columns. */
  readonly values: readonly (string | null)[];
  readonly problem: string | null;
};

/** A file that cannot be read as it is: why, and the layers where one has to be chosen. */
export type UnreadableFile = { readonly problem: string; readonly layers: readonly string[] };

const sampleRows = 6;
const guessRows = 300;
const mostCharacters = 200;

/** Looks at the beginning of a file: format, columns, first rows, and which imports it could be. */
export async function examineFile(
  file: string,
  options: SourceOptions = {},
): Promise<ExaminedFile | UnreadableFile> {
  if (await isOsm(file)) return openStreetMap;
  try {
    const source = await openSource(file, options);
    await source.close();
    const { columns, ...detection } = source.detection;
    const rows = await estimateRows(file, source.detection);
    return {
      readAs: describeDetection(source.detection),
      detection,
      columns,
      rows: rows ?? null,
      sample: source.sample.slice(0, sampleRows).map((row) => toSample(row, columns)),
      ...guessKinds(source.detection, source.sample.slice(0, guessRows)),
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const layers = error.details?.['layers'];
    return {
      problem: error.message.replaceAll(file, path.basename(file)),
      layers: Array.isArray(layers) ? layers.map(String) : [],
    };
  }
}

function toSample(
  { line, values, problem }: SourceRow,
  columns: readonly ColumnFormat[],
): SampleRow {
  return {
    line,
    values: columns.map(({ name }) => columnText(values, name)?.slice(0, mostCharacters) ?? null),
    problem: problem ?? null,
  };
}

const openStreetMap: ExaminedFile = {
  readAs: 'OpenStreetMap',
  detection: {
    format: 'OpenStreetMap',
    packing: [],
    values: { decimal: undefined, dates: undefined, patterns: [] },
  },
  columns: [],
  rows: null,
  sample: [],
  guesses: [{ kind: 'osm', score: 1, because: [] }],
  suggestions: {},
};

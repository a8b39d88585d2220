import { z } from 'zod';
import { AppError } from '../../server/errors.js';
import { columnText } from '../mapping/column-value.js';
import type { OpenSource } from '../readers/open-source.js';
import type { SourceRow } from '../readers/source-row.js';

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/**
 * Which rows of a file are meant: `water=NEE`, or `water!=JA` for all but those. In a recipe
 * `where: { water: NEE }`, `where: { 'water!': JA }`, and a list for any of several values.
 */
export const whereOption = z
  .record(
    z.string().min(1),
    z.union([scalar.transform((value) => [value]), z.array(scalar).min(1)]),
  )
  .describe('COLUMN=VALUE or COLUMN!=VALUE: only rows that fit, others are left out and counted');

export type RowFilter = {
  /** Whether a row is meant; counts those that are not. */
  readonly fits: (row: SourceRow) => boolean;
  /** @throws AppError where the file has no column of a condition */
  readonly check: (source: OpenSource) => void;
  /** Rows that were not meant, so far. */
  readonly leftOut: () => number;
};

type Condition = {
  readonly column: string;
  readonly isEqual: boolean;
  readonly values: ReadonlySet<string>;
};

/** Tells the rows that fit all conditions. An empty value is equal to '' only. */
export function rowFilter(where: z.output<typeof whereOption>): RowFilter {
  const conditions = Object.entries(where).map(([name, values]) => toCondition(name, values));
  let leftOut = 0;
  return {
    fits: ({ values }) => {
      const isMeant = conditions.every(
        (condition) =>
          condition.values.has(columnText(values, condition.column) ?? '') === condition.isEqual,
      );
      if (!isMeant) leftOut += 1;
      return isMeant;
    },
    check: ({ fixedColumns, detection }) => {
      if (!fixedColumns || detection.columns.length === 0) return;
      const names = new Set(detection.columns.map(({ name }) => name));
      const missing = conditions.find(({ column }) => !names.has(column));
      if (!missing) return;
      const known = [...names].join(', ');
      throw new AppError(
        'validation',
        `The option where names the column ${missing.column}, which the file does not have. It has: ${known}.`,
      );
    },
    leftOut: () => leftOut,
  };
}

/** `water` or `water!`, as the command line splits `water!=JA` at its first equals sign. */
function toCondition(name: string, values: readonly string[]): Condition {
  const isEqual = !name.endsWith('!');
  const column = (isEqual ? name : name.slice(0, -1)).trim();
  return { column, isEqual, values: new Set(values.map((value) => value.trim())) };
}

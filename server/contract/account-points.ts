import { z } from 'zod';
import {
  pointColumns,
  pointLimit,
  type PointCategory,
  type PointValue,
  type PointColumn,
} from './point-columns.js';

export * from './point-columns.js';

export const pointColumnParams = z.object({
  edition: z.string().max(40),
  column: z.enum(pointColumns),
});

export const pointRowParams = z.object({
  edition: z.string().max(40),
  row: z.coerce.number().int().min(0).max(pointLimit),
});

export const pointRowSchema = z.object({ id: z.number().int() });

/** Begins the body of a column: JSON behind its length in four bytes, lowest first. */
export type PointColumnHeader = {
  readonly edition: string;
  readonly column: PointColumn;
  readonly rows: number;
  /** Values of a category in the order of their codes from 1, the most frequent first. */
  readonly values?: readonly string[];
  /** What the values are called, where they are only ids. */
  readonly labels?: readonly string[];
};

/** Accounts that were added or changed since the edition was made, as columns. */
export type AddedPoints = {
  readonly ids: readonly number[];
  /** Position on the world square of 2^32 by 2^32. */
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly categories: Readonly<Record<PointCategory, readonly (string | null)[]>>;
  readonly values: Readonly<Record<PointValue, readonly number[]>>;
};

/**
 * Begins the body of a mask, which goes on with a bit a row of the edition, the lowest first: whether the
 * account passes the filter and still is as it was.
 */
export type PointMaskHeader = {
  readonly edition: string;
  /** Number of the newest change that the answer follows. */
  readonly version: number;
  readonly rows: number;
  /** Set where there are more accounts than `pointLimit`; there is no bit then. */
  readonly isTooMany: boolean;
  readonly added: AddedPoints;
};

import { z } from 'zod';

/** Columns of accounts by which points can be coloured; null is "none" of them. */
export const pointCategories = [
  'lifecycle',
  'segment',
  'kind',
  'housing_type',
  'zone_kind',
  'owner',
] as const;

/** Sums of accounts that points can be sized by: whole hundredths of the currency. */
export const pointValues = ['revenue', 'revenue_12m'] as const;

/**
 * What can be fetched of the placed accounts, a body each, all in the same order.
 *
 * `positions` come at 24 bits an axis (2.4 m at the equator), `fine` adds four more (15 cm).
 */
export const pointColumns = ['positions', 'fine', ...pointCategories, ...pointValues] as const;

export type PointCategory = (typeof pointCategories)[number];
export type PointValue = (typeof pointValues)[number];
export type PointColumn = (typeof pointColumns)[number];

/** Bits an axis of `positions`, out of the 32 that the world square has. */
export const positionBits = 24;

/** Bits an axis that `fine` adds below them. */
export const fineBits = 4;

/** Above so many accounts nobody gets them one by one: the map shows tiles and says so. */
export const pointLimit = 5_000_000;

/** Code of what has no value, and of all values beyond the 254 most frequent. */
export const noneCode = 0;
export const otherCode = 255;

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

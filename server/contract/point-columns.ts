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

import { z } from 'zod';

const MAX_ID = Number.MAX_SAFE_INTEGER;

/** A row's id in an address, for example /api/accounts/42. */
export const idSchema = z
  .string()
  .regex(/^[1-9]\d{0,15}$/, 'must be a whole number')
  .transform(Number)
  .pipe(z.number().max(MAX_ID));

export const idParams = z.object({ id: idSchema });

/** A number of rows in a query string. */
export function limitSchema(byDefault: number, max: number) {
  return z.coerce.number().int().min(1).max(max).default(byDefault);
}

/** A number of a query string; empty text is none. */
export const numberParam = z.string().trim().min(1).pipe(z.coerce.number());

export const lonSchema = z.number().min(-180).max(180);
export const latSchema = z.number().min(-90).max(90);

/** An instant in UTC as ISO 8601 text, for example 2026-11-21T08:30:00.000Z. */
export const timestampSchema = z.iso.datetime();

import type { z } from 'zod';
import { AppError } from '../errors.js';

/** A place in a sorted list as opaque text for `nextCursor`. */
export function encodeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** The place behind a cursor; throws a validation error for anything that we did not hand out. */
export function decodeCursor<Position>(cursor: string, schema: z.ZodType<Position>): Position {
  const parsed = schema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  if (parsed.success) return parsed.data;
  throw new AppError('validation', 'cursor: take it from nextCursor of the same list', {
    fields: { cursor: 'Take it from nextCursor of the same list' },
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { Readable } from 'node:stream';
import type { FastifyRequest, HookHandlerDoneFunction } from 'fastify';
import { AppError } from '../errors.js';

/**
 * A preValidation hook that refuses the character U+0000 anywhere in a request.
 *
 * PostgreSQL cannot store it, so it would end as a failed statement. The bytes of a file are none of its business.
 */
export function refuseNullCharacters(
  { params, query, body }: FastifyRequest,
  _reply: unknown,
  done: HookHandlerDoneFunction,
): void {
  const text = body instanceof Readable ? undefined : body;
  if (![params, query, text].some(hasNullCharacter)) return done();
  const message = 'The request holds a character that cannot be stored (U+0000).';
  done(new AppError('validation', message));
}

function hasNullCharacter(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  if (Array.isArray(value)) return value.some(hasNullCharacter);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return false;
  return Object.entries(value).some(([key, part]) => key.includes('\0') || hasNullCharacter(part));
}

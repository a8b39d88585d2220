import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  hasZodFastifySchemaValidationErrors,
  type ZodFastifySchemaValidationError,
} from 'fastify-type-provider-zod';
import type { Problem } from '../contract/problem.js';
import { isDatabaseAway } from '../db/database-away.js';
import { explainDiskFull } from '../db/disk-full.js';
import { AppError, type ErrorCode } from '../errors.js';
import { explainConstraint } from './constraints.js';

const titles: Record<ErrorCode, string> = {
  validation: 'The request is not right',
  unauthenticated: 'Not signed in',
  forbidden: 'Not allowed',
  not_found: 'Not found',
  conflict: 'In conflict with what is there',
  too_many_requests: 'Too many requests',
  unavailable: 'Not available at the moment',
  internal: 'Something went wrong',
};

const RETRY_AFTER_SECONDS = 2;

/** The one error handler: every error becomes problem details, and what is our fault goes to the log. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const known = toAppError(error);
  if (known.code === 'internal') {
    request.log.error({ err: error }, 'request failed');
  } else if (known.code === 'unavailable') {
    request.log.warn({ err: error }, 'request could not be served');
    reply.header('Retry-After', RETRY_AFTER_SECONDS);
  }
  const problem: Problem = {
    type: `urn:catchment:problem:${known.code}`,
    title: titles[known.code],
    status: known.status,
    detail: known.message,
    code: known.code,
    ...(known.details && { details: known.details }),
    instance: `urn:catchment:request:${request.id}`,
  };
  // Serialised here: the schema of the route describes its success, not its problems.
  reply
    .status(known.status)
    .header('Content-Type', 'application/problem+json')
    .header('Cache-Control', 'no-store')
    .serializer(JSON.stringify)
    .send(problem);
}

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) return invalidRequest(error);
  const constraint = explainConstraint(error);
  if (constraint) return constraint;
  if (isDatabaseAway(error)) {
    return new AppError(
      'unavailable',
      'The database does not answer at the moment. Try again in a few seconds.',
      { retryable: true },
    );
  }
  const diskFull = explainDiskFull(error);
  if (diskFull !== undefined) return new AppError('unavailable', diskFull, { retryable: true });
  return fromStatus(error) ?? new AppError('internal', internalSentence);
}

const internalSentence =
  'This did not work and it is our fault. Try again; if it stays, report the id of this request.';

function invalidRequest(error: {
  readonly validation: readonly ZodFastifySchemaValidationError[];
}): AppError {
  const fields: Record<string, string> = {};
  for (const issue of error.validation) {
    const name = issue.instancePath.replace(/^\//, '').replaceAll('/', '.') || 'request';
    fields[name] ??= issue.message ?? 'not understood';
  }
  const [name, sentence] = Object.entries(fields)[0] ?? ['request', 'not understood'];
  return new AppError('validation', `${name}: ${sentence}`, { fields });
}

/** Errors of Fastify and its plugins carry a status below 500 and a message that may be shown. */
function fromStatus(error: unknown): AppError | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  const code = codeOfStatus[Number(error.statusCode)];
  if (code !== undefined) return new AppError(code, error.message);
  return Number(error.statusCode) < 500 ? new AppError('validation', error.message) : undefined;
}

const codeOfStatus: Readonly<Record<number, ErrorCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  429: 'too_many_requests',
  503: 'unavailable',
};

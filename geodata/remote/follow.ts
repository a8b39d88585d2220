import type { IncomingMessage } from 'node:http';
import { AppError } from '../../server/errors.js';
import type { OpenUrl, RequestOptions } from './guarded-request.js';
import { checkAddress, type AddressPolicy } from './remote-address.js';

const MAX_REDIRECTS = 5;
const redirects = new Set([301, 302, 303, 307, 308]);

/** A passing fault: the same request may work in a moment. */
export class RetryableError extends Error {
  /** What the server asks to wait. */
  readonly afterMs: number | undefined;

  constructor(message: string, afterMs?: number) {
    super(message);
    this.name = 'RetryableError';
    this.afterMs = afterMs;
  }
}

export type Followed = { readonly url: URL; readonly response: IncomingMessage };

/**
 * Asks an address and follows its redirects, each checked like the first.
 *
 * @throws AppError where an address is refused or the file is not to be had; RetryableError for faults that pass
 */
export async function follow(
  address: URL,
  policy: AddressPolicy,
  open: OpenUrl,
  options: RequestOptions,
): Promise<Followed> {
  let url = checkAddress(address, policy);
  for (let redirected = 0; redirected <= MAX_REDIRECTS; redirected += 1) {
    const response = await openOnce(url, open, options);
    const status = response.statusCode ?? 0;
    const { location } = response.headers;
    if (!redirects.has(status) || location === undefined) return { url, response };
    response.destroy();
    if (!URL.canParse(location, url)) {
      throw new AppError('unavailable', `${url.host} leads on to what is no address.`);
    }
    url = checkAddress(new URL(location, url), policy);
  }
  throw new AppError('unavailable', `${address.host} leads on more than ${MAX_REDIRECTS} times.`);
}

async function openOnce(url: URL, open: OpenUrl, options: RequestOptions) {
  try {
    return await open(url, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof AppError) throw error;
    throw new RetryableError(`${url.host}: ${(error as Error).message}`);
  }
}

/** Throws for an answer that brings no file; leaves those that are `expected`. */
export function assertAnswer({ url, response }: Followed, expected: readonly number[]): void {
  const status = response.statusCode ?? 0;
  if (expected.includes(status)) return;
  response.destroy();
  if (status === 404 || status === 410) {
    throw new AppError(
      'not_found',
      `There is no file at ${url.href}. The publisher may have moved it: look it up and give its new address.`,
    );
  }
  if (status === 401 || status === 403) {
    throw new AppError('forbidden', `${url.host} does not give ${url.pathname} to everybody.`);
  }
  const message = `${url.host} answered ${status}`;
  if (status === 408 || status === 429 || status >= 500) {
    throw new RetryableError(message, retryAfterMs(response.headers['retry-after']));
  }
  throw new AppError('unavailable', `${message} for ${url.pathname}.`);
}

const MAX_WAIT_MS = 60_000;

function retryAfterMs(header: string | undefined): number | undefined {
  const seconds = Number(header);
  return header === undefined || !Number.isFinite(seconds)
    ? undefined
    : Math.min(Math.max(0, seconds * 1000), MAX_WAIT_MS);
}

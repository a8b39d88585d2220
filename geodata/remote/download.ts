import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '../../server/errors.js';
import type { CacheEntry } from './cache-entry.js';
import { assertAnswer, follow, RetryableError, type Followed } from './follow.js';
import type { RemoteAccess, Transfer } from './remote-access.js';

/**
 * Brings the whole file of an address into its place in the cache, or leaves it where it did not change there. What a
 * broken connection leaves behind is completed by the next attempt, also by the next run.
 *
 * @throws AppError where the address is refused, the file is not there, too large, or does not come
 */
export async function downloadOnce(
  url: URL,
  entry: CacheEntry,
  access: RemoteAccess,
  transfer: Transfer,
): Promise<void> {
  const whole = await entry.note('file');
  const part = whole ? undefined : await entry.note('part');
  const have = part?.version === undefined ? 0 : await entry.partBytes();
  const followed = await follow(url, access.policy, access.open, {
    headers: conditions(whole?.version, part?.version, have),
    signal: transfer.signal,
  });
  assertAnswer(followed, [200, 206, 304, 416]);
  const { response } = followed;
  switch (response.statusCode) {
    case 304:
      response.destroy();
      return;
    case 416:
      response.destroy();
      await entry.dropPart();
      throw new RetryableError(`${url.host}: the part that is here does not fit the file there`);
    case 206:
      if (startOfRange(followed) !== have) {
        response.destroy();
        await entry.dropPart();
        throw new RetryableError(`${url.host} sent another part than was asked for`);
      }
      return receive(followed, entry, { access, transfer, from: have });
    default:
      return receive(followed, entry, { access, transfer, from: 0 });
  }
}

function conditions(whole: string | undefined, part: string | undefined, have: number) {
  const headers: Record<string, string> = {};
  if (whole !== undefined) headers[isTag(whole) ? 'if-none-match' : 'if-modified-since'] = whole;
  if (part !== undefined && have > 0) {
    headers['range'] = `bytes=${have}-`;
    headers['if-range'] = part;
  }
  return headers;
}

function isTag(version: string): boolean {
  return version.startsWith('"') || version.startsWith('W/');
}

function startOfRange({ response }: Followed): number {
  return Number(/^bytes (\d+)-/.exec(response.headers['content-range'] ?? '')?.[1]);
}

type Receiving = {
  readonly access: RemoteAccess;
  readonly transfer: Transfer;
  readonly from: number;
};

async function receive(
  followed: Followed,
  entry: CacheEntry,
  { access, transfer, from }: Receiving,
): Promise<void> {
  const { url, response } = followed;
  const { headers } = response;
  const body = unpacked(followed);
  const isPacked = body !== response;
  const length = isPacked ? NaN : Number(headers['content-length'] ?? NaN);
  const total = Number.isNaN(length) ? undefined : from + length;
  const tooLarge = () => refuseSize(url, access.maxBytes);
  if (total !== undefined && total > access.maxBytes) {
    response.destroy();
    await entry.dropPart();
    throw tooLarge();
  }
  const version = versionOf(headers.etag, headers['last-modified']);
  // The part of a packed answer cannot be continued: its bytes are not those on the way.
  if (from === 0) await entry.writePartNote(isPacked || !version ? {} : { version });
  let bytes = from;
  const output = await open(entry.part, from === 0 ? 'w' : 'a');
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > access.maxBytes) throw tooLarge();
      await output.appendFile(chunk);
      transfer.onBytes(bytes, total);
    }
  } catch (error) {
    transfer.signal?.throwIfAborted();
    throw await explain(error, url, entry);
  } finally {
    response.destroy();
    await output.close();
  }
  if (total !== undefined && bytes !== total) {
    throw new RetryableError(`${url.host} broke off after ${bytes} of ${total} bytes`);
  }
  // What a check for changes will ask with next time.
  await entry.writePartNote(version ? { version } : {});
  await entry.finish();
}

function versionOf(tag: string | undefined, changed: string | undefined): string | undefined {
  // A weak tag does not say that the bytes are the same (RFC 9110, 13.1.5).
  return tag !== undefined && !tag.startsWith('W/') ? tag : changed;
}

function unpacked({ url, response }: Followed): Readable {
  const encoding = response.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return response;
  if (encoding === 'gzip') {
    const unpacker = createGunzip();
    response.on('error', (error) => unpacker.destroy(error));
    return response.pipe(unpacker);
  }
  response.destroy();
  throw new AppError('unavailable', `${url.host} packs its files in an unknown way: ${encoding}.`);
}

async function explain(error: unknown, url: URL, entry: CacheEntry): Promise<Error> {
  if (error instanceof AppError) {
    await entry.dropPart();
    return error;
  }
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC') {
    return new AppError('unavailable', `The disk is full: ${entry.part}. Make room and try again.`);
  }
  if (code === 'EACCES' || code === 'EROFS') {
    return new AppError('unavailable', `Cannot write ${entry.part}: ${message}.`);
  }
  return new RetryableError(`${url.host} broke off: ${message}`);
}

/** The refusal of a file that is larger than the limit. */
export function refuseSize(url: URL, maxBytes: number): AppError {
  const limit = (maxBytes / 1e9).toLocaleString('en', { maximumSignificantDigits: 3 });
  return new AppError(
    'validation',
    `${url.href} is larger than ${limit} GB. Raise CATCHMENT_REMOTE_MAX_BYTES if you have the room.`,
  );
}

import { appendFile, truncate, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { AppError } from '../../server/errors.js';
import type { CacheEntry } from './cache-entry.js';
import { refuseSize } from './download.js';
import { assertAnswer, follow, RetryableError } from './follow.js';
import type { RemoteAccess, Transfer } from './remote-access.js';
import { retrying } from './retry.js';

const MAX_PAGE_BYTES = 128 * 1024 * 1024;
const MAX_PAGES = 100_000;
const head = '{"type":"FeatureCollection","features":[\n';

const pageSchema = z.object({
  features: z.array(z.unknown()),
  links: z.array(z.object({ rel: z.string().optional(), href: z.string() })).optional(),
  exceededTransferLimit: z.boolean().optional(),
  properties: z.object({ exceededTransferLimit: z.boolean().optional() }).nullish(),
});

type Page = z.output<typeof pageSchema>;

/**
 * Brings a source that comes in pages of GeoJSON into one file: OGC API Features (`next` links), ArcGIS feature
 * services (`resultOffset`) and WFS 2 with a `count` (`startIndex`). Each page is asked again where it fails; a run
 * that ends early is continued at its page by the next.
 *
 * @throws AppError as `downloadOnce` does, and where an answer is no page of features
 */
export async function downloadPages(
  url: URL,
  entry: CacheEntry,
  access: RemoteAccess,
  transfer: Transfer,
): Promise<void> {
  const before = await entry.note('part');
  const isContinued = before?.next !== undefined && before.bytes !== undefined;
  let next: URL | undefined = new URL(isContinued ? (before.next ?? url) : url);
  let bytes = isContinued ? (before.bytes ?? 0) : head.length;
  if (isContinued) await truncate(entry.part, bytes);
  else await writeFile(entry.part, head);
  let linesBefore = '';
  for (let pages = 0; next !== undefined; pages += 1) {
    if (pages === MAX_PAGES) throw new AppError('unavailable', `${url.host} does not end.`);
    const page = await readPage(next, access, transfer);
    const lines = page.features.map((feature) => JSON.stringify(feature)).join(',\n');
    if (lines !== '' && lines === linesBefore) {
      throw new AppError('unavailable', `${url.host} repeats a page.`);
    }
    linesBefore = lines;
    const text = Buffer.from(bytes > head.length && lines !== '' ? `,\n${lines}` : lines);
    bytes += text.length;
    if (bytes > access.maxBytes) {
      await entry.dropPart();
      throw refuseSize(url, access.maxBytes);
    }
    await appendFile(entry.part, text);
    transfer.onBytes(bytes, undefined);
    next = nextPage(next, page);
    await entry.writePartNote(next ? { next: next.href, bytes } : {});
  }
  await appendFile(entry.part, '\n]}\n');
  await entry.finish();
}

async function readPage(url: URL, access: RemoteAccess, transfer: Transfer): Promise<Page> {
  const { signal } = transfer;
  return retrying(
    async () => {
      const headers = { accept: 'application/geo+json, application/json;q=0.9' };
      const followed = await follow(url, access.policy, access.open, { headers, signal });
      assertAnswer(followed, [200]);
      const text = await readText(followed.response, url);
      const page = pageSchema.safeParse(parseJson(text, url));
      if (page.success) return page.data;
      throw new AppError('unavailable', `${url.href} answered with something else than features.`);
    },
    { wait: access.wait, signal, progressed: () => 0 },
  );
}

async function readText(response: IncomingMessage, url: URL): Promise<string> {
  const isPacked = response.headers['content-encoding'] === 'gzip';
  const body = isPacked ? response.pipe(createGunzip()) : response;
  response.on('error', (error) => body.destroy(error));
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MAX_PAGE_BYTES) throw refuseSize(url, MAX_PAGE_BYTES);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new RetryableError(`${url.host} broke off: ${(error as Error).message}`);
  } finally {
    response.destroy();
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string, url: URL): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RetryableError(`${url.host} answered with something else than JSON`);
  }
}

/** The address of the page after this one; undefined after the last. */
function nextPage(url: URL, page: Page): URL | undefined {
  const link = page.links?.find(({ rel }) => rel === 'next');
  if (link) return new URL(link.href, url);
  const count = page.features.length;
  if (page.exceededTransferLimit ?? page.properties?.exceededTransferLimit) {
    return stepped(url, 'resultOffset', count);
  }
  const asked = Number(parameterOf(url, 'count')?.[1] ?? NaN);
  return count > 0 && count >= asked ? stepped(url, 'startIndex', count) : undefined;
}

function parameterOf(url: URL, name: string): [string, string] | undefined {
  return [...url.searchParams].find(([key]) => key.toLowerCase() === name.toLowerCase());
}

function stepped(url: URL, name: string, by: number): URL {
  const next = new URL(url);
  const [key, now] = parameterOf(url, name) ?? [name, '0'];
  next.searchParams.set(key, String(Number(now) + by));
  return next;
}

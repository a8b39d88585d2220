import type { FastifyReply, FastifyRequest } from 'fastify';
import { gunzipSync } from 'node:zlib';
import type { CachedTile } from './tile-cache.js';

/** For what depends on who asks and on what was changed: browsers keep it and ask whether it still holds. */
export const askEachTime = 'private, no-cache';

/** What the security headers of pages come down to for bytes that no page runs. */
export const binaryHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

type Packed = { readonly packed: CachedTile; readonly type: string };

/** Answers 304 to those who have these bytes, else sends them, compressed to whom that suits. */
export function sendPacked(
  request: FastifyRequest,
  reply: FastifyReply,
  { packed, type }: Packed,
): FastifyReply {
  reply.header('ETag', packed.etag).header('Vary', 'Accept-Encoding');
  if (isKnown(request.headers['if-none-match'], packed.etag)) return reply.status(304).send();
  reply.type(type);
  if (!packed.isCompressed) return reply.send(packed.body);
  if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) {
    return reply.send(gunzipSync(packed.body));
  }
  return reply.header('Content-Encoding', 'gzip').send(packed.body);
}

function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}

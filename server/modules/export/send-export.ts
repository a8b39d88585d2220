import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import type { FastifyReply } from 'fastify';
import { AppError } from '../../errors.js';
import type { AccountExport } from './account-export.repository.js';
import type { ExportFormat } from './export-format.js';

/** A client that takes nothing for so long is taken for gone: it holds a connection and a snapshot. */
const STALL_MS = 60_000;

/** Throws an AppError where the format cannot hold so many rows. */
export function assertFits(format: ExportFormat, total: number): void {
  if (format.maxRows === undefined || total <= format.maxRows) return;
  throw new AppError('validation', format.tooMany?.(total) ?? 'Too many rows for this format.');
}

/** Sends a file to download while it is written; done when the client has it or is gone. */
export async function streamExport(
  reply: FastifyReply,
  format: ExportFormat,
  accounts: AccountExport,
): Promise<void> {
  const stalled = new AbortController();
  const chunks = untilStalled(format.write(accounts), stalled);
  const stream = Readable.from(chunks, { objectMode: false, signal: stalled.signal });
  const done = finished(stream);
  void withHeaders(reply, format).send(stream);
  await done;
}

/**
 * Writes the file to the disk of the server, to be sent once the snapshot is over: on the embedded engine everybody
 * else waits until then, and must not wait for a slow connection.
 */
export async function spoolExport(
  format: ExportFormat,
  accounts: AccountExport,
): Promise<Readable> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'catchment-export-'));
  const file = path.join(folder, `accounts.${format.name}`);
  try {
    await pipeline(format.write(accounts), createWriteStream(file, { mode: 0o600 }));
    // The open file outlives its name: nothing is left behind, however the sending ends.
    const handle = await open(file);
    return createReadStream(file, { fd: handle });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The reply with what every file to download has. */
export function withHeaders(reply: FastifyReply, format: ExportFormat): FastifyReply {
  return reply
    .type(format.contentType)
    .header('Content-Disposition', `attachment; filename="accounts.${format.name}"`)
    .header('Cache-Control', 'no-store');
}

async function* untilStalled(
  chunks: AsyncIterable<Uint8Array>,
  stalled: AbortController,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    const timer = setTimeout(() => stalled.abort(new Error('The client stalled.')), STALL_MS);
    try {
      yield chunk;
    } finally {
      clearTimeout(timer);
    }
  }
}

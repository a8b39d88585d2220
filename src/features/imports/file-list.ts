import { messageOf } from '../../api/api-error.js';
import { createUpload, listUploads, removeUpload } from '../../api/uploads.js';
import type { Upload } from '../../../server/contract/uploads.js';
import { signal } from '../../lib/signals.js';
import { sendFile } from './send-file.js';

/** A file on its way to the server, or there. */
export interface FileEntry {
  readonly key: string;
  readonly name: string;
  readonly size: number;
  readonly received: number;
  readonly status: 'sending' | 'waiting' | 'partial' | 'failed' | 'ready';
  readonly uploadId: string | null;
  readonly message: string | null;
}

/** The files that somebody brought: those sent now, and those that are on the server from before. */
class FileList {
  readonly #entries = signal<readonly FileEntry[]>([]);
  readonly #sending = new Map<string, AbortController>();
  #nextKey = 1;

  get entries(): readonly FileEntry[] {
    return this.#entries.get();
  }

  /** Fetches what is on the server already. */
  async load(abort?: AbortSignal): Promise<void> {
    const uploads = await listUploads(abort);
    const known = new Set(this.entries.map(({ uploadId }) => uploadId));
    const found = uploads.filter(({ id }) => !known.has(id)).map(toEntry);
    this.#entries.set([...this.entries, ...found]);
  }

  /** Sends files, one beside the other; the same file that broke off before goes on where it was. */
  add(files: Iterable<File>): void {
    for (const file of files) void this.#send(file);
  }

  /** Stops sending a file and takes it from the server. */
  async remove(key: string): Promise<void> {
    const entry = this.entries.find((candidate) => candidate.key === key);
    this.#sending.get(key)?.abort();
    this.#entries.set(this.entries.filter((candidate) => candidate.key !== key));
    if (entry?.uploadId) await removeUpload(entry.uploadId).catch(() => undefined);
  }

  async #send(file: File): Promise<void> {
    const before = this.entries.find(
      ({ name, size, status }) =>
        name === file.name && size === file.size && (status === 'partial' || status === 'failed'),
    );
    const key = before?.key ?? `new-${this.#nextKey++}`;
    const abort = new AbortController();
    this.#sending.set(key, abort);
    this.#put({
      key,
      name: file.name,
      size: file.size,
      received: before?.received ?? 0,
      status: 'sending',
      uploadId: before?.uploadId ?? null,
      message: null,
    });
    try {
      const upload = await this.#begin(file, before, abort.signal);
      this.#change(key, { uploadId: upload.id, name: upload.name });
      await sendFile(file, upload, {
        signal: abort.signal,
        onReceived: (received) => this.#change(key, { received }),
        onWaiting: (isWaiting) => this.#change(key, { status: isWaiting ? 'waiting' : 'sending' }),
      });
      this.#change(key, { status: 'ready', received: file.size });
    } catch (error) {
      if (!abort.signal.aborted) this.#change(key, { status: 'failed', message: messageOf(error) });
    } finally {
      this.#sending.delete(key);
    }
  }

  async #begin(file: File, before: FileEntry | undefined, abort: AbortSignal): Promise<Upload> {
    if (!before?.uploadId) return createUpload({ name: file.name, size: file.size }, abort);
    const { uploadId: id, name, size, received } = before;
    return { id, name, size, received, createdAt: '' };
  }

  #put(entry: FileEntry): void {
    this.#entries.set([entry, ...this.entries.filter(({ key }) => key !== entry.key)]);
  }

  #change(key: string, change: Partial<FileEntry>): void {
    this.#entries.set(
      this.entries.map((entry) => (entry.key === key ? { ...entry, ...change } : entry)),
    );
  }
}

function toEntry({ id, name, size, received }: Upload): FileEntry {
  const status = received === size ? 'ready' : 'partial';
  return { key: id, name, size, received, status, uploadId: id, message: null };
}

export const fileList = new FileList();
export type { FileList };

import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, statfs, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { NewUpload, Upload } from '../../../contract/uploads.js';
import { AppError } from '../../../errors.js';
import { limited } from './limited.js';
import { safeFileName } from './file-name.js';
import { bytesText } from './bytes-text.js';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Left free on the disk, for the database and everything else that has to go on. */
const reserveBytes = 256 * 1024 * 1024;
const privateFile = 0o600;
const privateFolder = 0o700;

type Card = Pick<Upload, 'id' | 'name' | 'size' | 'createdAt'> & { readonly userId: string };

/** An upload as the server knows it. */
export type StoredUpload = Upload & { readonly userId: string; readonly file: string };

/**
 * Files that people bring, each in a folder of its own below the data folder, with a card that says whose it is.
 * A file comes in parts, so that one that broke off goes on where it was; what was received is the size on disk.
 */
export class UploadFolder {
  readonly #folder: string;
  readonly #maxBytes: number;
  /** Uploads that a part is being written to. */
  readonly #busy = new Set<string>();

  constructor(folder: string, maxBytes: number) {
    this.#folder = folder;
    this.#maxBytes = maxBytes;
  }

  /** Begins an upload. Refuses a file above the limit, and one that the disk has no room for. */
  async create({ name, size }: NewUpload, userId: string): Promise<StoredUpload> {
    if (size > this.#maxBytes) throw new AppError('validation', this.#tooLarge(size));
    await mkdir(this.#folder, { recursive: true, mode: privateFolder });
    await this.#assertRoom(size);
    const createdAt = new Date().toISOString();
    const card: Card = { id: randomUUID(), name: safeFileName(name), size, createdAt, userId };
    const folder = path.join(this.#folder, card.id);
    await mkdir(path.join(folder, 'data'), { recursive: true, mode: privateFolder });
    await writeFile(fileOf(folder, card), '', { mode: privateFile });
    await writeFile(path.join(folder, 'card.json'), JSON.stringify(card), { mode: privateFile });
    return { ...card, received: 0, file: fileOf(folder, card) };
  }

  /** An upload of this user; undefined where there is none, or it is somebody else's. */
  async find(id: string, userId: string): Promise<StoredUpload | undefined> {
    const found = await this.#read(id);
    return found?.userId === userId ? found : undefined;
  }

  /** As `find`; throws `not_found`. */
  async get(id: string, userId: string): Promise<StoredUpload> {
    const found = await this.find(id, userId);
    if (found) return found;
    throw new AppError('not_found', 'There is no such upload, or it was removed. Send it again.');
  }

  /** Uploads of this user, the newest first. */
  async list(userId: string): Promise<StoredUpload[]> {
    const found = await Promise.all((await this.#ids()).map((id) => this.#read(id)));
    return found
      .filter((upload) => upload?.userId === userId)
      .filter((upload) => upload !== undefined)
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  }

  /**
   * Appends a part that begins at `offset`, and answers the bytes that are here then. What of a part arrived
   * before the connection broke stays.
   *
   * @throws AppError `conflict` with `details.received` where the part does not continue what is here
   */
  async append(upload: StoredUpload, offset: number, part: Readable): Promise<number> {
    const { id, file, size } = upload;
    if (this.#busy.has(id)) {
      throw new AppError('conflict', 'Another part of this file is being received.');
    }
    this.#busy.add(id);
    try {
      const { size: received } = await stat(file);
      if (offset !== received) {
        const sentence = `This part begins at ${offset}, but ${received} bytes are here.`;
        throw new AppError('conflict', sentence, { received });
      }
      await pipeline(part, limited(size - offset), createWriteStream(file, { flags: 'a' }));
      return (await stat(file)).size;
    } catch (error) {
      if (error instanceof AppError && error.details?.['surplus'] === true) {
        await truncate(file, offset);
      }
      throw error;
    } finally {
      this.#busy.delete(id);
    }
  }

  async remove(id: string): Promise<void> {
    if (uuid.test(id)) await rm(path.join(this.#folder, id), { recursive: true, force: true });
  }

  /** Removes uploads that nobody touched since, except those that are needed; answers their number. */
  async sweep(before: Date, needed: ReadonlySet<string>): Promise<number> {
    let removed = 0;
    for (const id of await this.#ids()) {
      if (needed.has(id) || this.#busy.has(id)) continue;
      const upload = await this.#read(id);
      const touched = upload ? (await stat(upload.file)).mtime : new Date(0);
      if (touched >= before) continue;
      await this.remove(id);
      removed += 1;
    }
    return removed;
  }

  async #ids(): Promise<string[]> {
    const names = await readdir(this.#folder).catch((): string[] => []);
    return names.filter((name) => uuid.test(name));
  }

  async #read(id: string): Promise<StoredUpload | undefined> {
    if (!uuid.test(id)) return undefined;
    const folder = path.join(this.#folder, id);
    try {
      const card = JSON.parse(await readFile(path.join(folder, 'card.json'), 'utf8')) as Card;
      const file = fileOf(folder, card);
      return { ...card, file, received: (await stat(file)).size };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  async #assertRoom(size: number): Promise<void> {
    const { bavail, bsize } = await statfs(this.#folder);
    const room = bavail * bsize - reserveBytes;
    if (size <= room) return;
    throw new AppError(
      'unavailable',
      `The disk has no room for this file: it needs ${bytesText(size)}, and ${bytesText(Math.max(0, room))} are free. ` +
        'Make room there, then send it again.',
    );
  }

  #tooLarge(size: number): string {
    return (
      `This file has ${bytesText(size)}; at most ${bytesText(this.#maxBytes)} can be sent. ` +
      'Pack it, divide it, or load it with the command line.'
    );
  }
}

function fileOf(folder: string, { name }: Pick<Card, 'name'>): string {
  return path.join(folder, 'data', name);
}

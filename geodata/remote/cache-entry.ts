import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const noteSchema = z.object({
  url: z.string(),
  /** What the server calls this version of the file: its ETag, else the time of its last change. */
  version: z.string().optional(),
  /** Where to go on, for sources that come in pages. */
  next: z.string().optional(),
  /** Bytes of the part that are sure. */
  bytes: z.number().optional(),
});

/** What is known of a file in the cache, beside its bytes. */
export type CacheNote = z.output<typeof noteSchema>;

/** One address in the cache: the whole file, or the part that came so far, each with a note. */
export class CacheEntry {
  readonly file: string;
  readonly part: string;
  readonly #url: string;

  /** `name` is what the file is called there: readers tell the format by its ending. */
  constructor(folder: string, url: URL, name: string) {
    const key = createHash('sha256').update(url.href).digest('hex').slice(0, 16);
    this.#url = url.href;
    this.file = path.join(folder, key, name);
    this.part = `${this.file}.part`;
  }

  async prepare(): Promise<void> {
    await mkdir(path.dirname(this.file), { recursive: true });
  }

  /** Bytes of the part; 0 where there is none. */
  async partBytes(): Promise<number> {
    return (await stat(this.part).catch(() => undefined))?.size ?? 0;
  }

  /** The note of the whole file or of the part; undefined where either is missing. */
  async note(of: 'file' | 'part'): Promise<CacheNote | undefined> {
    const exists = await stat(this[of]).catch(() => undefined);
    const text = exists && (await readFile(`${this[of]}.json`, 'utf8').catch(() => undefined));
    if (text === undefined) return undefined;
    const note = noteSchema.safeParse(parseJson(text));
    return note.success && note.data.url === this.#url ? note.data : undefined;
  }

  async writePartNote(note: Omit<CacheNote, 'url'>): Promise<void> {
    await writeFile(`${this.part}.json`, JSON.stringify({ url: this.#url, ...note }));
  }

  /** Makes the part the whole file. */
  async finish(): Promise<void> {
    // Without a note the file is not taken for whole; so the note goes last.
    await rm(`${this.file}.json`, { force: true });
    await rename(this.part, this.file);
    await rename(`${this.part}.json`, `${this.file}.json`);
  }

  async dropPart(): Promise<void> {
    await rm(this.part, { force: true });
    await rm(`${this.part}.json`, { force: true });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

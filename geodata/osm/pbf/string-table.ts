import { setTag, type Tags } from '../tags.js';
import type { Cursor } from './cursor.js';

/** The texts of a block, decoded only when one is asked for: most are never. */
export class StringTable {
  readonly #parts: Cursor[] = [];
  readonly #texts: (string | undefined)[] = [];

  add(part: Cursor): void {
    this.#parts.push(part);
  }

  /** Throws an Error where the table has no such entry. */
  text(index: number): string {
    const known = this.#texts[index];
    if (known !== undefined) return known;
    const part = this.#parts[index];
    if (!part) throw new Error('a text that its block does not hold');
    const text = part.bytes.toString('utf8', part.pos, part.end);
    this.#texts[index] = text;
    return text;
  }

  /** Tags from two lists of equal length; undefined where there are none. */
  tags(keys: Cursor | undefined, values: Cursor | undefined): Tags | undefined {
    if (!keys || keys.isDone) return undefined;
    const tags: Record<string, string> = {};
    while (!keys.isDone) {
      if (!values || values.isDone) throw new Error('a tag without a value');
      this.setTag(tags, keys.varint(), values.varint());
    }
    return tags;
  }

  /** Sets a tag by the entries of key and value. */
  setTag(tags: Record<string, string>, key: number, value: number): void {
    setTag(tags, this.text(key), this.text(value));
  }
}

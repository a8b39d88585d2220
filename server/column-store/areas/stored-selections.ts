import type { ColumnStore } from '../column-store.js';
import type { Database } from '../../db/database.js';
import { AccountSet } from './account-set.js';
import { membershipSchema } from './membership.js';

/** Each takes a byte a row and shape; the least recently used leaves first. */
const keptSelections = 32;

type Entry = { readonly revision: number; readonly accounts: AccountSet };

/** Stored selections that are in use, ready to be told row by row. */
export class StoredSelections {
  readonly #database: Database;
  readonly #store: ColumnStore;
  readonly #entries = new Map<number, Entry>();

  constructor(database: Database, store: ColumnStore) {
    this.#database = database;
    this.#store = store;
  }

  /** Makes a selection ready; false where there is none of this id. */
  async use(id: number): Promise<boolean> {
    const known = this.#entries.get(id);
    const entry = known ?? (await this.#read(id));
    if (entry === undefined) return false;
    await entry.accounts.settle(this.#database, this.#store);
    this.#entries.delete(id);
    this.#entries.set(id, entry);
    if (this.#entries.size > keptSelections) {
      this.#entries.delete(this.#entries.keys().next().value!);
    }
    return true;
  }

  /** The accounts of one made ready by `use`, with a key that is another one when they may be others. */
  get(id: number): { readonly key: string; readonly accounts: AccountSet } | undefined {
    const entry = this.#entries.get(id);
    if (entry === undefined) return undefined;
    const { revision, accounts } = entry;
    return { key: `${id}.${revision}.${accounts.changes}`, accounts };
  }

  /** Follows changed selections and rows. */
  async follow(changed: readonly (number | null)[]): Promise<void> {
    for (const [id, entry] of this.#entries) {
      if (!changed.includes(id) && !changed.includes(null)) {
        await entry.accounts.settle(this.#database, this.#store);
        continue;
      }
      const now = await this.#read(id);
      if (now === undefined) this.#entries.delete(id);
      else {
        await now.accounts.settle(this.#database, this.#store);
        this.#entries.set(id, now);
      }
    }
  }

  async #read(id: number): Promise<Entry | undefined> {
    const rows = await this.#database.rows<{
      revision: number;
      membership: unknown;
      shape: Buffer | null;
    }>(
      `SELECT s.revision, s.membership, ST_AsBinary(p.geom) AS shape
       FROM app.selections s LEFT JOIN app.selection_parts p USING (selection_id)
       WHERE s.selection_id = $1 ORDER BY p.part`,
      [id],
    );
    const [first] = rows;
    if (first === undefined) return undefined;
    const shapes = rows.flatMap(({ shape }) => (shape === null ? [] : [shape]));
    const membership = membershipSchema.parse(first.membership);
    return { revision: first.revision, accounts: new AccountSet(membership, shapes) };
  }
}

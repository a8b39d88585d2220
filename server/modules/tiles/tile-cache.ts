/** A tile as it is sent. */
export type CachedTile = {
  readonly body: Buffer;
  readonly isCompressed: boolean;
  readonly etag: string;
  readonly omitted: number;
};

/** What an entry costs besides its body: keys, maps and the object itself. */
const overheadBytes = 400;

/** Tiles ready to be sent, the least recently used leave first; each place may hold several variants. */
export class TileCache {
  readonly name: string;
  readonly #budgetBytes: number;
  readonly #entries = new Map<string, { readonly place: string; readonly tile: CachedTile }>();
  readonly #keysByPlace = new Map<string, Set<string>>();
  #bytes = 0;
  #revision = 0;

  constructor(name: string, budgetBytes: number) {
    this.name = name;
    this.#budgetBytes = budgetBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Grows whenever tiles are forgotten because of a change. */
  get revision(): number {
    return this.#revision;
  }

  get(place: string, variant: string): CachedTile | undefined {
    const key = keyOf(place, variant);
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.tile;
  }

  set(place: string, variant: string, tile: CachedTile): void {
    const key = keyOf(place, variant);
    this.#delete(key);
    this.#entries.set(key, { place, tile });
    this.#bytes += costOf(tile);
    const keys = this.#keysByPlace.get(place) ?? new Set();
    this.#keysByPlace.set(place, keys.add(key));
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#budgetBytes) return;
      this.#delete(oldest);
    }
  }

  /** Forgets every variant of a place. */
  evict(place: string): void {
    this.#revision++;
    for (const key of this.#keysByPlace.get(place) ?? []) this.#delete(key);
  }

  clear(): void {
    this.#revision++;
    this.#entries.clear();
    this.#keysByPlace.clear();
    this.#bytes = 0;
  }

  #delete(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#bytes -= costOf(entry.tile);
    const keys = this.#keysByPlace.get(entry.place);
    keys?.delete(key);
    if (keys?.size === 0) this.#keysByPlace.delete(entry.place);
  }
}

function keyOf(place: string, variant: string): string {
  return `${place}?${variant}`;
}

function costOf(tile: CachedTile): number {
  return tile.body.length + overheadBytes;
}

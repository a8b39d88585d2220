import {
  decodeAccounts,
  mergeAccounts,
  noAccounts,
  type AccountSet,
  type TileId,
} from './account-tiles.js';

/** Tiles kept after they left the screen; a tile holds at most a few thousand rows. */
const keptTiles = 160;

const firstRetryMs = 3_000;
const longestRetryMs = 60_000;

interface Wanted {
  /** Zoom and address together: tiles of one generation may be shown side by side. */
  readonly generation: string;
  readonly keys: readonly string[];
}

export interface AccountSourceOptions {
  /** Called when what is to be drawn changed. */
  readonly onChange: (set: AccountSet) => void;
  readonly onError: (message: string) => void;
  readonly fetch?: typeof fetch;
}

/**
 * Loads the account tiles in view and hands out one joined set. Within a zoom and filter tiles show
 * as they arrive; when either changes, the old set stays until the new one is complete, so that
 * points turn into cells in one step and nothing is ever counted twice. Failed tiles are asked for
 * again with growing pauses, and at once when the network is back.
 */
export class AccountSource {
  readonly #options: AccountSourceOptions;
  readonly #loaded = new Map<string, AccountSet>();
  readonly #running = new Map<string, AbortController>();
  readonly #failed = new Map<string, TileId>();
  #wanted: Wanted = { generation: '', keys: [] };
  #shownGeneration = '';
  #shownSignature = '';
  #shown: AccountSet = noAccounts;
  #retryMs = firstRetryMs;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: AccountSourceOptions) {
    this.#options = options;
  }

  /** What is drawn now. */
  get shown(): AccountSet {
    return this.#shown;
  }

  /**
   * Asks for tiles. `template` holds `{z}`, `{x}`, `{y}`; null shows nothing and stops loading.
   */
  show(template: string | null, tiles: readonly TileId[]): void {
    const keys = template ? tiles.map((tile) => addressOf(template, tile)) : [];
    const generation = template ? `${tiles[0]?.z ?? 0} ${template}` : '';
    this.#wanted = { generation, keys };
    for (const [key, controller] of this.#running) {
      if (keys.includes(key)) continue;
      this.#running.delete(key);
      controller.abort();
    }
    for (const key of this.#failed.keys()) if (!keys.includes(key)) this.#failed.delete(key);
    keys.forEach((key, index) => {
      const tile = tiles[index];
      if (tile && !this.#failed.has(key)) this.#load(key, tile);
    });
    this.#publish();
  }

  /** Whether tiles are on their way. */
  get isLoading(): boolean {
    return this.#running.size > 0;
  }

  /** Asks again for the tiles that failed. */
  retry(): void {
    clearTimeout(this.#retryTimer);
    this.#retryTimer = undefined;
    const failed = [...this.#failed];
    this.#failed.clear();
    for (const [key, tile] of failed) this.#load(key, tile);
  }

  /** Stops loading and forgets everything. */
  close(): void {
    clearTimeout(this.#retryTimer);
    for (const controller of this.#running.values()) controller.abort();
    this.#running.clear();
    this.#loaded.clear();
  }

  #load(key: string, tile: TileId): void {
    if (this.#loaded.has(key) || this.#running.has(key)) return;
    const controller = new AbortController();
    this.#running.set(key, controller);
    this.#request(key, tile, controller.signal)
      .then((set) => {
        if (controller.signal.aborted) return;
        this.#retryMs = firstRetryMs;
        this.#loaded.set(key, set);
      })
      .catch((error: unknown) => {
        if (controller.signal.aborted) return;
        this.#failed.set(key, tile);
        this.#scheduleRetry();
        this.#options.onError(error instanceof Error ? error.message : String(error));
      })
      .finally(() => {
        if (this.#running.get(key) !== controller) return;
        this.#running.delete(key);
        this.#publish();
      });
  }

  async #request(key: string, tile: TileId, signal: AbortSignal): Promise<AccountSet> {
    const send = this.#options.fetch ?? globalThis.fetch;
    const response = await send(key, { signal, credentials: 'same-origin' });
    if (!response.ok) throw new Error(`The accounts tile answered with status ${response.status}.`);
    return decodeAccounts(await response.arrayBuffer(), tile);
  }

  #publish(): void {
    const { generation, keys } = this.#wanted;
    const isComplete = keys.every((key) => this.#loaded.has(key) || this.#failed.has(key));
    if (generation !== this.#shownGeneration && !isComplete) return;
    const present = keys.filter((key) => this.#loaded.has(key));
    const signature = present.join('\n');
    if (generation === this.#shownGeneration && signature === this.#shownSignature) return;
    this.#shownGeneration = generation;
    this.#shownSignature = signature;
    this.#shown = mergeAccounts(present.flatMap((key) => this.#touch(key) ?? []));
    this.#prune(keys);
    this.#options.onChange(this.#shown);
  }

  /** The loaded tile, moved to the young end of the cache. */
  #touch(key: string): AccountSet | undefined {
    const set = this.#loaded.get(key);
    if (!set) return undefined;
    this.#loaded.delete(key);
    this.#loaded.set(key, set);
    return set;
  }

  #prune(keys: readonly string[]): void {
    const surplus = this.#loaded.size - Math.max(keptTiles, keys.length);
    if (surplus <= 0) return;
    for (const key of [...this.#loaded.keys()].slice(0, surplus)) this.#loaded.delete(key);
  }

  #scheduleRetry(): void {
    if (this.#retryTimer !== undefined) return;
    this.#retryTimer = setTimeout(() => this.retry(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, longestRetryMs);
  }
}

function addressOf(template: string, { z, x, y }: TileId): string {
  return template.replace('{z}', String(z)).replace('{x}', String(x)).replace('{y}', String(y));
}

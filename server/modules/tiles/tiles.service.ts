import { setTimeout as sleep } from 'node:timers/promises';
import { refreshStaleShapes } from '../../../geodata/shapes/refresh-shapes.js';
import type { ColumnStore, StoreChange } from '../../column-store/column-store.js';
import {
  everyPlace,
  type AccountMeasure,
  type ColumnStores,
} from '../../column-store/column-stores.js';
import type { TileId } from '../../column-store/world.js';
import type { AccountFilter } from '../../contract/account-filter.js';
import type { Database } from '../../db/database.js';
import type { RowPolicy } from '../../policy/row-policy.js';
import { pack, type Made } from './pack.js';
import { accountTile, placeTile } from './point-tiles.js';
import { shapeTile } from './shape-tile.js';
import type { ShapeLayer } from './shape-layers.js';
import { listLayerVersions, type LayerVersion } from './shapes.repository.js';
import { TileCache, type CachedTile } from './tile-cache.js';
import { placeOf, placesTouchedBy } from './touched-tiles.js';

const pointCacheBytes = 64 * 2 ** 20;
const shapeCacheBytes = 128 * 2 ** 20;

/** Versions are asked for at most so often; a tile is never older than the version it is named by. */
const versionsFreshForMs = 1000;

/** How long the catalog waits for shapes that are being made anew. */
const refreshPatienceMs = 2000;

export type AccountTileRequest = {
  readonly tile: TileId;
  readonly filter: Partial<AccountFilter>;
  readonly policy: RowPolicy;
  readonly measure: AccountMeasure;
  readonly as: 'cells' | undefined;
};

/** Makes tiles, keeps them, and forgets those that a change touched. Calls for the same tile share the work. */
export class TileService {
  readonly #database: Database;
  readonly #stores: ColumnStores;
  readonly #accounts = new TileCache('accounts', pointCacheBytes);
  readonly #places = new TileCache('places', pointCacheBytes);
  readonly #shapes = new TileCache('shapes', shapeCacheBytes);
  readonly #running = new Map<string, Promise<CachedTile>>();
  #versions: Promise<LayerVersion[]> | undefined;
  #versionsAt = 0;
  #refreshing: Promise<void> | undefined;

  constructor(database: Database, stores: ColumnStores) {
    this.#database = database;
    this.#stores = stores;
    evictOnChange(stores.accounts, this.#accounts);
    evictOnChange(stores.places, this.#places);
  }

  /** The tile of the accounts that pass the filter and that the policy shows. */
  async accounts({ tile, filter, policy, measure, as }: AccountTileRequest): Promise<CachedTile> {
    await this.#stores.freshen();
    const store = this.#stores.accounts;
    const selection = this.#stores.select(filter, policy);
    const variant = `${measure} ${as ?? store.pointZoom(selection)} ${selection.key}`;
    return this.#cached(this.#accounts, tile, variant, () => ({
      bytes: accountTile(store, selection, tile, { measure, as }),
      omitted: 0,
    }));
  }

  async places(tile: TileId): Promise<CachedTile> {
    await this.#stores.freshen();
    const store = this.#stores.places;
    return this.#cached(this.#places, tile, String(store.pointZoom(everyPlace)), () => ({
      bytes: placeTile(store, everyPlace, tile),
      omitted: 0,
    }));
  }

  /** A tile of shapes as of `version`; regions of `level`, or of the level that fits the zoom. */
  async shapes(
    layer: ShapeLayer,
    tile: TileId,
    { version, levels }: LayerVersion,
    level: number | undefined,
  ): Promise<CachedTile> {
    const shownLevel = layer.id === 'regions' ? (level ?? levelAt(levels, tile.z)) : null;
    const variant = `${layer.id} ${version} ${shownLevel ?? ''}`;
    return this.#cached(this.#shapes, tile, variant, () =>
      shapeTile(this.#database, layer, tile, shownLevel),
    );
  }

  /**
   * Versions for the catalog: where rows changed since, shapes are made anew first.
   *
   * That goes on in the background when it takes long; the versions of before are answered then.
   */
  async freshVersions(): Promise<LayerVersion[]> {
    const versions = await this.versions();
    if (!versions.some(({ isStale }) => isStale)) return versions;
    const refreshed = this.#refresh();
    // Where nobody waits any more the next catalog tries again, and tells.
    refreshed.catch(() => undefined);
    await Promise.race([refreshed, sleep(refreshPatienceMs, undefined, { ref: false })]);
    return this.versions();
  }

  #refresh(): Promise<void> {
    this.#refreshing ??= refreshStaleShapes(this.#database)
      .then(() => undefined)
      .finally(() => {
        this.#refreshing = undefined;
        this.#versions = undefined;
      });
    return this.#refreshing;
  }

  /** Versions of the layers of shapes, not older than a second. */
  async versions(): Promise<LayerVersion[]> {
    const now = performance.now();
    if (this.#versions === undefined || now - this.#versionsAt > versionsFreshForMs) {
      this.#versionsAt = now;
      const versions = listLayerVersions(this.#database);
      this.#versions = versions;
      versions.catch(() => {
        if (this.#versions === versions) this.#versions = undefined;
      });
    }
    return this.#versions;
  }

  async #cached(
    cache: TileCache,
    tile: TileId,
    variant: string,
    make: () => Made | Promise<Made>,
  ): Promise<CachedTile> {
    const place = placeOf(tile);
    const known = cache.get(place, variant);
    if (known !== undefined) return known;
    // Work that began before a change is neither kept nor shared with those who ask after it.
    const { name, revision } = cache;
    const key = `${name} ${revision} ${place} ${variant}`;
    const running = this.#running.get(key);
    if (running !== undefined) return running;
    const work = Promise.resolve()
      .then(make)
      .then(pack)
      .then((packed) => {
        if (cache.revision === revision) cache.set(place, variant, packed);
        return packed;
      })
      .finally(() => this.#running.delete(key));
    this.#running.set(key, work);
    return work;
  }
}

/** Only the tiles that hold or held a changed row leave the cache. */
function evictOnChange(store: ColumnStore, cache: TileCache): void {
  store.onChange((change: StoreChange) => {
    if (change.kind === 'all') return cache.clear();
    for (const position of change.positions) {
      for (const place of placesTouchedBy(position)) cache.evict(place);
    }
  });
}

/** The finest level that is shown from this zoom or an earlier one; 1 where there are no regions. */
function levelAt(levels: LayerVersion['levels'], z: number): number {
  return levels.findLast(({ minZoom }) => minZoom <= z)?.level ?? 1;
}

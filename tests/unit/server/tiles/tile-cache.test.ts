import { expect, it } from 'vitest';
import { TileCache, type CachedTile } from '../../../../server/modules/tiles/tile-cache.js';

const tile = (bytes: number): CachedTile => ({
  body: Buffer.alloc(bytes),
  isCompressed: false,
  etag: `"${bytes}"`,
  omitted: 0,
});

it('the tile that was not used for longest leaves first when the budget is spent', () => {
  const cache = new TileCache('test', 5000);
  cache.set('1/0/0', 'a', tile(1500));
  cache.set('1/0/1', 'a', tile(1500));
  cache.get('1/0/0', 'a');
  cache.set('1/1/0', 'a', tile(1500));
  expect(cache.get('1/0/1', 'a')).toBeUndefined();
  expect(cache.get('1/0/0', 'a')).toBeDefined();
  expect(cache.bytes).toBeLessThanOrEqual(5000);
});

it('evicting a place forgets all its variants and nothing else', () => {
  const cache = new TileCache('test', 100_000);
  cache.set('1/0/0', 'a', tile(10));
  cache.set('1/0/0', 'b', tile(10));
  cache.set('1/0/1', 'a', tile(10));
  const { revision } = cache;
  cache.evict('1/0/0');
  expect(cache.size).toBe(1);
  expect(cache.get('1/0/1', 'a')).toBeDefined();
  expect(cache.revision).toBeGreaterThan(revision);
  cache.clear();
  expect([cache.size, cache.bytes]).toEqual([0, 0]);
});

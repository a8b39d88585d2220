import { createRequire } from 'node:module';
import { beforeEach, describe, expect, it } from 'vitest';

type Cache = {
  store: Record<string, unknown>;
  get: (key: string) => Promise<unknown>;
  set: (key: string, value: unknown, expiration: number) => Promise<{ bytes: number }>;
  remove: (key: string) => Promise<void>;
};
const load = createRequire(import.meta.url);
const { boundCache } = load('../../cube/embedded/bounded-cache.cjs') as {
  boundCache: (driver: object, options: { mostRows: number }) => void;
};
const { LocalCacheDriver } = load(
  '@cubejs-backend/query-orchestrator/dist/src/orchestrator/LocalCacheDriver',
) as { LocalCacheDriver: new () => Cache };

const answer = (rows: number) => ({ result: Array.from({ length: rows }, () => ({ value: 1 })) });
let cache: Cache;

class BoundedDriver extends LocalCacheDriver {
  override store = {};
}
boundCache(BoundedDriver, { mostRows: 100 });

beforeEach(() => {
  cache = new BoundedDriver();
});

describe('the cache of answers', () => {
  it('forgets those used longest ago above its number of rows', async () => {
    await cache.set('first', answer(40), 60);
    await cache.set('second', answer(40), 60);
    await cache.get('first');
    await cache.set('third', answer(40), 60);
    expect(Object.keys(cache.store).sort()).toEqual(['first', 'third']);
    expect(await cache.get('second')).toBeUndefined();
    expect(await cache.get('third')).toEqual(answer(40));
  });

  it('keeps the newest, however large it is', async () => {
    await cache.set('small', answer(1), 60);
    await cache.set('large', answer(1_000), 60);
    expect(Object.keys(cache.store)).toEqual(['large']);
  });

  it('counts an answer that is replaced or removed once', async () => {
    for (let time = 0; time < 5; time += 1) await cache.set('same', answer(40), 60);
    await cache.set('gone', answer(40), 60);
    await cache.remove('gone');
    await cache.set('other', answer(40), 60);
    expect(Object.keys(cache.store).sort()).toEqual(['other', 'same']);
  });

  it('drops what is over', async () => {
    await cache.set('over', answer(1), -1);
    expect(await cache.get('over')).toBeUndefined();
  });
});

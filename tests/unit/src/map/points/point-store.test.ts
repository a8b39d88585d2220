import { beforeEach, describe, expect, it } from 'vitest';
import type {
  AddedPoints,
  PointColumnHeader,
  PointMaskHeader,
} from '../../../../../server/contract/account-points.js';
import { PointStore } from '../../../../../src/map/points/point-store.js';
import type { ShowRequest } from '../../../../../src/map/points/protocol.js';

const everything: ShowRequest = {
  filter: '',
  category: 'lifecycle',
  value: null,
  isFine: false,
  positionsKey: '',
};

const noneAdded: AddedPoints = {
  ids: [],
  xs: [],
  ys: [],
  categories: { lifecycle: [], segment: [], kind: [], housing_type: [], zone_kind: [], owner: [] },
  values: { revenue: [], revenue_12m: [] },
};

/** A server with three points at one place: two customers and a lead. */
const server = {
  edition: 'first',
  added: noneAdded,
  isTooMany: false,
  asked: [] as string[],
};

function framed(header: object, payload: readonly number[]): Response {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const body = new Uint8Array(4 + text.length + payload.length);
  new DataView(body.buffer).setUint32(0, text.length, true);
  body.set(text, 4);
  body.set(payload, 4 + text.length);
  return new Response(body);
}

function answer(address: string): Response {
  const { edition, added, isTooMany } = server;
  if (address.startsWith('/api/accounts/points/mask')) {
    const header: PointMaskHeader = { edition, version: 1, rows: 3, isTooMany, added };
    return framed(header, [address.includes('lifecycle=lead') ? 0b100 : 0b111]);
  }
  const [, , , , askedEdition, , column] = address.split('/');
  if (askedEdition !== edition) return new Response('', { status: 409 });
  const header = { edition, column, rows: 3 } as PointColumnHeader;
  if (column === 'positions') return framed(header, [1, 0, 0]);
  return framed({ ...header, values: ['customer', 'lead'] }, [1, 1, 2]);
}

beforeEach(() => {
  Object.assign(server, { edition: 'first', added: noneAdded, isTooMany: false, asked: [] });
});

const aStore = () =>
  new PointStore((address) => {
    server.asked.push(String(address).replace('/api/accounts/points/', ''));
    return Promise.resolve(answer(String(address)));
  });

async function shown(store: PointStore, request: Partial<ShowRequest> = {}) {
  const result = await store.show({ ...everything, ...request });
  if (result.status !== 'ready') throw new Error('not ready');
  return result;
}

describe('the points in the worker', () => {
  it('are fetched once and then only filtered', async () => {
    const store = aStore();
    const all = await shown(store);
    expect(all.count).toBe(3);
    expect(all.classes.map(({ value, count }) => [value, count])).toEqual([
      ['customer', 2],
      ['lead', 1],
    ]);
    server.asked = [];
    const leads = await shown(store, {
      filter: 'lifecycle=lead',
      positionsKey: all.positionsKey,
    });
    expect(server.asked).toEqual(['mask?lifecycle=lead']);
    expect(leads.count).toBe(1);
    expect(leads.parts[0].positions).toBeNull();
    expect([...leads.parts[0].classes].filter((index) => index !== 0)).toHaveLength(1);
  });

  it('hold what was added since, whose ids are known', async () => {
    server.added = {
      ...noneAdded,
      ids: [77],
      xs: [4_000_000],
      ys: [5_000_000],
      categories: { ...noneAdded.categories, lifecycle: ['customer'] },
    };
    const store = aStore();
    const { count, classes } = await shown(store);
    expect(count).toBe(4);
    expect(classes[0]?.count).toBe(3);
    const found = store.nearest({ x: 4_000_000, y: 5_000_000, radius: 10 });
    expect(found?.row).toBe(3);
    expect(await store.idOf({ row: 3 })).toBe(77);
  });

  it('follow a new numbering that comes between two requests', async () => {
    const store = aStore();
    await shown(store);
    server.edition = 'second';
    const { positionsKey } = await shown(store);
    expect(positionsKey).toContain('second');
    expect(server.asked).toContain('second/columns/positions');
  });

  it('say when they are too many', async () => {
    server.isTooMany = true;
    expect(await aStore().show(everything)).toMatchObject({ status: 'too-many', rows: 3 });
  });
});

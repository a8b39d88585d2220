import Fastify, { type FastifyInstance, type LightMyRequestResponse } from 'fastify';
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refreshStaleShapes } from '../../../geodata/shapes/refresh-shapes.js';
import type { Principal } from '../../../server/auth/principal.js';
import {
  createColumnStores,
  type ColumnStores,
} from '../../../server/column-store/column-stores.js';
import { tileCatalog } from '../../../server/contract/tiles.js';
import type { AppDependencies } from '../../../server/dependencies.js';
import { sendProblem } from '../../../server/http/problems.js';
import { tilesRoutes } from '../../../server/modules/tiles/routes.js';
import type { RowPolicy } from '../../../server/policy/row-policy.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { decodePoints, insertAccounts } from './support.js';

let test: TestDatabase;
let stores: ColumnStores;
let app: FastifyInstance;
let policy: RowPolicy = { kind: 'all' };

beforeAll(async () => {
  test = await testDatabase();
  await insertAccounts(test.database, [
    { lon: 4.9, lat: 52.37, owner: 'anna', lifecycle: 'lead', segment: 'a', revenue: 12.34 },
    { lon: 4.9, lat: 52.37, owner: 'anna', lifecycle: 'lead', segment: 'a', revenue: 1 },
    { lon: -70, lat: -33, owner: 'ben', lifecycle: 'customer', revenue: 5 },
    { lon: null, lat: null, owner: 'ben' },
  ]);
  await test.database.rows(
    `INSERT INTO geo.places (source_key, category, kind, name, geom, source)
     VALUES ('node/1', 'shop', 'bakery', 'Bread', ST_SetSRID(ST_MakePoint(4.9, 52.37), 4326), 'OpenStreetMap')`,
  );
  await refreshStaleShapes(test.database);
  stores = createColumnStores(test.database);
  await stores.ready;
  app = await makeApp();
});

afterAll(async () => {
  await app.close();
  await stores.stop();
  await test.close();
});

const everything: RowPolicy = { kind: 'all' };
const onlyAnna: RowPolicy = { kind: 'scoped', ownerId: 'anna', regionIds: [], openLeads: false };

describe('a tile of accounts', () => {
  it('joins points that fall together and sums what was asked for', async () => {
    const reply = await get('/tiles/accounts/0/0/0.mvt?measure=revenue&lifecycle=lead');
    expect(reply.headers['content-type']).toBe('application/vnd.mapbox-vector-tile');
    const [feature] = decodePoints(bodyOf(reply), 'accounts');
    expect(feature?.properties).toEqual({ kind: 'lead', segment: 'a', count: 2, value: 13.34 });
  });

  it('looks empty to somebody who may not see what is in it', async () => {
    const foreign = await get('/tiles/accounts/8/78/152.mvt', onlyAnna);
    const empty = await get('/tiles/accounts/8/1/1.mvt', onlyAnna);
    expect((await get('/tiles/accounts/8/78/152.mvt')).rawPayload.length).toBeGreaterThan(0);
    expect(foreign.rawPayload).toEqual(empty.rawPayload);
    expect(foreign.headers['etag']).toBe(empty.headers['etag']);
  });

  it('is not sent again to whoever has it', async () => {
    const first = await get('/tiles/accounts/3/4/2.mvt');
    expect(first.headers['cache-control']).toBe('private, no-cache');
    const again = await get('/tiles/accounts/3/4/2.mvt', everything, {
      'if-none-match': String(first.headers['etag']),
    });
    expect(again.statusCode).toBe(304);
    expect(again.rawPayload).toHaveLength(0);
  });
});

describe('a tile of shapes', () => {
  it('lasts when it was asked for by its version, and only then', async () => {
    const { layers } = await catalog();
    const { version } = layers.find(({ id }) => id === 'roads')!;
    const lasting = await get(`/tiles/roads/5/16/10.mvt?v=${version}`);
    expect(lasting.headers['cache-control']).toBe('private, max-age=31536000, immutable');
    for (const query of ['', '?v=0']) {
      const reply = await get(`/tiles/roads/5/16/10.mvt${query}`);
      expect(reply.headers['cache-control']).toBe('private, no-cache');
    }
  });
});

describe('an address that leads nowhere', () => {
  it.each([
    '/tiles/accounts/17/0/0.mvt',
    '/tiles/accounts/2/4/0.mvt',
    '/tiles/accounts/2/0/4.mvt',
    '/tiles/accounts/-1/0/0.mvt',
    '/tiles/accounts/x/0/0.mvt',
    '/tiles/accounts/1/0.5/0.mvt',
    '/tiles/clouds/1/0/0.mvt',
  ])('is a problem that says so: %s', async (url) => {
    const reply = await get(url);
    expect(reply.statusCode).toBe(404);
    expect(reply.json()).toMatchObject({ code: 'not_found', detail: expect.any(String) });
  });

  it('with a filter that is not one is refused', async () => {
    const reply = await get('/tiles/accounts/1/0/0.mvt?lifecycle=asleep');
    expect(reply.statusCode).toBe(422);
  });
});

describe('the catalog', () => {
  it('describes every layer', async () => {
    const { layers } = await catalog();
    expect(layers.map(({ id }) => id)).toEqual([
      'regions',
      'roads',
      'buildings',
      'business_zones',
      'land_cover',
      'places',
      'accounts',
    ]);
    for (const layer of layers) {
      expect(layer.description).not.toBe('');
      expect(layer.tiles).toBe(`/tiles/${layer.id}/{z}/{x}/{y}.mvt`);
      expect(layer.fields.length).toBeGreaterThan(0);
    }
    const places = layers.find(({ id }) => id === 'places');
    expect(places).toMatchObject({ count: 1, attribution: '© OpenStreetMap contributors' });
  });

  it('counts and bounds what the policy shows', async () => {
    const accountsOf = async (as: RowPolicy) =>
      (await catalog(as)).layers.find(({ id }) => id === 'accounts')!;
    const [all, annas] = [await accountsOf(everything), await accountsOf(onlyAnna)];
    expect([all.count, annas.count]).toEqual([3, 2]);
    expect(all.bounds?.[0]).toBeCloseTo(-70, 5);
    expect(annas.bounds?.[0]).toBeCloseTo(4.9, 5);
    expect(annas.modeByZoom?.[0]).toBe('points');
  });
});

async function catalog(as: RowPolicy = everything) {
  const reply = await get('/tiles/catalog', as);
  return tileCatalog.parse(reply.json());
}

async function get(
  url: string,
  as: RowPolicy = everything,
  headers: Record<string, string> = {},
): Promise<LightMyRequestResponse> {
  policy = as;
  return app.inject({ url, headers: { 'accept-encoding': 'gzip', ...headers } });
}

function bodyOf(reply: LightMyRequestResponse): Buffer {
  const isCompressed = reply.headers['content-encoding'] === 'gzip';
  return isCompressed ? gunzipSync(reply.rawPayload) : reply.rawPayload;
}

/** The routes alone, for whoever `policy` stands for. */
async function makeApp(): Promise<FastifyInstance> {
  const fastify = Fastify().withTypeProvider<ZodTypeProvider>();
  fastify.setValidatorCompiler(validatorCompiler);
  fastify.setSerializerCompiler(serializerCompiler);
  fastify.setErrorHandler(sendProblem);
  fastify.decorateRequest('principal', null);
  fastify.addHook('onRequest', async (request) => {
    const principal: Principal = {
      userId: 'u',
      name: 'U',
      email: null,
      role: 'planner',
      policy,
      via: 'token',
    };
    request.principal = principal;
  });
  await tilesRoutes(fastify, { database: test.database, stores } as AppDependencies);
  return fastify as unknown as FastifyInstance;
}

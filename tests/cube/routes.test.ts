import cubejs, { type CubeApi } from '@cubejs-client/core';
import Fastify, { type FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../server/auth/principal.js';
import type { AppDependencies } from '../../server/dependencies.js';
import type { App } from '../../server/http/app.js';
import { sendProblem } from '../../server/http/problems.js';
import { cubeRoutes } from '../../server/modules/cube/routes.js';
import { testCube, type TestCube } from './support/cube.js';

let cube: TestCube;
let app: FastifyInstance;
let address: string;

const planner: Principal = {
  userId: 'u9',
  name: 'Planner',
  email: null,
  role: 'planner',
  policy: { kind: 'all' },
  via: 'session',
};
const prospector: Principal = {
  ...planner,
  userId: 'u1',
  role: 'prospector',
  policy: { kind: 'scoped', ownerId: 'u1', regionIds: [], openLeads: true },
};

beforeAll(async () => {
  cube = await testCube();
  app = await appFor(cube.endpoint.url);
  await app.listen({ host: '127.0.0.1', port: 0 });
  address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/cubejs-api/v1`;
});
afterAll(async () => {
  await app.close();
  await cube.close();
});

/** The routes with a stand-in for sign-in: the header `x-who` says who asks. */
async function appFor(url: string): Promise<FastifyInstance> {
  const fastify = Fastify();
  fastify.decorateRequest('principal', null);
  fastify.setErrorHandler(sendProblem);
  fastify.addHook('onRequest', async (request) => {
    const who = request.headers['x-who'];
    if (who === 'planner') request.principal = planner;
    if (who === 'prospector') request.principal = prospector;
  });
  const dependencies = { cube: { url, secret: cube.endpoint.secret } } as AppDependencies;
  await cubeRoutes(fastify as unknown as App, dependencies);
  return fastify;
}

function clientOf(who: string): CubeApi {
  return cubejs('a token of the client', { apiUrl: address, headers: { 'x-who': who } });
}

describe('@cubejs-client/core through the server', () => {
  it('loads a slice', async () => {
    const result = await clientOf('planner').load({
      measures: ['accounts.accounts'],
      dimensions: ['accounts.lifecycle'],
    });
    const table = result
      .tablePivot()
      .map((row) => [row['accounts.lifecycle'], row['accounts.accounts']]);
    expect(Object.fromEntries(table)).toEqual({
      customer: '6',
      lead: '2',
      former: '1',
      prospect: '1',
    });
  });

  it('loads only what the principal may see', async () => {
    const query = { measures: ['accounts.accounts'] };
    const all = await clientOf('planner').load(query);
    const own = await clientOf('prospector').load(query);
    expect(all.rawData()).toEqual([{ 'accounts.accounts': '10' }]);
    expect(own.rawData()).toEqual([{ 'accounts.accounts': '6' }]);
  });

  it('reads each response format alike', async () => {
    const query = {
      measures: ['sales.revenue'],
      dimensions: ['sales.category'],
      timeDimensions: [{ dimension: 'sales.ordered_at', granularity: 'month' as const }],
      order: { 'sales.ordered_at': 'asc' as const, 'sales.category': 'asc' as const },
    };
    const client = clientOf('planner');
    const plain = await client.load(query);
    const compact = await client.load(query, undefined, undefined, 'compact');
    const columnar = await client.load(query, undefined, undefined, 'columnar');
    expect(plain.rawData().length).toBeGreaterThan(3);
    expect(compact.rawData()).toEqual(plain.rawData());
    expect(columnar.rawData()).toEqual(plain.rawData());
  });

  it('compares date ranges', async () => {
    const result = await clientOf('planner').load({
      measures: ['sales.revenue'],
      timeDimensions: [
        {
          dimension: 'sales.ordered_at',
          granularity: 'month',
          compareDateRange: [
            ['2024-01-01', '2024-01-31'],
            ['2024-02-01', '2024-02-29'],
          ],
        },
      ],
    });
    expect(result.decompose()).toHaveLength(2);
    const totals = result.decompose().map((part) => part.rawData()[0]?.['sales.revenue']);
    expect(totals).toEqual(['360.35', '891.45']);
  });

  it('blends two views by month', async () => {
    const byMonth = (dimension: string) => ({
      dimension,
      granularity: 'month' as const,
      dateRange: ['2024-01-01', '2024-03-31'] as [string, string],
    });
    const result = await clientOf('planner').load([
      { measures: ['sales.revenue'], timeDimensions: [byMonth('sales.ordered_at')] },
      {
        measures: ['accounts.new_customers'],
        timeDimensions: [byMonth('accounts.customer_since')],
      },
    ]);
    const rows = result
      .chartPivot()
      .map((row) => [row['sales.revenue'], row['accounts.new_customers']]);
    expect(rows).toEqual([
      [360.35, 3],
      [891.45, 2],
      [220.99, 1],
    ]);
  });

  it('reads what there is to ask for', async () => {
    const meta = await clientOf('planner').meta();
    const shown = meta.cubes.map((view) => view.name).sort();
    expect(shown).toEqual(['accounts', 'geography', 'payments', 'places', 'sales']);
  });

  it('checks a query without running it', async () => {
    const checked = await clientOf('planner').dryRun({ measures: ['accounts.accounts'] });
    expect(checked.queryType).toBe('regularQuery');
  });

  it('gets the explanation of a query that is refused', async () => {
    const query = { measures: ['accounts.accounts'], dimensions: ['accounts.region_id'] };
    await expect(clientOf('planner').load(query)).rejects.toThrow(/Fix the level of the region/);
  });
});

describe('the server in front of Cube', () => {
  it('asks nobody who is not signed in', async () => {
    const response = await app.inject({ url: '/cubejs-api/v1/meta' });
    expect(response.statusCode).toBe(401);
  });

  it.each([
    ['GET', '/cubejs-api/v1/sql?query={}'],
    ['POST', '/cubejs-api/v1/sql'],
    ['POST', '/cubejs-api/v1/cubesql'],
    ['POST', '/cubejs-api/v1/sql-runner'],
    ['GET', '/cubejs-api/v1/run-scheduled-refresh'],
    ['POST', '/cubejs-api/v1/pre-aggregations/jobs'],
    ['GET', '/cubejs-api/v1/subscribe'],
    ['POST', '/cubejs-api/graphql'],
    ['GET', '/cubejs-api/v1/load/../sql?query={}'],
    ['GET', '/cubejs-api/v1/load%2F..%2Fsql?query={}'],
    ['DELETE', '/cubejs-api/v1/load'],
  ] as const)('keeps %s %s closed', async (method, url) => {
    const response = await app.inject({ method, url, headers: { 'x-who': 'planner' } });
    expect(response.statusCode).toBe(404);
  });

  it('refuses a body that is too large', async () => {
    const response = await app.inject({
      method: 'POST',
      url: '/cubejs-api/v1/load',
      headers: { 'x-who': 'planner', 'content-type': 'application/json' },
      payload: JSON.stringify({ query: { filler: 'x'.repeat(300_000) } }),
    });
    expect(response.statusCode).toBe(422);
    expect(response.json()).toMatchObject({ code: 'validation' });
  });

  it('does not hand the rights of the token on to the client', async () => {
    const response = await app.inject({
      url: '/cubejs-api/v1/meta?extended=true',
      headers: { 'x-who': 'prospector' },
    });
    expect(response.body).not.toContain('row_filter');
    expect(response.body).not.toContain('eyJ');
  });

  it('says to try again where Cube cannot be reached', async () => {
    const away = await appFor('http://127.0.0.1:9');
    const response = await away.inject({
      url: '/cubejs-api/v1/meta',
      headers: { 'x-who': 'planner' },
    });
    expect(response.statusCode).toBe(503);
    expect(response.headers['retry-after']).toBe('2');
    expect(response.headers['content-type']).toContain('application/problem+json');
  });
});

describe('Cube behind the server', () => {
  it.each([
    '/cubejs-api/v1/sql?query={"measures":["accounts.accounts"]}',
    '/cubejs-api/v1/pre-aggregations/jobs',
    '/cubejs-api/graphql?query={cube{accounts{accounts}}}',
    '/cubejs-system/v1/context',
  ])('keeps %s closed for tokens of the application too', async (path) => {
    const { mintCubeToken } = await import('../../server/modules/cube/token.js');
    const authorization = mintCubeToken(planner, cube.endpoint.secret);
    const response = await fetch(`${cube.endpoint.url}${path}`, { headers: { authorization } });
    expect([403, 404]).toContain(response.status);
  });
});

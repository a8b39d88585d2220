import type { HTTPMethods } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roles, type Role } from '../../server/contract/role.js';
import { as, anActor, testApp, type Actor, type TestApp } from './test-app.js';

let test: TestApp;
const actors = {} as Record<Role, Actor>;
beforeAll(async () => {
  test = await testApp();
  await test.app.ready();
  for (const role of roles) actors[role] = await anActor(test.database, role);
});
afterAll(async () => {
  await test.close();
});

const openToEverybody = new Set([
  'GET /api/status',
  'GET /healthz',
  'POST /api/setup',
  'POST /api/demo-session',
  'POST /api/auth/sign-in/email',
  'POST /api/auth/sign-out',
  'POST /api/auth/change-password',
]);

/** Every documented route, with the number 1 for its parameters. */
function documentedRoutes(): { route: string; method: HTTPMethods; url: string }[] {
  const { paths = {} } = test.app.swagger();
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations ?? {}).map((name) => {
      const method = name.toUpperCase() as HTTPMethods;
      return { route: `${method} ${path}`, method, url: path.replace(/\{[^}]+\}/g, '1') };
    }),
  );
}

describe('without sign-in', () => {
  it('every route but the public ones answers 401', async () => {
    const routes = documentedRoutes();
    for (const { route, method, url } of routes) {
      if (openToEverybody.has(route)) continue;
      const response = await test.app.inject({ method, url });
      expect(response.statusCode, route).toBe(401);
    }

    expect(routes.length).toBeGreaterThan(25);
  });

  it.each([
    ['no such token', 'Bearer cat_0123456789'],
    ['no token of ours', 'Bearer eyJhbGciOiJIUzI1NiJ9.e30.x'],
    ['another scheme', 'Basic YWRtaW46YWRtaW4='],
    ['a very long one', `Bearer cat_${'x'.repeat(5000)}`],
  ])('an authorization that is %s answers 401', async (_name, authorization) => {
    const response = await test.app.inject({ url: '/api/session', headers: { authorization } });

    expect(response.statusCode).toBe(401);
  });

  it('a forged session cookie answers 401', async () => {
    await test.database.rows(
      `INSERT INTO app.sessions (id, user_id, token, expires_at)
       VALUES ('s', $1, 'known', now() + interval '1 day')`,
      [actors.administrator.userId],
    );
    for (const cookie of ['known', 'known.', 'known.AAAA']) {
      const response = await test.app.inject({
        url: '/api/session',
        headers: { cookie: `catchment.session_token=${cookie}` },
      });
      expect(response.statusCode, cookie).toBe(401);
    }
  });

  it('documentation, tiles and cube answer 401, also at addresses that do not exist', async () => {
    for (const url of [
      '/api/docs',
      '/api/docs/json',
      '/tiles/nothing/0/0/0.mvt',
      '/cubejs-api/x',
    ]) {
      expect((await test.app.inject(url)).statusCode, url).toBe(401);
    }
  });
});

describe('roles', () => {
  const planners: readonly Role[] = ['administrator', 'planner'];
  const administrators: readonly Role[] = ['administrator'];

  const matrix: [string, HTTPMethods, string, readonly Role[]][] = [
    ['session', 'GET', '/api/session', roles],
    ['regions', 'GET', '/api/regions', roles],
    ['accounts', 'GET', '/api/accounts', roles],
    ['summary', 'GET', '/api/accounts/summary', roles],
    ['search', 'GET', '/api/search?q=something', roles],
    ['geocoder', 'GET', '/api/geocode?q=something', roles],
    ['what is at a point', 'GET', '/api/reverse?lon=4&lat=52', roles],
    ['export', 'GET', '/api/exports/accounts.csv', roles],
    ['export as a workbook', 'GET', '/api/exports/accounts.xlsx', roles],
    ['export with points', 'GET', '/api/exports/accounts.fgb', roles],
    ['differences', 'GET', '/api/matching/postcode-differences', roles],
    ['own tokens', 'GET', '/api/tokens', roles],
    ['documentation', 'GET', '/api/docs/json', roles],
    ['tile catalog', 'GET', '/tiles/catalog', roles],
    ['counts by class', 'GET', '/tiles/classes/roads', roles],
    ['imports', 'GET', '/api/imports', planners],
    ['an import', 'GET', '/api/imports/1', planners],
    ['issues of an import', 'GET', '/api/imports/1/issues.csv', planners],
    ['users', 'GET', '/api/users', administrators],
    ['a new user', 'POST', '/api/users', administrators],
    ['changing a user', 'PATCH', '/api/users/nobody', administrators],
  ];

  it.each(matrix)('%s: %s %s is for %j', async (_name, method, url, allowed) => {
    for (const role of roles) {
      const { statusCode } = await as(test, actors[role], { method, url });
      if (allowed.includes(role)) expect([200, 404, 422], role).toContain(statusCode);
      else expect(statusCode, role).toBe(403);
    }
  });
});

describe('the documentation', () => {
  it('describes the filter, the bodies and the answers', async () => {
    const response = await as(test, actors.prospector, { url: '/api/docs/json' });
    const { paths, openapi } = response.json();

    expect(openapi).toBe('3.1.0');
    const names = paths['/api/accounts'].get.parameters.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['region', 'housingType', 'cursor', 'limit']));
    const { properties } =
      paths['/api/accounts/{id}'].patch.requestBody.content['application/json'].schema;
    expect(properties).toHaveProperty('point');
  });

  it('is a page that runs under its own content security policy', async () => {
    const page = await as(test, actors.prospector, { url: '/api/docs' });

    expect(page.statusCode).toBe(200);
    expect(page.headers['content-type']).toContain('text/html');
    expect(String(page.headers['content-security-policy'])).toContain("default-src 'self'");
  });
});

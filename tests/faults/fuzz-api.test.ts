import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anActor, as, type Actor, type TestApp } from '../api/test-app.js';
import { TestFiles } from '../db/geodata/import-files.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { aSmallProject } from '../support/small-project.js';
import { rounds, seed } from './support/counts.js';
import { marker, nastyText } from './support/nasty.js';
import { appOn } from './support/proxied-app.js';
import { measured, megabytes, memoryRatio } from './support/peak-memory.js';
import { Random } from './support/random.js';
import { senderOf } from './support/sender.js';

const tileRequests = rounds({ usual: 1500, full: 25_000 });
const apiRequests = rounds({ usual: 1500, full: 25_000 });
const bodies = rounds({ usual: 300, full: 5000 });

type Document = {
  readonly paths: Record<string, Record<string, { parameters?: { name: string; in: string }[] }>>;
};

/** Not asked: what goes to another process, and what is static. */
const left = /^\/(cubejs-api|api\/docs|api\/auth)/;

describe(`requests of nonsense (seed ${seed})`, () => {
  const random = new Random(seed * 7919);
  const encoded = encodedBy(random);
  const statements = new Set<string>();
  const statuses: Record<number, number> = {};
  const query = pg.Client.prototype.query;
  const files = new TestFiles();
  let database: TestDatabase;
  let test: TestApp;
  let actor: Actor;
  let sent = 0;

  beforeAll(async () => {
    database = await testDatabase();
    await aSmallProject(database.database);
    test = await appOn(database.url);
    actor = await anActor(test.database, 'administrator');
    // Every statement of this process passes here.
    pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
      const [first] = args;
      const text =
        typeof first === 'string' ? first : (first as { text?: string } | undefined)?.text;
      if (text?.includes(marker)) statements.add(text);
      return (query as (...all: unknown[]) => unknown).apply(this, args);
    } as typeof query;
  });

  afterAll(async () => {
    pg.Client.prototype.query = query;
    console.log(`${sent} requests of nonsense answered:`, statuses);
    files.remove();
    await test.close();
    await database.close();
  });

  it('for tiles are answered below 500', () => many(tileRequests, nonsenseTile));

  it('for tiles take no more memory than sensible ones', async () => {
    const peakOf = async (address: () => string) => {
      const file = files.write(
        'addresses',
        Array.from({ length: tileRequests }, address).join('\n'),
      );
      const work = { kind: 'requests', url: database.url, file, token: actor.token } as const;
      return (await measured(work)).peakBytes;
    };
    const good = await peakOf(sensibleTile);
    const bad = await peakOf(nonsenseTile);
    console.log(`Memory: ${megabytes(bad)} beside ${megabytes(good)} for sensible requests`);
    expect(bad).toBeLessThanOrEqual(memoryRatio * good);
  });

  it('for everything that the API describes are answered below 500', async () => {
    const routes = await describedRoutes();
    expect(routes.length).toBeGreaterThan(10);
    await many(apiRequests, () => nonsenseAddress(random.pick(routes)));
  });

  it('with a body are answered below 500 and change nothing that they may not', async () => {
    for (let round = 0; round < bodies; round += 1) {
      const payload = nonsenseBody();
      await ask(() => `/api/accounts/${random.pick([1, 2, 3, 999_999])}`, {
        method: 'PATCH',
        payload,
      });
    }
    const unsound = await test.database.row(
      `SELECT count(*) AS n FROM crm.accounts
       WHERE name = '' OR lifecycle NOT IN ('lead', 'prospect', 'customer', 'former')
         OR (geom IS NULL) <> (placement = 'not_placed')`,
    );
    expect(unsound).toEqual({ n: 0 });
  });

  it('never became part of a statement', () => {
    expect([...statements]).toEqual([]);
  });

  async function many(count: number, address: () => string): Promise<void> {
    for (let round = 0; round < count; round += 1) await ask(address);
  }

  async function ask(
    address: () => string,
    more: { method?: 'PATCH'; payload?: string } = {},
  ): Promise<void> {
    sent += 1;
    const url = address();
    const response = await as(test, actor, {
      method: 'GET',
      url,
      remoteAddress: senderOf(sent),
      ...more,
      ...(more.payload !== undefined && { headers: { 'content-type': 'application/json' } }),
    });
    statuses[response.statusCode] = (statuses[response.statusCode] ?? 0) + 1;
    const shown = `${url.slice(0, 300)} ${more.payload?.slice(0, 300) ?? ''}`;
    expect(response.statusCode, `${shown}: ${response.body.slice(0, 300)}`).toBeLessThan(500);
    expect(response.statusCode, shown).not.toBe(429);
  }

  function sensibleTile(): string {
    const z = random.below(15);
    const [x, y] = [random.below(2 ** z), random.below(2 ** z)];
    return `/tiles/${random.pick(['accounts', 'places', 'regions', 'roads'])}/${z}/${x}/${y}.mvt`;
  }

  function nonsenseTile(): string {
    const layer = random.pick([
      'accounts',
      'places',
      'regions',
      'roads',
      'buildings',
      nastyText(random),
    ]);
    const part = () =>
      random.pick([
        String(random.below(30)),
        String(-random.below(10)),
        '1e3',
        '4294967296',
        '0x10',
        ' 1',
        '01',
        '1.5',
        '',
        nastyText(random),
      ]);
    const address = [layer, part(), part(), `${part()}.mvt`].map(encoded).join('/');
    return `/tiles/${address}${random.next() < 0.5 ? `?${nonsenseQuery(['measure', 'level', 'v', 'lifecycle', 'regionId'])}` : ''}`;
  }

  async function describedRoutes(): Promise<{ path: string; names: string[] }[]> {
    const response = await as(test, actor, { method: 'GET', url: '/api/docs/json' });
    const { paths } = response.json() as Document;
    return Object.entries(paths)
      .filter(([path, methods]) => 'get' in methods && !left.test(path))
      .map(([path, methods]) => ({
        path,
        names: (methods['get']?.parameters ?? [])
          .filter((parameter) => parameter.in === 'query')
          .map(({ name }) => name),
      }));
  }

  function nonsenseAddress({ path, names }: { path: string; names: string[] }): string {
    const filled = path.replace(/\{[^}]+\}/g, () =>
      random.next() < 0.4 ? String(random.below(30)) : encoded(nastyText(random)),
    );
    return names.length > 0 ? `${filled}?${nonsenseQuery(names)}` : filled;
  }

  function nonsenseQuery(names: readonly string[]): string {
    const pairs = Array.from({ length: 1 + random.below(4) }, () => {
      const name = random.next() < 0.9 ? random.pick(names) : nastyText(random);
      const value = random.next() < 0.3 ? String(random.below(100) - 5) : nastyText(random);
      return `${encoded(name)}=${encoded(value)}`;
    });
    return pairs.join('&').slice(0, 8000);
  }

  function nonsenseBody(): string {
    const values: unknown[] = [
      nastyText(random),
      random.below(9),
      null,
      [],
      {},
      [4.5, 52.5],
      [1e308, -1e308],
      true,
    ];
    const names = [
      'name',
      'lifecycle',
      'point',
      'postcode',
      'email',
      'segment',
      'city',
      nastyText(random),
    ];
    const entries = Array.from({ length: 1 + random.below(4) }, () => [
      random.pick(names),
      random.pick(values),
    ]);
    const text = JSON.stringify(Object.fromEntries(entries));
    return random.next() < 0.9 ? text : text.slice(0, random.below(text.length));
  }
});

/** As an address may hold it; now and then a sequence that is none. */
function encodedBy(random: Random): (text: string) => string {
  return (text) =>
    random.next() < 0.02 ? '%E0%A4%A' : encodeURIComponent(text.replace(/\p{Surrogate}/gu, ''));
}

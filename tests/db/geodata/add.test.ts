import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { catalogueHosts } from '../../../geodata/catalogue/catalogue.js';
import { runCli } from '../../../geodata/cli.js';
import { RemoteFiles } from '../../../geodata/remote/remote-files.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { startFileServer, type FileServer, type Route } from '../../support/file-server.js';
import { featureCollection, square, TestFiles } from './import-files.js';

let test: TestDatabase;
let server: FileServer;
const routes: Record<string, Route> = {};
const files = new TestFiles();
const folder = mkdtempSync(path.join(os.tmpdir(), 'catchment-add-'));

const gb = '/services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services/';
const authorities = `${gb}Local_Authority_Districts_May_2024_Boundaries_UK_BGC/FeatureServer/0/query`;
const devon = '/download.geofabrik.de/europe/united-kingdom/england/devon-latest.osm.pbf';
const osm = Buffer.from(
  '<osm version="0.6"><node id="1" lat="50.5" lon="-3.5"><tag k="shop" v="bakery"/>' +
    '<tag k="name" v="Bread"/></node></osm>',
);

beforeAll(async () => {
  test = await testDatabase();
  server = await startFileServer(routes);
});
afterAll(async () => {
  files.remove();
  rmSync(folder, { recursive: true });
  await server.close();
  await test.close();
});
beforeEach(() => {
  server.asked.length = 0;
  const parts = [
    { properties: { LAD24CD: 'E1', LAD24NM: 'East' }, geometry: square(-3.5, 50, 1) },
    { properties: { LAD24CD: 'W1', LAD24NM: 'West' }, geometry: square(-4.5, 50, 1) },
  ];
  routes[authorities] = ({ url }) => {
    const offset = Number(new URL(url ?? '', 'http://x').searchParams.get('resultOffset') ?? 0);
    const page = JSON.parse(featureCollection(parts.slice(offset, offset + 1)));
    return {
      body: JSON.stringify({ ...page, properties: { exceededTransferLimit: offset === 0 } }),
    };
  };
  routes[devon] = () => ({ body: osm, headers: { etag: '"1"' } });
});

async function cli(args: readonly string[]) {
  const out: string[] = [];
  const errors: string[] = [];
  const code = await runCli(args, {
    open: async () => ({ database: test.database, close: async () => undefined }),
    remoteFiles: () =>
      new RemoteFiles({
        folder,
        hosts: new Set(catalogueHosts()),
        maxBytes: 1_000_000,
        // The publisher's address, answered by the server of the test.
        open: ({ host, pathname, search }, options) =>
          server.open(new URL(`${server.origin}/${host}${pathname}${search}`), options),
        wait: async () => undefined,
      }),
    print: (text) => out.push(text),
    printError: (text) => errors.push(text),
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
  return { code, out: out.join('\n'), errors: errors.join('\n') };
}

describe('catchment add', () => {
  it('lists what there is', async () => {
    const { code, out } = await cli(['add']);
    expect(code).toBe(0);
    expect(out).toMatch(/^nl-utrecht +Utrecht, Netherlands$/m);
  });

  it('says what it would fetch, from whom and under which licence, and does nothing', async () => {
    const { code, out } = await cli(['add', 'gb-devon', '--dry-run']);
    expect(code).toBe(0);
    expect(out).toContain('https://download.geofabrik.de/europe/united-kingdom/england/devon');
    expect(out).toContain('Office for National Statistics, Open Government Licence v3.0');
    expect(server.asked).toEqual([]);
  });

  it('fetches page after page, and again where the connection broke, and loads all of it', async () => {
    let cuts = 0;
    routes[devon] = () => ({
      body: osm,
      headers: { etag: '"1"' },
      ...((cuts += 1) === 1 ? { cutAfter: 10 } : {}),
    });
    const { code, out, errors } = await cli(['add', 'gb-devon']);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(out).toMatch(/regions authorities.geojson: 2 read, 2 inserted/);
    expect(out).toMatch(/osm devon-latest.osm.pbf: \d+ read, 1 inserted/);
    expect(cuts).toBe(2);
    expect(
      await test.database.rows(
        'SELECT code, name, source FROM geo.regions WHERE level = 1 ORDER BY code',
      ),
    ).toEqual([
      { code: 'E1', name: 'East', source: 'Office for National Statistics' },
      { code: 'W1', name: 'West', source: 'Office for National Statistics' },
    ]);
  });

  it('changes nothing the second time, and asks whether the file changed', async () => {
    const { code, out } = await cli(['add', 'gb-devon']);
    expect(code).toBe(0);
    expect(out).toMatch(/regions authorities.geojson: 2 read, 2 unchanged/);
    expect(server.asked).toContain(`GET ${devon}`);
  });

  it('does not follow a publisher into a private network', async () => {
    routes[devon] = () => ({ status: 302, headers: { location: 'https://169.254.169.254/x.pbf' } });
    const { code, errors } = await cli(['add', 'gb-devon']);
    expect(code).toBe(1);
    expect(errors).toContain('169.254.169.254 is not among the hosts');
  });

  it('names the recipe that is not there', async () => {
    expect(await cli(['add', 'gb-atlantis'])).toMatchObject({
      code: 1,
      errors: expect.stringContaining('The catalogue has no gb-atlantis'),
    });
  });
});

describe('catchment import', () => {
  const counties = 'https://download.geofabrik.de/counties.csv';

  it('takes an https address for a file, in a recipe as well', async () => {
    routes['/download.geofabrik.de/counties.csv'] = () => ({ body: 'id,name\nL1,Lea\n' });
    expect(await cli(['import', 'leads', counties])).toMatchObject({
      code: 0,
      out: expect.stringContaining('leads counties.csv: 1 read, 1 inserted'),
    });
    const recipe = files.write(
      'recipe.yaml',
      `name: Test\ncurrency: GBP\nsources:\n  - import: leads\n    file: ${counties}\n    saveAs: leads.csv\n`,
    );
    expect(await cli(['import', recipe])).toMatchObject({
      code: 0,
      out: expect.stringContaining('leads leads.csv: 1 read, 1 unchanged'),
    });
  });

  it('refuses other hosts before anything is entered', async () => {
    const count = () => test.database.row('SELECT count(*) FROM app.imports');
    const before = await count();
    const { code, errors } = await cli(['import', 'leads', 'https://elsewhere.test/x.csv']);
    expect({ code, errors }).toMatchObject({
      code: 1,
      errors: expect.stringContaining('CATCHMENT_REMOTE_HOSTS'),
    });
    expect(await count()).toEqual(before);
  });
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogueHosts, catalogueRecipe } from '../../geodata/catalogue/catalogue.js';
import { RemoteFiles } from '../../geodata/remote/remote-files.js';
import { runRecipe } from '../../geodata/run-recipe.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { startFileServer, type FileServer } from '../support/file-server.js';
import { hasRealData, realData } from '../support/real-data.js';

if (!hasRealData) {
  console.warn('SKIPPED: the catalogue, because ../shared/data with the real data is not there.');
}

type Properties = Readonly<Record<string, unknown>>;

/** Staged regions with the columns of the file that the catalogue names. */
function regions(file: string, columns: (properties: Properties) => object): string {
  const { features } = JSON.parse(gunzipSync(readFileSync(realData(file))).toString());
  const renamed = features.map((feature: { properties: Properties }) => ({
    ...feature,
    properties: columns(feature.properties),
  }));
  return JSON.stringify({ type: 'FeatureCollection', features: renamed });
}

const named = ({ code, name }: Properties) => ({ statcode: code, statnaam: name });
const district = ({ code, name, population }: Properties) => ({
  wijkcode: code,
  wijknaam: name,
  gemeentecode: `GM${String(code).slice(2, 6)}`,
  aantal_inwoners: population,
  water: 'NEE',
});

describe.skipIf(!hasRealData)('nl-utrecht of the catalogue, answered with staged files', () => {
  let test: TestDatabase;
  let server: FileServer;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'catchment-catalogue-'));

  beforeAll(async () => {
    test = await testDatabase();
    const wfs = '/service.pdok.nl/cbs/gebiedsindelingen/2025/wfs/v1_0';
    const body = Buffer.from(regions('regions/nl/dist.geojson.gz', district));
    let cuts = 0;
    server = await startFileServer({
      [wfs]: ({ url }) => {
        const level = url?.includes('provincie') ? 'prov' : 'muni';
        return { body: regions(`regions/nl/${level}.geojson.gz`, named) };
      },
      // The connection breaks once.
      '/geodata.cbs.nl/files/Wijkenbuurtkaart/WijkBuurtkaart_2024_v2.zip': () => ({
        body,
        headers: { etag: '"2024"' },
        ...((cuts += 1) === 1 ? { cutAfter: 2_000_000 } : {}),
      }),
      '/download.geofabrik.de/europe/netherlands/utrecht-latest.osm.pbf': () => ({
        body: readFileSync(realData('osm/monaco.osm.pbf')),
      }),
    });
    await runRecipe({
      database: test.database,
      recipe: catalogueRecipe('nl-utrecht').recipe,
      files: new RemoteFiles({
        folder,
        hosts: new Set(catalogueHosts()),
        maxBytes: 1e9,
        open: ({ host, pathname, search }, options) =>
          server.open(new URL(`${server.origin}/${host}${pathname}${search}`), options),
        wait: async () => undefined,
      }),
    });
  }, 600_000);

  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await server?.close();
    await test?.close();
  });

  it('has 12 provinces, 345 municipalities, 3,340 districts and their inhabitants', async () => {
    expect(
      await test.database.rows(
        `SELECT level, count(*), sum(population) AS population FROM geo.regions GROUP BY 1 ORDER BY 1`,
      ),
    ).toEqual([
      { level: 0, count: 1, population: 17_588_925 },
      { level: 1, count: 12, population: 17_588_925 },
      { level: 2, count: 345, population: 17_588_925 },
      { level: 3, count: 3340, population: 17_588_925 },
    ]);
  });

  it('continued the file whose connection broke', () => {
    const asked = server.asked.filter((line) => line.includes('Wijkenbuurtkaart'));
    expect(asked).toHaveLength(2);
    expect(asked[1]).toMatch(/bytes=[1-9]/);
  });
});

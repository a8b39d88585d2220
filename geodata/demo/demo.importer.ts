import { z } from 'zod';
import type { Database } from '../../server/db/database.js';
import { AppError } from '../../server/errors.js';
import { defineImporter, type ImportContext, type ImportOutcome } from '../importer.js';
import { placeAndMatchAccounts } from '../matching/match-accounts.js';
import { matchPlaces } from '../matching/match-places.js';
import { emptyProject } from '../project/empty-project.js';
import { makeGeography, type Geography } from './geography.js';
import { loadRegions } from './load-regions.js';
import { LOADING_MARK, readLoadingMark, setLoadingMark } from './loading-mark.js';
import { AccountMaker } from './people/accounts.js';
import { TODAY } from './people/calendar.js';
import { SalesMaker } from './people/sales.js';
import { toLonLat } from './plane/projection.js';
import { restoreParts, type RestingPart } from './resting-parts.js';
import { customerLoads, geographyLoads, postcodeLoad, type Row, type TableLoad } from './tables.js';

/** Options of the demo, as a recipe or the command line gives them. */
export const demoOptions = z.object({
  seed: z.coerce
    .number()
    .int()
    .min(0)
    .max(4_294_967_295)
    .default(7)
    .describe('Another number makes another island'),
  accounts: z.coerce
    .number()
    .int()
    .min(10)
    .max(1_000_000)
    .default(20_000)
    .describe('People and companies'),
  sales: z.coerce
    .number()
    .int()
    .min(0)
    .max(10_000_000)
    .default(180_000)
    .describe('Order lines, about'),
  owners: z.array(z.string()).default([]).describe('Ids of users to whom accounts are given'),
});

export type DemoOptions = z.output<typeof demoOptions>;

/** Makes the fictional demo region and its customers; only into a project that is empty. */
export const demoImporter = defineImporter({
  name: 'demo',
  describe:
    'A fictional island with streets, houses, businesses, customers and three years of sales',
  options: demoOptions,
  run: (_source, options, context) => runDemo(options, context),
});

async function runDemo(options: DemoOptions, context: ImportContext): Promise<ImportOutcome> {
  const { database } = context;
  const leftOver = await readLoadingMark(database.pool);
  if (leftOver) await removeDemo(database, leftOver);
  await assertEmpty(database);
  const resting = await database.transaction((client) => setLoadingMark(client, TABLES));
  try {
    return await fill(options, context, resting);
  } catch (error) {
    await removeDemo(database, resting);
    throw error;
  }
}

async function fill(
  options: DemoOptions,
  context: ImportContext,
  resting: readonly RestingPart[],
): Promise<ImportOutcome> {
  const { database, importId, progress, signal } = context;
  const geography = await makeGeography(options.seed, (label) => {
    signal.throwIfAborted();
    progress.stage(label);
  });
  const accounts = new AccountMaker(geography, {
    seed: options.seed,
    count: options.accounts,
    owners: options.owners,
  });
  const sales = new SalesMaker(accounts, {
    seed: options.seed,
    accounts: options.accounts,
    lines: options.sales,
  });
  progress.stage('Regions', geography.regions.length);
  const regionIds = await loadRegions(database, geography.regions, importId);
  const loads = [
    ...geographyLoads(geography, importId),
    postcodeLoad(geography, regionIds, importId),
    ...customerLoads(
      accounts,
      sales,
      { accounts: options.accounts, lines: options.sales },
      importId,
    ),
  ];
  const loaded: Record<string, number> = { 'geo.regions': geography.regions.length };
  for (const load of loads) loaded[load.table.name] = await loadTable(load, context);
  progress.stage('Indexes', resting.length);
  await restoreParts(database.pool, resting, () => {
    signal.throwIfAborted();
    progress.advance(1);
  });
  await database.rows(`ANALYZE ${TABLES.join(', ')}, geo.regions, geo.region_members`);
  await match(database, context);
  await finish(database, geography);
  const inserted = Object.values(loaded).reduce((sum, rows) => sum + rows, 0);
  return {
    inserted,
    updated: 0,
    unchanged: 0,
    summary: { fictional: true, seed: options.seed, rows: loaded },
  };
}

async function loadTable(load: TableLoad, context: ImportContext): Promise<number> {
  const { database, loader, progress, signal } = context;
  progress.stage(load.label, load.count);
  if (load.identity) {
    await database.rows(
      `ALTER TABLE ${load.table.name} ALTER COLUMN ${load.identity} RESTART WITH 1`,
    );
  }
  return loader.load(load.table, streamed(load.rows()), { signal, onRows: context.countRead });
}

/** As an asynchronous stream that lets other work of the process in every thousand rows. */
async function* streamed(rows: Iterable<Row>): AsyncGenerator<Row> {
  let count = 0;
  for (const row of rows) {
    yield row;
    count += 1;
    if (count % 1_000 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

async function match(database: Database, { progress, signal }: ImportContext): Promise<void> {
  progress.stage('Matching customers to the map');
  await database.transaction(async (client) => {
    await placeAndMatchAccounts(client, 'all', {
      signal,
      progress: (done, total) => progress.fraction(total === 0 ? 1 : done / total),
    });
  });
  progress.stage('Matching places to the map');
  await database.transaction((client) => matchPlaces(client, 'true', [], { signal }));
}

/** Names the project and takes the mark away in one step: from here on the demo is there. */
async function finish(database: Database, geography: Geography): Promise<void> {
  const project = {
    name: 'Zandermark (fictional)',
    currency: 'EUR',
    bounds: boundsOf(geography),
    isDemo: true,
    fictional: true,
    today: TODAY,
  };
  await database.transaction(async (client) => {
    await client.query(
      `INSERT INTO app.settings (name, value) VALUES ('project', $1)
       ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = now()`,
      [JSON.stringify(project)],
    );
    await client.query(`DELETE FROM app.settings WHERE name = '${LOADING_MARK}'`);
  });
}

function boundsOf(geography: Geography): [number, number, number, number] {
  const corners = geography.regions[0]!.polygons.flatMap((polygon) => polygon[0]!.map(toLonLat));
  const lons = corners.map(([lon]) => lon);
  const lats = corners.map(([, lat]) => lat);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

const TABLES = [
  'crm.payments',
  'crm.sale_lines',
  'crm.sales',
  'crm.accounts',
  'crm.products',
  'geo.postcodes',
  'geo.places',
  'geo.addresses',
  'geo.buildings',
  'geo.road_edges',
  'geo.roads',
  'geo.road_nodes',
  'geo.business_zones',
  'geo.land_cover',
];

async function assertEmpty(database: Database): Promise<void> {
  for (const table of [...TABLES, 'geo.regions WHERE level > 0']) {
    if ((await database.row(`SELECT 1 FROM ${table} LIMIT 1`)) === undefined) continue;
    throw new AppError(
      'conflict',
      'The demo needs an empty project, and this one holds data. Choose another data folder (CATCHMENT_DATA) or database.',
    );
  }
}

/** Takes away what a load that did not get to its end left behind. */
async function removeDemo(database: Database, resting: readonly RestingPart[]): Promise<void> {
  await database.transaction(async (client) => {
    await emptyProject(client);
    await restoreParts(client, resting);
    await client.query(`DELETE FROM app.settings WHERE name IN ('${LOADING_MARK}', 'project')`);
  });
}

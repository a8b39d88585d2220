import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRecipe } from '../../geodata/recipes.js';
import type { ImportReport } from '../../geodata/report/import-record.js';
import { runRecipe } from '../../geodata/run-recipe.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { hasRealData, realData } from '../support/real-data.js';

const recipeFile = path.join(
  path.dirname(fileURLToPath(import.meta.url)),
  '../recipes/netherlands.yaml',
);

if (!hasRealData) {
  console.warn('SKIPPED: the Netherlands, because ../shared/data with the real data is not there.');
}

describe.skipIf(!hasRealData)('the Netherlands recipe', () => {
  let test: TestDatabase;
  let reports: readonly ImportReport[];

  beforeAll(async () => {
    test = await testDatabase();
    const recipe = await readRecipe(recipeFile, realData('.'));
    reports = await runRecipe({ database: test.database, recipe });
  }, 600_000);

  afterAll(() => test?.close());

  const row = (sql: string) => test.database.row(sql);

  it('has provinces, municipalities and districts, each below the right one', async () => {
    expect(
      await test.database.rows(
        `SELECT r.level, count(*) AS regions, count(DISTINCT r.parent_id) AS parents, min(p.level) AS above
         FROM geo.regions r JOIN geo.regions p ON p.region_id = r.parent_id GROUP BY 1 ORDER BY 1`,
      ),
    ).toEqual([
      { level: 1, regions: 12, parents: 1, above: 0 },
      { level: 2, regions: 345, parents: 12, above: 1 },
      { level: 3, regions: 3340, parents: 345, above: 2 },
    ]);
    expect(
      await row(
        `SELECT count(*) AS strays FROM geo.regions d JOIN geo.regions m ON m.region_id = d.parent_id
         WHERE d.level = 3 AND substr(d.code, 3, 4) <> substr(m.code, 3, 4)`,
      ),
    ).toEqual({ strays: 0 });
  });

  it('has the published population', async () => {
    expect(
      await test.database.rows(
        `SELECT level, sum(population) AS population FROM geo.regions GROUP BY 1 ORDER BY 1`,
      ),
    ).toEqual([
      { level: 0, population: 17_590_672 },
      { level: 1, population: 17_590_672 },
      { level: 2, population: 17_590_672 },
      { level: 3, population: 17_588_925 },
    ]);
  });

  it('has dwellings, their value in euros, ownership and urbanity', async () => {
    expect(
      await row(
        `SELECT dwellings, dwelling_value, urbanity, (statistics ->> 'owner_occupied_percent')::int AS owned
         FROM geo.regions WHERE code = 'GM0014'`,
      ),
    ).toEqual({
      dwellings: 120_703,
      dwelling_value: 251_000,
      urbanity: 'extremely urbanised',
      owned: 40,
    });
  });

  it('has the buildings of Amsterdam with their year, and its main roads', async () => {
    expect(
      await row(`SELECT count(*) AS buildings, count(year) AS with_year FROM geo.buildings`),
    ).toEqual({ buildings: 2211, with_year: 2012 });
    // The other features of the file carry no building tag; the report tells each.
    const report = reports.find(({ importer }) => importer === 'buildings');
    expect(report?.counts).toMatchObject({ read: 2294, inserted: 2211, rejected: 83 });
    expect(await row('SELECT count(*) AS roads FROM geo.roads')).toEqual({ roads: 7052 });
  });

  it('keeps all 234 schools and tells the one at 0/0', async () => {
    const report = reports.find(({ importer }) => importer === 'accounts');
    expect(report?.counts).toMatchObject({ read: 234, inserted: 234, rejected: 0, warned: 1 });
    expect(
      await test.database.rows(
        `SELECT field, value, reason FROM app.import_issues WHERE import_id = ${report?.importId}`,
      ),
    ).toEqual([
      { field: 'coordinates', value: '0 0', reason: 'the coordinates are 0/0; not used' },
    ]);
    expect(
      await test.database.rows(
        `SELECT a.placement, a.placement_status AS status, a.placement_label AS label, count(*)
         FROM crm.accounts a JOIN geo.region_paths p ON p.region_id = a.region_id
         WHERE p.level_3_id IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1`,
      ),
    ).toEqual([
      { placement: 'exact', status: null, label: null, count: 233 },
      { placement: 'place', status: 'doubtful', label: 'Amsterdam, Noord-Holland', count: 1 },
    ]);
  });

  it('changes nothing when it is run again', async () => {
    const recipe = await readRecipe(recipeFile, realData('.'));
    const again = await runRecipe({ database: test.database, recipe });
    for (const report of again) {
      expect(report.counts).toMatchObject({ inserted: 0, updated: 0 });
    }
  });
});

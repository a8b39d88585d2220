import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRecipe } from '../../geodata/recipes.js';
import type { ImportReport } from '../../geodata/report/import-record.js';
import { runRecipe } from '../../geodata/run-recipe.js';
import type { Browser, Page } from 'playwright';
import { createToken } from '../../server/auth/tokens.js';
import { launchChromium } from '../support/chromium.js';
import { askCubeAt } from '../support/cube-query.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import {
  chooseMeasure,
  drillIntoFirst,
  expectSameTotals,
  openAccount,
  showAllLayers,
  watch,
  type PageTroubles,
} from '../support/journey.js';
import { hasRealData, realData } from '../support/real-data.js';
import { startApp, type RunningApp } from '../support/running-app.js';

const recipeFile = path.join(
  path.dirname(fileURLToPath(import.meta.url)),
  '../recipes/brazil.yaml',
);

if (!hasRealData)
  console.warn('SKIPPED: Brazil, because ../shared/data with the real data is not there.');

describe.skipIf(!hasRealData)('the Brazil recipe', () => {
  let test: TestDatabase;
  let reports: readonly ImportReport[];

  beforeAll(async () => {
    test = await testDatabase();
    const recipe = await readRecipe(recipeFile, realData('.'));
    reports = await runRecipe({ database: test.database, recipe });
  }, 1_200_000);

  afterAll(() => test?.close());

  const row = (sql: string) => test.database.row(sql);
  const reportOf = (sourceName: string) =>
    reports.find((report) => report.sourceName === sourceName) as ImportReport;

  it('has 27 states and every municipality below its own state', async () => {
    expect(
      await row(
        `SELECT count(*) FILTER (WHERE level = 1) AS states, count(*) FILTER (WHERE level = 2) AS municipalities,
           count(*) FILTER (WHERE level = 2 AND geom IS NOT NULL) AS shapes FROM geo.regions`,
      ),
    ).toEqual({ states: 27, municipalities: 5571, shapes: 5564 });
    expect(
      await row(
        `SELECT count(*) AS strays FROM geo.regions m JOIN geo.regions s ON s.region_id = m.parent_id
         WHERE m.level = 2 AND s.code <> left(m.code, 2)`,
      ),
    ).toEqual({ strays: 0 });
  });

  it('has the population of 2018 at every level and that of 2017 beside it', async () => {
    expect(
      await row(
        `SELECT sum(population) FILTER (WHERE level = 0) AS project, sum(population) FILTER (WHERE level = 1) AS states,
           sum(population) FILTER (WHERE level = 2) AS municipalities,
           sum((statistics ->> 'population_2017')::numeric) AS earlier FROM geo.regions`,
      ),
    ).toEqual({
      project: 208_494_900,
      states: 208_494_900,
      municipalities: 208_494_900,
      earlier: 207_660_929,
    });
  });

  it('keeps every customer, placed by postcode or told as not placed', async () => {
    expect(reportOf('customers_all.csv.gz').counts).toMatchObject({
      read: 99_441,
      inserted: 99_441,
      rejected: 0,
    });
    expect(
      await test.database.rows(
        `SELECT placement, count(*) FROM crm.accounts WHERE lifecycle = 'customer' GROUP BY 1 ORDER BY 1`,
      ),
    ).toEqual([
      { placement: 'not_placed', count: 287 },
      { placement: 'postcode', count: 99_154 },
    ]);
    // 0.28 % have no row in the postcode table; nine more have one whose point is outside Brazil.
    expect(
      await row(
        `SELECT count(*) FROM crm.accounts a WHERE lifecycle = 'customer'
         AND NOT EXISTS (SELECT 1 FROM geo.postcodes p WHERE p.postcode = a.postcode)`,
      ),
    ).toEqual({ count: 278 });
  });

  it('counts customers by the state of their postcode as the publisher does', async () => {
    const states = await test.database.rows<{ name: string; customers: number }>(
      `SELECT level_1_name AS name, count(*) AS customers
       FROM crm.accounts a JOIN geo.region_paths p ON p.region_id = a.postcode_region_id
       WHERE lifecycle = 'customer' GROUP BY 1`,
    );
    expect(
      Object.fromEntries(states.map(({ name, customers }) => [name, customers])),
    ).toMatchObject({
      'São Paulo': 41_746,
      'Rio de Janeiro': 12_852,
      'Minas Gerais': 11_635,
      'Rio Grande do Sul': 5_466,
      Paraná: 5_045,
      'Santa Catarina': 3_637,
      Bahia: 3_380,
      'Espírito Santo': 2_033,
    });
    expect(states.reduce((sum, { customers }) => sum + customers, 0)).toBe(99_441);
  });

  it('tells the nine postcodes whose point lies outside Brazil', async () => {
    const report = reportOf('geolocation_prefix.csv.gz');
    expect(report.counts).toMatchObject({ read: 19_015, inserted: 19_015, warned: 9 });
    expect(
      await test.database.rows(
        `SELECT DISTINCT field, reason FROM app.import_issues WHERE import_id = ${report.importId}`,
      ),
    ).toEqual([{ field: 'coordinates', reason: 'the point is outside the project; not used' }]);
    expect(await row(`SELECT count(*) FROM geo.postcodes WHERE geom IS NULL`)).toEqual({
      count: 9,
    });
  });

  it('has orders, lines and products', async () => {
    expect(
      await row(
        `SELECT (SELECT count(*) FROM crm.sales) AS sales, (SELECT count(*) FROM crm.sale_lines) AS lines,
           (SELECT count(*) FROM crm.sale_lines WHERE product_id IS NULL) AS without_product,
           (SELECT count(*) FROM crm.products) AS products,
           (SELECT count(*) FROM crm.products WHERE category = 'health_beauty') AS health_beauty`,
      ),
    ).toEqual({
      sales: 10_000,
      lines: 11_252,
      without_product: 0,
      products: 32_951,
      health_beauty: 2_444,
    });
  });

  it('has every payment with the known sums', async () => {
    expect(
      await test.database.rows(
        `SELECT payment_type, count(*), sum(value) AS value FROM crm.payments GROUP BY 1 ORDER BY 3 DESC`,
      ),
    ).toEqual([
      { payment_type: 'credit_card', count: 76_795, value: 12_542_084.19 },
      { payment_type: 'boleto', count: 19_784, value: 2_869_361.27 },
      { payment_type: 'voucher', count: 5_775, value: 379_436.87 },
      { payment_type: 'debit_card', count: 1_529, value: 217_989.79 },
      { payment_type: 'not_defined', count: 3, value: 0 },
    ]);
    expect(await row('SELECT sum(value) AS value FROM crm.payments')).toEqual({
      value: 16_008_872.12,
    });
  });

  it('has the leads with their origin', async () => {
    expect(
      await test.database.rows(
        `SELECT origin, count(*) FROM crm.accounts WHERE lifecycle = 'lead' GROUP BY 1 ORDER BY 2 DESC LIMIT 3`,
      ),
    ).toEqual([
      { origin: 'organic_search', count: 2_296 },
      { origin: 'paid_search', count: 1_586 },
      { origin: 'social', count: 1_350 },
    ]);
  });

  it('sums to the parent at each step from state to municipality to postcode', async () => {
    const [state] = await test.database.rows<{ region_id: number }>(
      `SELECT region_id FROM geo.regions WHERE level = 1 AND code = '35'`,
    );
    const total = await row(
      `SELECT count(*) FROM crm.accounts a JOIN geo.region_members m
         ON m.descendant_id = COALESCE(a.postcode_region_id, 0) AND m.level = 1
       WHERE m.region_id = ${state?.region_id}`,
    );
    expect(total).toEqual({ count: 41_746 });
    const parts = await row(
      `SELECT sum(accounts)::int AS count FROM (
         SELECT m.region_id, a.postcode, count(*) AS accounts FROM crm.accounts a
         JOIN geo.region_members m ON m.descendant_id = COALESCE(a.postcode_region_id, 0) AND m.level = 2
         WHERE m.parent_id = ${state?.region_id} GROUP BY 1, 2) parts`,
    );
    expect(parts).toEqual(total);
  });

  it('knows where the state on the map differs from that of the postcode', async () => {
    const different = await row(
      `SELECT count(*) > 0 AS some, count(*) < 1000 AS few FROM crm.accounts a
       JOIN geo.region_paths map ON map.region_id = a.region_id
       JOIN geo.region_paths post ON post.region_id = a.postcode_region_id
       WHERE map.level_1_id <> post.level_1_id`,
    );
    expect(different).toEqual({ some: true, few: true });
  });

  describe('through the application', () => {
    let app: RunningApp;
    let token: string;
    let browser: Browser;
    let page: Page;
    let troubles: PageTroubles;

    beforeAll(async () => {
      app = await startApp({ env: { DATABASE_URL: test.url } });
      ({ token } = await createToken(test.database, { role: 'manager', name: 'Brazil' }));
      browser = await launchChromium();
      page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      troubles = watch(page, app.url);
    }, 300_000);

    afterAll(async () => {
      await browser?.close();
      await app?.stop();
    });

    const ask = (query: Record<string, unknown>) => askCubeAt(app.url, token, query);

    it('counts customers by the state of their postcode in the cube', async () => {
      const rows = await ask({
        measures: ['accounts.customers'],
        dimensions: ['accounts.postcode_level_1_name'],
        order: { 'accounts.customers': 'desc' },
        limit: 8,
      });
      expect(
        rows.map((row) => [
          row['accounts.postcode_level_1_name'],
          Number(row['accounts.customers']),
        ]),
      ).toEqual([
        ['São Paulo', 41_746],
        ['Rio de Janeiro', 12_852],
        ['Minas Gerais', 11_635],
        ['Rio Grande do Sul', 5_466],
        ['Paraná', 5_045],
        ['Santa Catarina', 3_637],
        ['Bahia', 3_380],
        ['Distrito Federal', 2_140],
      ]);
    });

    it('sums payments in the cube to the known values', async () => {
      const [total] = await ask({ measures: ['payments.payment_value', 'payments.payments'] });
      expect(Number(total?.['payments.payment_value'])).toBe(16_008_872.12);
      expect(Number(total?.['payments.payments'])).toBe(103_886);
      const [card] = await ask({
        measures: ['payments.payment_value'],
        filters: [{ member: 'payments.payment_type', operator: 'equals', values: ['credit_card'] }],
      });
      expect(Number(card?.['payments.payment_value'])).toBe(12_542_084.19);
    });

    it('drills in the cube from state to municipality to postcode, each level summing to its parent', async () => {
      const sumOf = (rows: Awaited<ReturnType<typeof ask>>) =>
        rows.reduce((sum, row) => sum + Number(row['accounts.accounts']), 0);
      const level = (value: number) => ({
        member: 'accounts.region_level',
        operator: 'equals',
        values: [String(value)],
      });
      const inside = (member: string, id: unknown) => ({
        member: `accounts.${member}`,
        operator: 'equals',
        values: [String(id)],
      });
      const measures = ['accounts.accounts'];
      const dimensions = ['accounts.region_id', 'accounts.region_name'];

      const states = await ask({ measures, dimensions, filters: [level(1)] });
      expect(sumOf(states)).toBe(99_441 + 8_000);
      const state = states.find((row) => row['accounts.region_name'] === 'São Paulo');
      const municipalities = await ask({
        measures,
        dimensions,
        filters: [level(2), inside('parent_region_id', state?.['accounts.region_id'])],
      });
      expect(sumOf(municipalities)).toBe(Number(state?.['accounts.accounts']));
      const city = municipalities.find((row) => row['accounts.region_name'] === 'São Paulo');
      const postcodes = await ask({
        measures,
        dimensions: ['accounts.postcode'],
        filters: [level(2), inside('region_id', city?.['accounts.region_id'])],
        limit: 50_000,
      });
      expect(postcodes.length).toBeGreaterThan(1_000);
      expect(sumOf(postcodes)).toBe(Number(city?.['accounts.accounts']));
    });

    it('asks for the first administrator and shows every layer', async () => {
      await page.goto(app.url);
      await page.getByLabel('Your name').fill('Ana Souza');
      await page.getByLabel('E-mail').fill('ana@example.org');
      await page.getByLabel(/^Password/).fill('a good long password');
      await page.getByRole('button', { name: 'Create administrator' }).click();
      await showAllLayers(page);
    });

    it('shows the same total in KPI, table and legend as in SQL, two levels down', async () => {
      await chooseMeasure(page, 'Accounts');
      await expectSameTotals(page, test.database, null);
      const state = await drillIntoFirst(page);
      await expectSameTotals(page, test.database, state);
      const municipality = await drillIntoFirst(page);
      await expectSameTotals(page, test.database, municipality);
    });

    it('opens the card of an account', async () => {
      const account = await test.database.row<{ name: string; region: string }>(
        `SELECT min(a.name) AS name, min(r.name) AS region
         FROM crm.accounts a JOIN geo.regions r USING (region_id)
         GROUP BY a.name HAVING count(*) = 1 LIMIT 1`,
      );
      if (!account) throw new Error('no customer is placed');
      const card = await openAccount(page, account.name);
      await card.getByText(account.region).first().waitFor();
      expect(troubles).toEqual({ outside: [], errors: [] });
    });
  });

  it('writes nothing when the customers are imported again', async () => {
    const recipe = await readRecipe(recipeFile, realData('.'));
    const steps = recipe.steps.filter(({ importer }) =>
      ['postcodes', 'accounts', 'sales'].includes(importer.name),
    );
    const again = await runRecipe({ database: test.database, recipe: { ...recipe, steps } });
    for (const report of again) expect(report.counts).toMatchObject({ inserted: 0, updated: 0 });
  });
});

import type { Locator, Page } from 'playwright';
import { expect } from 'vitest';
import type { Database } from '../../server/db/database.js';

/** How long a figure or a tile may take under software rendering on a busy machine. */
const patienceMs = 120_000;

type Totals = { accounts: number; revenue: number };

const everyLayer = [
  'Regions',
  'Accounts',
  'Housing types',
  'Roads',
  'Business zones',
  'Places',
  'Water and green',
];

/** What a page asked for outside its own host, logged as an error or failed to load. */
export type PageTroubles = { readonly outside: string[]; readonly errors: string[] };

/** Watches a page for requests to other hosts and for errors in its console. */
export function watch(page: Page, base: string): PageTroubles {
  const troubles: PageTroubles = { outside: [], errors: [] };
  page.setDefaultTimeout(patienceMs);
  page.on('request', (request) => {
    const url = request.url();
    if (url.startsWith('http') && !url.startsWith(base)) troubles.outside.push(url);
  });
  page.on('pageerror', (error) => troubles.errors.push(error.message));
  return troubles;
}

/** Shows every layer and waits until the map has got tiles of each of them. */
export async function showAllLayers(page: Page): Promise<void> {
  for (const name of everyLayer) {
    const toggle = page.getByRole('switch', { name, exact: true });
    await toggle.waitFor({ timeout: patienceMs });
    if ((await toggle.getAttribute('aria-checked')) === 'false') await toggle.click();
    await expect.poll(() => toggle.getAttribute('aria-checked')).toBe('true');
  }
}

/** Chooses what the figures measure. */
export async function chooseMeasure(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: /^Measure/ }).click();
  await page.getByRole('option', { name: title, exact: true }).click();
}

/** The same total in the KPI, the table, the legend and SQL, for the region on screen. */
export async function expectSameTotals(
  page: Page,
  database: Database,
  regionId: number | null,
): Promise<void> {
  const sql = await totalsInSql(database, regionId);
  const kpi = page.locator('ct-kpi[data-measure="accounts.accounts"] .value').first();
  // A region without parts is a line among its neighbours, which have no total.
  const total = page.locator('ct-region-table :is(tfoot, tr.selected) .figure').first();
  await expect
    .poll(() => numberIn(kpi), { timeout: patienceMs, message: 'accounts in the KPI' })
    .toBe(sql.accounts);
  await expect
    .poll(() => numberIn(total), { timeout: patienceMs, message: 'accounts under the table' })
    .toBe(sql.accounts);
  if ((await page.locator('ct-region-table tfoot').count()) > 0) {
    const lines = await page.locator('ct-region-table tbody .figure').allInnerTexts();
    expect(sum(lines), 'lines of the table').toBe(sql.accounts);
  }
  await expect
    .poll(() => legendTotal(page), { timeout: patienceMs, message: 'accounts in the legend' })
    .toBe(sql.accounts);
}

/** Clicks the first region of the table and answers its id when it is the one looked at. */
export async function drillIntoFirst(page: Page): Promise<number> {
  const row = page.locator('ct-region-table tbody tr.region').first();
  const id = Number(await row.getAttribute('data-region'));
  await row.getByRole('button').click();
  await expect
    .poll(() => new URL(page.url()).searchParams.get('region'), { timeout: patienceMs })
    .toBe(String(id));
  return id;
}

/** Finds an account by its name and opens its card. */
export async function openAccount(page: Page, name: string): Promise<Locator> {
  await page.keyboard.press('/');
  const box = page.getByRole('combobox', { name: /search/i }).first();
  await box.fill(name);
  await page.getByRole('option', { name }).first().click({ timeout: patienceMs });
  const card = page.locator('ct-account-card');
  await card.getByRole('heading', { name }).waitFor({ timeout: patienceMs });
  return card;
}

async function legendTotal(page: Page): Promise<number> {
  const card = page.locator('[data-layer="accounts"]');
  const header = card.locator('.open');
  if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
  return sum(await card.locator('.total .number').allInnerTexts());
}

async function totalsInSql(database: Database, regionId: number | null): Promise<Totals> {
  const row = await database.row<Totals>(
    `SELECT count(*) AS accounts, coalesce(sum(l.revenue), 0) AS revenue
     FROM crm.accounts a
     LEFT JOIN (SELECT s.account_id, sum(x.revenue) AS revenue
                FROM crm.sales s JOIN crm.sale_lines x USING (sale_id)
                GROUP BY s.account_id) l USING (account_id)
     WHERE $1::bigint IS NULL
        OR a.region_id IN (SELECT p.region_id FROM geo.region_paths p WHERE $1 = ANY (p.path_ids))`,
    [regionId],
  );
  if (!row) throw new Error('no totals');
  return row;
}

async function numberIn(locator: Locator): Promise<number | null> {
  const [text] = await locator.allInnerTexts();
  return text === undefined ? null : toNumber(text);
}

function sum(texts: readonly string[]): number {
  return texts.reduce((total, text) => total + (toNumber(text) ?? 0), 0);
}

function toNumber(text: string): number | null {
  const digits = text.replaceAll(/[^\d.-]/g, '');
  return digits === '' ? null : Number(digits);
}

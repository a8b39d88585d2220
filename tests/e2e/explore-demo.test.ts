import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../server/config.js';
import { openDatabase, type OpenDatabase } from '../../server/db/open.js';
import { launchChromium } from '../support/chromium.js';
import {
  chooseMeasure,
  drillIntoFirst,
  expectSameTotals,
  openAccount,
  showAllLayers,
  watch,
  type PageTroubles,
} from '../support/journey.js';
import { startApp, type RunningApp } from '../support/running-app.js';

describe('a manager on the demo region', () => {
  const dataFolder = mkdtempSync(path.join(os.tmpdir(), 'catchment-demo-'));
  let app: RunningApp;
  let opened: OpenDatabase;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let troubles: PageTroubles;

  beforeAll(async () => {
    app = await startApp({ dataFolder });
    opened = await openDatabase(readConfig({ CATCHMENT_DATA: dataFolder }));
    browser = await launchChromium();
    context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    page = await context.newPage();
    troubles = watch(page, app.url);
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await opened?.close();
    await app?.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  it('signs in with one click and sees every layer', async () => {
    await page.goto(app.url);
    await page.getByRole('button', { name: /manager/i }).click();
    await showAllLayers(page);
  });

  it('reads the same total in KPI, table and legend as in SQL, two levels down', async () => {
    await chooseMeasure(page, 'Accounts');
    await expectSameTotals(page, opened.database, null);
    const district = await drillIntoFirst(page);
    await expectSameTotals(page, opened.database, district);
    const municipality = await drillIntoFirst(page);
    await expectSameTotals(page, opened.database, municipality);
  });

  it('goes back up with the back button', async () => {
    await page.goBack();
    await expect.poll(() => page.locator('nav[aria-label="Region"] li').count()).toBe(2);
  });

  it('opens an account with everything that matching found', async () => {
    const account = await opened.database.row<{ name: string; region: string }>(
      `SELECT min(a.name) AS name, min(r.name) AS region
       FROM crm.accounts a JOIN geo.regions r USING (region_id)
       WHERE a.building_id IS NOT NULL AND a.road_id IS NOT NULL
       GROUP BY a.name HAVING count(*) = 1 LIMIT 1`,
    );
    if (!account) throw new Error('the demo has no placed account');
    const card = await openAccount(page, account.name);
    await card.getByText(account.region).first().waitFor();
    for (const found of ['Housing type', 'Nearest road', 'Business zone']) {
      await card.getByText(found).first().waitFor();
    }
  });

  it('asked nobody else for anything, and nothing went wrong in the page', () => {
    expect(troubles).toEqual({ outside: [], errors: [] });
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright';
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

const desktop = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describe('on the demo region', () => {
  const dataFolder = mkdtempSync(path.join(os.tmpdir(), 'catchment-demo-'));
  let app: RunningApp;
  let opened: OpenDatabase;
  let browser: Browser;

  beforeAll(async () => {
    app = await startApp({ dataFolder });
    opened = await openDatabase(readConfig({ CATCHMENT_DATA: dataFolder }));
    browser = await launchChromium();
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await opened?.close();
    await app?.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  type Visit = { readonly page: Page; readonly troubles: PageTroubles };

  async function visit(options: BrowserContextOptions): Promise<Visit> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    return { page, troubles: watch(page, app.url) };
  }

  describe('a manager', () => {
    let page: Page;
    let troubles: PageTroubles;
    beforeAll(async () => {
      ({ page, troubles } = await visit(desktop));
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

  describe('a planner', () => {
    let page: Page;
    let troubles: PageTroubles;
    beforeAll(async () => {
      ({ page, troubles } = await visit(desktop));
    });

    it('is shown around in a few cards', async () => {
      await page.goto(app.url);
      await page.getByRole('button', { name: /planner/i }).click();
      await page.getByRole('button', { name: 'Show me around' }).click();
      for (let card = 1; card < 5; card += 1) await page.locator('ct-tour .next').click();
      await page.getByRole('button', { name: 'Done' }).click();
      expect(await page.locator('ct-tour section').count()).toBe(0);
    });

    it('sees what revenue is made up of, and filters by a part of it', async () => {
      await page.locator('ct-insight-panel').getByText('Made up of').click();
      const part = page.locator('ct-breakdown .row').first();
      await part.click();
      await expect.poll(() => new URL(page.url()).searchParams.get('segment')).toBeTruthy();
    });

    it('keeps the view under a name, leaves it, and comes back to it by the palette', async () => {
      const address = page.url();
      await page.getByRole('button', { name: 'Views' }).click();
      await page.getByLabel('Save this view as').fill('One segment');
      await page.locator('ct-views form button').click();
      await page.locator('ct-views li', { hasText: 'One segment' }).waitFor();
      await page.keyboard.press('Escape');
      await page.goto(app.url);
      await page.locator('ct-slice-bar').waitFor();
      await page.keyboard.press('Control+k');
      await page.keyboard.type('one segment');
      await page.getByRole('option', { name: 'One segment' }).waitFor();
      await page.keyboard.press('Enter');
      const segment = (url: string) => new URL(url).searchParams.get('segment');
      await expect.poll(() => segment(page.url())).toBe(segment(address));
    });

    it('asked nobody else for anything, and nothing went wrong in the page', () => {
      expect(troubles).toEqual({ outside: [], errors: [] });
    });
  });

  describe('a prospector with a phone', () => {
    let page: Page;
    let troubles: PageTroubles;
    beforeAll(async () => {
      ({ page, troubles } = await visit(phone));
    });

    it('finds a street and sees the open leads around it, and no account of others', async () => {
      await page.goto(app.url);
      await page.getByRole('button', { name: /prospector/i }).click();
      const visible = await opened.database.row<{ n: number }>(
        `SELECT count(*) AS n FROM crm.accounts a WHERE a.owner_id = 'demo-prospector'
         OR (a.owner_id IS NULL AND a.lifecycle IN ('lead', 'prospect'))`,
      );
      const kpi = page.locator('ct-kpi[data-measure="accounts.accounts"] .value').first();
      await expect
        .poll(async () => Number((await kpi.innerText()).replace(/\D/g, '')), { timeout: 60_000 })
        .toBe(visible!.n);
    });

    it('opens a lead of their own by its name', async () => {
      const lead = await opened.database.row<{ name: string }>(
        `SELECT min(a.name) AS name FROM crm.accounts a
         WHERE a.owner_id = 'demo-prospector' AND a.geom IS NOT NULL
         GROUP BY a.name HAVING count(*) = 1 LIMIT 1`,
      );
      if (!lead) throw new Error('the prospector of the demo owns nothing');
      await openAccount(page, lead.name);
    });

    it('asked nobody else for anything, and nothing went wrong in the page', () => {
      expect(troubles).toEqual({ outside: [], errors: [] });
    });
  });
});

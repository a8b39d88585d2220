import type { Page } from 'playwright';
import { launchChromium } from '../support/chromium.js';
import { servePoints } from './map/points-server.js';
import type { BenchPage } from './map/page.js';
import { median, reportFigure, reportRatio } from './report.js';

const sizes = [10_000, 100_000, 1_000_000];
const rounds = 5;

/** Above so many a frame of ScatterplotLayer takes a quarter of a minute under software GL. */
const mostScattered = 100_000;

/** Draws points in Chromium beside raw gl.POINTS and deck.gl's ScatterplotLayer: frames, long tasks, bytes. */
export async function run(): Promise<void> {
  const browser = await launchChromium();
  try {
    for (const size of sizes) {
      const page = await browser.newPage({ viewport: { width: 1100, height: 900 } });
      await benchSize(page, size);
      await page.close();
    }
  } finally {
    await browser.close();
  }
}

async function benchSize(page: Page, size: number): Promise<void> {
  const server = await servePoints(size);
  try {
    await page.goto(server.url);
    await page.waitForFunction(() => 'bench' in window);
    await benchLoading(page, server.sent);
    await benchFrames(page, size);
  } finally {
    await server.close();
  }
}

async function benchLoading(page: Page, sent: ReadonlyMap<string, number>): Promise<void> {
  const { ms, rows, longest } = await page.evaluate(() => window.bench.load());
  await page.evaluate(() => window.bench.filter('lifecycle=customer'));
  const times: number[] = [];
  let uploaded = 0;
  for (let round = 0; round < rounds; round++) {
    const query = round % 2 === 0 ? 'lifecycle=lead' : 'lifecycle=former';
    const filtered = await page.evaluate((text) => window.bench.filter(text), query);
    times.push(filtered.ms);
    uploaded = filtered.uploaded / rows;
  }
  const drawing = Math.max(0, ...(await page.evaluate(() => window.bench.longTasks())));
  const edition = await page.evaluate(() => window.bench.edition());
  const decoded = await page.evaluate((text) => window.bench.decode(text), edition);
  const bytes = (sent.get('positions')! + 2 * sent.get('lifecycle')!) / rows;
  const what = `${rows.toLocaleString('en')} points`;
  const figure = (name: string, value: string, goal: string) =>
    reportFigure({ bench: 'map', what: `${what}: ${name}`, value, goal });
  figure('compressed, position and two categories', `${bytes.toFixed(2)} B a point`, '≤ 4 B');
  figure('decoded', `${Math.min(...decoded).toFixed(1)} ns a point`, '≤ 30 ns');
  figure('asked for until drawn', `${Math.round(ms)} ms`, '');
  figure('filter answered', `${Math.round(median(times))} ms`, '< 200 ms');
  figure('uploaded by a filter', `${uploaded.toFixed(2)} B a point`, '≤ 1 B');
  figure('longest task while they arrive', `${Math.round(longest)} ms`, '≤ 100 ms');
  figure('longest task while software GL draws', `${Math.round(drawing)} ms`, '');
}

type Kind = Parameters<BenchPage['frame']>[0];

async function benchFrames(page: Page, size: number): Promise<void> {
  const kinds: Kind[] = ['ours', 'raw'];
  if (size <= mostScattered) {
    await page.evaluate(() => window.bench.open('scatterplot'));
    kinds.push('scatterplot');
  }
  await page.evaluate(() => window.bench.filter(''));
  const times: Record<Kind, number[]> = { ours: [], raw: [], scatterplot: [] };
  for (let round = -1; round < rounds; round++) {
    for (const kind of kinds) {
      const ms = await page.evaluate((name) => window.bench.frame(name), kind);
      if (round >= 0) times[kind].push(ms);
    }
  }
  const what = `a frame of ${size.toLocaleString('en')} points`;
  const { ours, raw, scatterplot } = times;
  reportRatio({ bench: 'map', what, beside: 'raw gl.POINTS', ours, reference: raw, goal: '≤ 2.5' });
  if (scatterplot.length === 0) return;
  const beside = 'ScatterplotLayer';
  reportRatio({ bench: 'map', what, beside, ours, reference: scatterplot, goal: '≤ 0.3' });
}

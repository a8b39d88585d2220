import { beforeAll, describe, expect, it } from 'vitest';
import { makeGeography, type Geography } from '../../../../geodata/demo/geography.js';
import { AccountMaker, type Account } from '../../../../geodata/demo/people/accounts.js';
import { SalesMaker, type Sale } from '../../../../geodata/demo/people/sales.js';

const seed = 7;
const count = 4_000;
let geography: Geography;
let maker: AccountMaker;
let accounts: Account[];
let sales: Sale[];

beforeAll(async () => {
  geography = await makeGeography(seed);
  maker = new AccountMaker(geography, { seed, count, owners: ['u1', 'u2'] });
  accounts = Array.from({ length: count }, (_, i) => maker.account(i + 1));
  sales = [...new SalesMaker(maker, { seed, accounts: count, lines: 40_000 }).sales()];
}, 120_000);

const shareOf = (lifecycle: string) =>
  accounts.filter((account) => account.lifecycle === lifecycle).length / count;
const ordersIn = (from: string, to: string) =>
  sales.filter(({ orderedAt }) => orderedAt >= from && orderedAt < to).length;

describe('accounts of the demo', () => {
  it('are made from seed and number alone', () => {
    const again = new AccountMaker(geography, { seed, count, owners: ['u1', 'u2'] });
    expect(again.account(1_234)).toEqual(accounts[1_233]);
  });

  it('are leads, prospects, former and present customers in believable shares', () => {
    expect(shareOf('lead')).toBeGreaterThan(0.12);
    expect(shareOf('lead')).toBeLessThan(0.19);
    expect(shareOf('prospect')).toBeCloseTo(0.08, 1);
    expect(shareOf('former')).toBeCloseTo(0.08, 1);
    expect(shareOf('customer')).toBeGreaterThan(0.64);
  });

  it('are nearly all placed, with a small bucket that is not', () => {
    const lost = accounts.filter((account) => account.address === null);
    expect(lost.length).toBeGreaterThan(0);
    expect(lost.length / count).toBeLessThan(0.01);
    expect(lost.every((account) => account.point === null)).toBe(true);
  });

  it('have addresses and telephone numbers that can be nobody’s', () => {
    expect(accounts.every(({ email }) => email.endsWith('@example.org'))).toBe(true);
    expect(accounts.every(({ phone }) => phone === null || phone.startsWith('+999'))).toBe(true);
  });

  it('are denser in detached houses than in flats', () => {
    const large = new AccountMaker(geography, { seed, count: 20_000, owners: [] });
    const dwellings = (type: string) =>
      geography.buildings.filter((b) => b.type === type).reduce((sum, b) => sum + b.dwellings, 0);
    const spots = new Map<string, number>();
    for (let id = 1; id <= large.personCount; id++) {
      const { point } = large.account(id);
      if (!point) continue;
      const type = typeAt(point.x, point.y);
      spots.set(type, (spots.get(type) ?? 0) + 1);
    }
    const density = (type: string) => spots.get(type)! / dwellings(type);
    expect(density('detached')).toBeGreaterThan(1.5 * density('terrace'));
    expect(density('terrace')).toBeGreaterThan(1.5 * density('apartments'));
  });
});

/** Housing type of the building nearest to a point, by a grid made once. */
function typeAt(x: number, y: number): string {
  const cell = 40;
  const cellOf = (px: number, py: number) => `${Math.floor(px / cell)},${Math.floor(py / cell)}`;
  if (grid.size === 0) {
    for (const building of geography.buildings) {
      const key = cellOf(building.footprint.x, building.footprint.y);
      grid.set(key, [...(grid.get(key) ?? []), building]);
    }
  }
  let best = '';
  let nearest = Infinity;
  for (let i = -1; i <= 1; i++) {
    for (let j = -1; j <= 1; j++) {
      for (const building of grid.get(`${Math.floor(x / cell) + i},${Math.floor(y / cell) + j}`) ??
        []) {
        const { footprint } = building;
        const dx = x - footprint.x;
        const dy = y - footprint.y;
        const along = Math.abs(dx * footprint.ux + dy * footprint.uy) / footprint.width;
        const across = Math.abs(-dx * footprint.uy + dy * footprint.ux) / footprint.depth;
        const away = Math.max(along, across);
        if (away < nearest) {
          nearest = away;
          best = building.type;
        }
      }
    }
  }
  return best;
}
const grid = new Map<string, Geography['buildings'][number][]>();

describe('sales of the demo', () => {
  it('come to about the lines asked for', () => {
    const lines = sales.reduce((sum, sale) => sum + sale.lines.length, 0);
    expect(lines).toBeGreaterThan(37_000);
    expect(lines).toBeLessThan(43_000);
  });

  it('are paid to the cent', () => {
    for (const sale of sales) {
      const revenue = sale.lines.reduce((sum, line) => sum + line.revenueCents, 0);
      const paid = sale.payments.reduce((sum, payment) => sum + payment.cents, 0);
      expect(paid).toBe(revenue);
    }
  });

  it('grow from year to year', () => {
    const first = ordersIn('2023-11-01', '2024-11-01');
    const second = ordersIn('2024-11-01', '2025-11-01');
    const third = ordersIn('2025-11-01', '2026-11-01');
    expect(second).toBeGreaterThan(first * 1.03);
    expect(third).toBeGreaterThan(second * 1.03);
    expect(third).toBeLessThan(first * 1.5);
  });

  it('follow the season: autumn is busier than the new year', () => {
    expect(ordersIn('2025-10-01', '2025-12-01')).toBeGreaterThan(
      1.25 * ordersIn('2026-01-01', '2026-03-01'),
    );
  });

  it('end when a customer leaves', () => {
    const byId = new Map(accounts.map((account) => [account.id, account]));
    for (const { accountId, orderedAt } of sales) {
      const { formerSince, customerSince } = byId.get(accountId)!;
      expect(orderedAt.slice(0, 10) >= customerSince!).toBe(true);
      if (formerSince) expect(orderedAt.slice(0, 10) <= formerSince).toBe(true);
    }
  });

  it('are larger where houses are larger and companies buy', () => {
    const spent = new Map<number, number>();
    for (const sale of sales) {
      const cents = sale.lines.reduce((sum, line) => sum + line.revenueCents, 0);
      spent.set(sale.accountId, (spent.get(sale.accountId) ?? 0) + cents);
    }
    const mean = (segment: string) => {
      const own = accounts.filter((account) => account.segment === segment && account.buying);
      return own.reduce((sum, account) => sum + (spent.get(account.id) ?? 0), 0) / own.length;
    };
    expect(mean('Large business')).toBeGreaterThan(2 * mean('Families'));
    expect(mean('Families')).toBeGreaterThan(mean('Starters'));
  });
});

import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';

const load = createRequire(import.meta.url);
const { saleGrainOf, sharedGrain } = load('../../cube/rules/sale-grain.js') as {
  saleGrainOf: (query: object) => string;
  sharedGrain: (one: string | undefined, other: string) => string;
};

const month = { dimension: 'sales.ordered_at', granularity: 'month' };
const within = (from: string, to: string) => ({
  dimension: 'sales.ordered_at',
  dateRange: [`${from}T00:00:00.000`, `${to}T23:59:59.999`],
});

describe('a query of sales is read from', () => {
  it.each([
    ['region_total', { measures: ['sales.revenue'], dimensions: ['sales.region_id'] }],
    ['category_total', { measures: ['sales.margin'], dimensions: ['sales.category'] }],
    ['lines', { measures: ['sales.orders'], dimensions: ['sales.category'] }],
    ['customer_total', { measures: ['sales.orders'], dimensions: ['sales.segment'] }],
    ['region', { measures: ['sales.orders'], timeDimensions: [month] }],
    ['category', { dimensions: ['sales.category'], timeDimensions: [month] }],
    ['customer', { dimensions: ['sales.segment'], timeDimensions: [month] }],
    ['leaf_customer', { measures: ['sales.revenue'], dimensions: ['sales.owner_id'] }],
    ['leaf_customer', { measures: ['sales.revenue'], dimensions: ['sales.level_2_name'] }],
    ['lines', { measures: ['sales.revenue'], dimensions: ['sales.product_name'] }],
    ['lines', { measures: ['sales.revenue'], dimensions: ['sales.category', 'sales.segment'] }],
  ])('%s where the members are %j', (grain, query) => {
    expect(saleGrainOf(query)).toBe(grain);
  });

  it('lines where a filter, in whatever group, or the order names what sums do not have', () => {
    const filter = { member: 'sales.channel', operator: 'equals', values: ['web'] };
    const query = { measures: ['sales.revenue'] };
    expect(saleGrainOf({ ...query, filters: [{ or: [{ and: [filter] }] }] })).toBe('lines');
    expect(saleGrainOf({ ...query, order: [{ id: 'sales.channel', desc: true }] })).toBe('lines');
  });

  it.each([
    ['region', within('2024-01-01', '2024-02-29')],
    ['region', { ...within('2024-01-01', '2024-12-31'), granularity: 'quarter' }],
    ['lines', within('2024-01-01', '2024-02-28')],
    ['lines', within('2024-01-02', '2024-02-29')],
    ['lines', { dimension: 'sales.ordered_at', granularity: 'week' }],
    ['lines', { dimension: 'sales.ordered_at', granularity: 'day' }],
  ])('%s where the time is %j', (grain, time) => {
    expect(saleGrainOf({ measures: ['sales.revenue'], timeDimensions: [time] })).toBe(grain);
  });

  it('lines where time is a dimension or a filter of its own', () => {
    const filter = { member: 'sales.ordered_at', operator: 'afterDate', values: ['2024-01-01'] };
    expect(saleGrainOf({ measures: ['sales.revenue'], filters: [filter] })).toBe('lines');
    expect(saleGrainOf({ measures: ['sales.revenue'], dimensions: ['sales.ordered_at'] })).toBe(
      'lines',
    );
  });

  it.each([
    ['region', [month]],
    ['region', [within('2024-02-01', '2024-02-29')]],
    ['lines', [within('2024-01-01', '2024-02-29')]],
    ['lines', [{ ...month, granularity: 'year' }]],
    ['lines', []],
  ])('%s where accounts that ordered are counted within %j', (grain, timeDimensions) => {
    expect(saleGrainOf({ measures: ['sales.active_customers'], timeDimensions })).toBe(grain);
  });
});

describe('queries that are asked together', () => {
  it('share what they are read from, and take the lines where they differ', () => {
    expect(sharedGrain(undefined, 'region')).toBe('region');
    expect(sharedGrain('region', 'region')).toBe('region');
    expect(sharedGrain('region', 'category')).toBe('lines');
    expect(sharedGrain('lines', 'category')).toBe('lines');
  });
});

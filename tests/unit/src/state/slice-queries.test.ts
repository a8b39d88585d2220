import { describe, expect, it } from 'vitest';
import {
  accountFilterQuery,
  childrenQuery,
  regionQuery,
  splitByPlacement,
  timelineQuery,
  type Slice,
} from '../../../../src/state/slice-queries.js';

const slice: Slice = { regionId: 7, level: 1, period: null, filters: {} };
const quarter = { first: '2026-07', last: '2026-09' };

describe('queries of a slice', () => {
  it('ask for the region itself at its own level', () => {
    expect(regionQuery(['sales.revenue'], slice)).toEqual({
      measures: ['sales.revenue'],
      filters: [
        { member: 'sales.region_level', operator: 'equals', values: ['1'] },
        { member: 'sales.region_id', operator: 'equals', values: ['7'] },
      ],
    });
  });

  it('ask for the parts of a region by id, with room for all of them', () => {
    expect(childrenQuery(['accounts.accounts'], slice, 2)).toEqual({
      measures: ['accounts.accounts'],
      dimensions: ['accounts.region_id'],
      filters: [
        { member: 'accounts.region_level', operator: 'equals', values: ['2'] },
        { member: 'accounts.parent_region_id', operator: 'equals', values: ['7'] },
      ],
      limit: 50_000,
    });
  });

  it('put the whole days of a period on the time of the view', () => {
    const query = regionQuery(['sales.orders'], { ...slice, period: quarter });
    expect(query.timeDimensions).toEqual([
      { dimension: 'sales.ordered_at', dateRange: ['2026-07-01', '2026-09-30'] },
    ]);
  });

  it('leave a period out for measures of the present state', () => {
    const query = regionQuery(['accounts.accounts'], { ...slice, period: quarter });
    expect(query.timeDimensions).toBeUndefined();
  });

  it('count new customers by when they became one', () => {
    const query = regionQuery(['accounts.new_customers'], { ...slice, period: quarter });
    expect(query.timeDimensions?.[0]?.dimension).toBe('accounts.customer_since');
  });

  it('read "none" as "has no value", alone and beside others', () => {
    const query = regionQuery(['sales.revenue'], {
      ...slice,
      filters: { zoneKind: ['retail', 'none'], segment: ['none'] },
    });
    expect(query.filters?.slice(2)).toEqual([
      { member: 'sales.segment', operator: 'notSet' },
      {
        or: [
          { member: 'sales.zone_kind', operator: 'equals', values: ['retail'] },
          { member: 'sales.zone_kind', operator: 'notSet' },
        ],
      },
    ]);
  });

  it('do not put account filters on the geography', () => {
    const query = regionQuery(['geography.population'], {
      ...slice,
      filters: { lifecycle: ['lead'] },
    });
    expect(query.filters).toHaveLength(2);
  });

  it('split into placed and not placed without overlap', () => {
    const query = regionQuery(['sales.revenue'], slice);
    const filters = [true, false].map((placed) =>
      splitByPlacement(query, 'sales', placed).filters?.at(-1),
    );
    expect(filters).toEqual([
      { member: 'sales.placement', operator: 'notEquals', values: ['not_placed'] },
      { member: 'sales.placement', operator: 'equals', values: ['not_placed'] },
    ]);
  });

  it('list months over all time, whatever the period', () => {
    const query = timelineQuery('sales.revenue', { ...slice, period: quarter });
    expect(query.timeDimensions).toEqual([{ dimension: 'sales.ordered_at', granularity: 'month' }]);
  });

  it('look for tags in the list of all tags of an account', () => {
    const query = timelineQuery('sales.revenue', { ...slice, filters: { tag: ['vip', 'none'] } });
    expect(query.filters).toContainEqual({
      or: [
        { member: 'sales.tag_list', operator: 'contains', values: ['|vip|'] },
        { member: 'sales.tag_list', operator: 'notSet' },
      ],
    });
  });
});

describe('the account filter of tiles and lists', () => {
  it('is equal for equal filters, in whatever order they were set', () => {
    const one = accountFilterQuery({ segment: ['b', 'a'], lifecycle: ['lead'] }, 3);
    const other = accountFilterQuery({ lifecycle: ['lead'], segment: ['a', 'b'] }, 3);
    expect(one).toBe(other);
    expect(one).toBe('region=3&lifecycle=lead&segment=a%2Cb');
  });

  it('is empty without a filter', () => {
    expect(accountFilterQuery({ segment: [] }, null)).toBe('');
  });
});

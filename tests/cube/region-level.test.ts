import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';

type Filter = Record<string, unknown>;
type Rewritten = { readonly filters: readonly Filter[] };

const { rewriteQuery } = createRequire(import.meta.url)('../../cube/rules/rewrite-query.js') as {
  rewriteQuery: (query: object, securityContext: unknown) => Rewritten;
};

const rights = { row_filter: { accounts: [], sales: [], payments: [] } };
const rewrite = (query: object) => rewriteQuery(query, rights).filters;
const is = (member: string, ...values: string[]) => ({ member, operator: 'equals', values });

const levelError =
  /^Fix the level of the region: filter accounts\.region_level or accounts\.region_id/;

describe('a query of facts', () => {
  it('is put at the level of the project where it does not mention regions', () => {
    expect(rewrite({ measures: ['accounts.accounts'] })).toEqual([
      is('accounts.region_level', '0'),
    ]);
  });

  it('is put there too where it names levels by their own members', () => {
    const query = { measures: ['sales.revenue'], dimensions: ['sales.level_2_name'] };
    expect(rewrite(query)).toEqual([is('sales.region_level', '0')]);
  });

  it.each([
    ['a level', { filters: [is('accounts.region_level', '2')] }],
    ['one region', { filters: [is('accounts.region_id', '7')] }],
    ['a level in a group of and', { filters: [{ and: [is('accounts.region_level', '2')] }] }],
    ['the level as a dimension', { dimensions: ['accounts.region_level'] }],
  ])('is left alone where it fixes %s', (_name, part) => {
    const query = { measures: ['accounts.accounts'], ...part };
    expect(rewrite(query)).toEqual('filters' in part ? part.filters : []);
  });

  it.each([
    ['groups by region only', { dimensions: ['accounts.region_id'] }],
    ['filters by parent only', { filters: [is('accounts.parent_region_id', '7')] }],
    ['names two levels', { filters: [is('accounts.region_level', '1', '2')] }],
    ['names two regions', { filters: [is('accounts.region_id', '7', '8')] }],
    [
      'fixes the level in one branch of or',
      { filters: [{ or: [is('accounts.region_level', '1'), is('accounts.kind', 'person')] }] },
    ],
    [
      'excludes a level',
      { filters: [{ member: 'accounts.region_level', operator: 'notEquals', values: ['1'] }] },
    ],
    ['only orders by region', { order: [['accounts.region_name', 'asc']] }],
  ])('is refused where it %s', (_name, part) => {
    expect(() => rewrite({ measures: ['accounts.accounts'], ...part })).toThrow(levelError);
  });

  it('is refused where it asks for households and its rows are not regions', () => {
    const query = {
      measures: ['sales.revenue_per_household'],
      dimensions: ['sales.category'],
      filters: [is('sales.region_level', '2')],
    };
    expect(() => rewrite(query)).toThrow(
      /^sales\.revenue_per_household belongs to a region: add sales\.region_id/,
    );
  });

  it.each([
    ['grouped by region', ['sales.region_id'], [is('sales.region_level', '2')]],
    ['of one region', ['sales.category'], [is('sales.region_id', '7')]],
    ['of the project', ['sales.category'], [is('sales.region_level', '0')]],
  ])('may ask for households %s', (_name, dimensions, filters) => {
    expect(rewrite({ measures: ['sales.households'], dimensions, filters })).toEqual(filters);
  });

  it('may ask for households of the project without a word about regions', () => {
    expect(rewrite({ measures: ['sales.households'] })).toEqual([is('sales.region_level', '0')]);
  });
});

describe('a query of geography', () => {
  it('is refused without a level', () => {
    expect(() => rewrite({ measures: ['geography.population'] })).toThrow(/^Fix the level/);
  });

  it('is answered at one', () => {
    const filters = [is('geography.region_level', '2')];
    expect(rewrite({ measures: ['geography.population'], filters })).toEqual(filters);
  });
});

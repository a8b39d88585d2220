import { describe, expect, it } from 'vitest';
import { selectionsIn } from '../../../../server/modules/cube/query-selections.js';

const filter = (id: string) => ({ member: 'sales.selection', operator: 'equals', values: [id] });

describe('the selections that a request to Cube names', () => {
  it.each([
    ['in a body', { query: { filters: [filter('7')] } }],
    ['in an address', { query: JSON.stringify({ filters: [filter('7')] }) }],
    ['in one of several queries', { query: [{}, { filters: [filter('7')] }] }],
    ['in a group', { query: { filters: [{ and: [filter('7')] }] } }],
    ['by its older name', { query: { filters: [{ ...filter('7'), dimension: 'a.selection' }] } }],
  ])('are found %s', (_name, request) => {
    expect(selectionsIn(request)).toEqual([7]);
  });

  it.each([
    ['nothing', undefined],
    ['no JSON', { query: '{' }],
    ['no id', { query: { filters: [filter('7 OR 1=1')] } }],
    ['another member', { query: { filters: [{ ...filter('7'), member: 'sales.region_id' }] } }],
  ])('are none in %s', (_name, request) => {
    expect(selectionsIn(request)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import {
  leavesOf,
  type SelectionDefinition,
  type SelectionLeaf,
} from '../../../../server/contract/selections.js';
import {
  combine,
  listLeaves,
  removeLeaf,
  replaceLeaf,
  togglePick,
} from '../../../../src/state/selection-edit.js';

const box = (west: number): SelectionLeaf => ({ kind: 'box', bounds: [west, 0, west + 1, 1] });
const [a, b, c] = [box(1), box(2), box(3)] as const;

describe('what is drawn', () => {
  it('is the selection where there is none or a new one is wanted', () => {
    expect(combine(null, a, 'minus')).toBe(a);
    expect(combine(a, b, 'new')).toBe(b);
  });

  it('joins what is there, unions and differences in one row', () => {
    expect(combine(combine(a, b, 'union'), c, 'union')).toEqual({
      kind: 'union',
      parts: [a, b, c],
    });
    expect(combine(combine(a, b, 'minus'), c, 'minus')).toEqual({
      kind: 'minus',
      parts: [a, b, c],
    });
    expect(combine(combine(a, b, 'union'), c, 'minus')).toEqual({
      kind: 'minus',
      parts: [{ kind: 'union', parts: [a, b] }, c],
    });
  });
});

describe('a pick', () => {
  it('is added, and taken out by another', () => {
    const one = togglePick(null, 'regions', 7)!;
    const two = togglePick(one, 'regions', 8)!;
    expect(two).toEqual({ kind: 'regions', ids: [7, 8] });
    expect(togglePick(two, 'regions', 7)).toEqual({ kind: 'regions', ids: [8] });
    expect(togglePick(one, 'regions', 7)).toBeNull();
  });

  it('stands beside shapes, and of its kind alone', () => {
    const withRegion = togglePick(a, 'regions', 7)!;
    expect(withRegion).toEqual({ kind: 'union', parts: [a, { kind: 'regions', ids: [7] }] });
    expect(togglePick(withRegion, 'regions', 7)).toEqual(a);
    expect(leavesOf(togglePick(withRegion, 'accounts', 7)!)).toHaveLength(3);
  });

  it('never goes into what is taken away', () => {
    const without = combine(a, { kind: 'regions', ids: [7] }, 'minus');
    expect(togglePick(without, 'regions', 7)).toEqual({
      kind: 'union',
      parts: [without, { kind: 'regions', ids: [7] }],
    });
  });
});

describe('a part', () => {
  const nested: SelectionDefinition = {
    kind: 'minus',
    parts: [{ kind: 'union', parts: [a, b] }, c],
  };

  it('is replaced by its number', () => {
    expect(replaceLeaf(nested, 1, box(9))).toEqual({
      kind: 'minus',
      parts: [{ kind: 'union', parts: [a, box(9)] }, c],
    });
  });

  it('is removed, and what needs no combination any more has none', () => {
    expect(removeLeaf(nested, 1)).toEqual({ kind: 'minus', parts: [a, c] });
    expect(removeLeaf(nested, 2)).toEqual({ kind: 'union', parts: [a, b] });
    expect(removeLeaf(a, 0)).toBeNull();
  });

  it('of which everything was taken away leaves nothing when it goes', () => {
    expect(removeLeaf(combine(a, b, 'minus'), 0)).toBeNull();
  });

  it('is listed with how it joins those before', () => {
    expect(listLeaves(nested).map(({ role, index }) => [index, role])).toEqual([
      [0, 'new'],
      [1, 'union'],
      [2, 'minus'],
    ]);
  });
});

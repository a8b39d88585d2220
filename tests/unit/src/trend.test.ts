import { describe, expect, it } from 'vitest';
import { linePath, toYears } from '../../../src/features/insight-panel/trend.js';

describe('years compared', () => {
  const months = [
    { month: '2024-12', value: 5 },
    { month: '2025-01', value: 7 },
    { month: '2026-02', value: 9 },
  ];

  it('put each month at its place and nothing where there is none', () => {
    const [first, second] = toYears(months, 2);

    expect([first!.year, second!.year]).toEqual([2025, 2026]);
    expect(first!.values[0]).toBe(7);
    expect(second!.values).toEqual([null, 9, ...new Array(10).fill(null)]);
  });

  it('are no years where there are no months', () => {
    expect(toYears([], 3)).toEqual([]);
  });
});

describe('the line of a year', () => {
  it('goes from the foot for nothing to the top for the highest', () => {
    expect(linePath([0, 10], { width: 100, height: 50, highest: 10 })).toBe('M0 50L100 0');
  });

  it('has a gap where a month is missing', () => {
    const path = linePath([1, null, 1], { width: 20, height: 10, highest: 1 });

    expect(path).toBe('M0 0M20 0');
  });

  it('lies on the foot where all is nothing', () => {
    expect(linePath([0, 0], { width: 10, height: 10, highest: 0 })).toBe('M0 10L10 10');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addMonths,
  comparedPeriod,
  lastDay,
  namedPeriods,
  yearBefore,
} from '../../../../src/lib/period.js';

describe('periods', () => {
  it('add months over the turn of the year', () => {
    expect(addMonths('2026-11', 3)).toBe('2027-02');
    expect(addMonths('2026-01', -1)).toBe('2025-12');
  });

  it('come back after adding and taking away as many months', () => {
    fc.assert(
      fc.property(fc.integer({ min: -600, max: 600 }), (count) => {
        expect(addMonths(addMonths('2026-06', count), -count)).toBe('2026-06');
      }),
    );
  });

  it('know leap years', () => {
    expect(lastDay('2024-02')).toBe('2024-02-29');
    expect(lastDay('2026-02')).toBe('2026-02-28');
  });

  it('are compared with the same months of the year before', () => {
    expect(yearBefore({ first: '2026-07', last: '2026-09' })).toEqual({
      first: '2025-07',
      last: '2025-09',
    });
  });

  it('compare a year that is not over with as many months', () => {
    const data = { first: '2023-11', last: '2026-10' };
    expect(comparedPeriod({ first: '2026-01', last: '2026-12' }, data)).toEqual({
      first: '2025-01',
      last: '2025-10',
    });
  });

  it('are compared with nothing outside the data', () => {
    const data = { first: '2023-11', last: '2026-10' };
    expect(comparedPeriod({ first: '2027-01', last: '2027-12' }, data)).toBeNull();
  });

  it('offer the last year, each year and the last quarters, newest first', () => {
    const picks = namedPeriods({ first: '2025-02', last: '2026-05' });
    expect(picks.map(({ kind, period }) => `${kind} ${period.first}..${period.last}`)).toEqual([
      'last12 2025-06..2026-05',
      'year 2026-01..2026-12',
      'year 2025-01..2025-12',
      'quarter 2026-04..2026-06',
      'quarter 2026-01..2026-03',
      'quarter 2025-10..2025-12',
      'quarter 2025-07..2025-09',
      'quarter 2025-04..2025-06',
      'quarter 2025-01..2025-03',
    ]);
  });
});

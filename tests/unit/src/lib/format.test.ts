import { describe, expect, it } from 'vitest';
import {
  changeOf,
  formatChange,
  formatDistance,
  formatFigure,
  formatShort,
  type FigureFormat,
} from '../../../../src/lib/format.js';

const euros: FigureFormat = { kind: 'currency', currency: 'EUR', locale: 'en' };

describe('figures', () => {
  it('show cents only where they matter', () => {
    expect(formatFigure(10.739, euros)).toBe('€10.74');
    expect(formatFigure(54_960_856.4, euros)).toBe('€54,960,856');
  });

  it('are short from a million on', () => {
    expect(formatShort(4_821_334, euros)).toBe('€4.82M');
    expect(formatShort(999_999, euros)).toBe('€999,999');
  });

  it('follow the language', () => {
    expect(formatFigure(12_318, { kind: 'number', currency: 'EUR', locale: 'nl' })).toBe('12.318');
  });

  it('are a dash where there is none', () => {
    expect(formatFigure(null, euros)).toBe('–');
  });

  it('take a real minus sign', () => {
    expect(formatFigure(-5, { ...euros, kind: 'number' })).toBe('−5');
    expect(formatChange(-0.061, 'en')).toBe('−6.1%');
  });

  it('show a change with its sign', () => {
    expect(formatChange(0.061, 'en')).toBe('+6.1%');
    expect(formatChange(0, 'en')).toBe('0.0%');
  });

  it('have no change against nothing', () => {
    expect(changeOf(5, 0)).toBeNull();
    expect(changeOf(5, null)).toBeNull();
    expect(changeOf(106.1, 100)).toBeCloseTo(0.061);
  });

  it('turn to kilometres at one', () => {
    expect(formatDistance(999, 'en')).toBe('999 m');
    expect(formatDistance(1240, 'en')).toBe('1.2 km');
  });
});

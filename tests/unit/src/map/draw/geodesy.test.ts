import { describe, expect, it } from 'vitest';
import {
  areaSquareMeters,
  circleRing,
  distanceMeters,
  lengthMeters,
} from '../../../../../src/map/draw/geodesy.js';
import { formatArea, formatMeters } from '../../../../../src/map/draw/measured.js';

// Expected figures are those of PostGIS: ST_Distance and ST_Area of geography.
describe('distances', () => {
  it.each([
    [[0, 0], [1, 0], 111_319.4908],
    [[0, 0], [0, 1], 110_574.3886],
    [[4.9, 52.37], [5.12, 52.09], 34_578.0],
    [[179.9, -17], [-179.9, -17], 21_298.0],
  ] as const)('from %j to %j are those of the spheroid', (from, to, meters) => {
    expect(distanceMeters(from, to) / meters).toBeCloseTo(1, 3);
  });

  it('are nothing to the same point, and finite to the opposite one', () => {
    expect(distanceMeters([5, 52], [5, 52])).toBe(0);
    expect(distanceMeters([0, 0.1], [179.9, 0])).toBeGreaterThan(19_900_000);
  });

  it('add up along a line', () => {
    const line = [
      [0, 0],
      [1, 0],
      [2, 0],
    ] as const;
    expect(lengthMeters(line)).toBeCloseTo(2 * 111_319.4908, 2);
  });
});

describe('areas', () => {
  it('of a degree at the equator and of one in the north are those of the spheroid', () => {
    const cell = (lon: number, lat: number) =>
      [
        [lon, lat],
        [lon + 1, lat],
        [lon + 1, lat + 1],
        [lon, lat + 1],
      ] as const;
    expect(areaSquareMeters(cell(0, 0)) / 1e6).toBeCloseTo(12_308.78, -1);
    expect(areaSquareMeters(cell(4, 52)) / 1e6).toBeCloseTo(7_557, -1);
  });

  it('of a circle are πr²', () => {
    const area = areaSquareMeters(circleRing([4.9, 52.37], 1000));
    expect(area / (Math.PI * 1e6)).toBeCloseTo(1, 2);
  });

  it('do not depend on the direction', () => {
    const ring = [
      [4, 52],
      [5, 52],
      [5, 53],
    ] as const;
    expect(areaSquareMeters(ring)).toBeCloseTo(areaSquareMeters([...ring].reverse()), 0);
  });
});

describe('the words of a measure', () => {
  it('have the unit that fits and three figures', () => {
    expect(formatMeters(312.4, 'en')).toBe('312 m');
    expect(formatMeters(1234, 'en')).toBe('1.23 km');
    expect(formatMeters(123_456, 'nl')).toBe('123 km');
    expect(formatArea(5000, 'en')).toBe('5,000 m²');
    expect(formatArea(123_000, 'nl')).toBe('12,3 ha');
    expect(formatArea(45_600_000, 'en')).toBe('45.6 km²');
  });
});

import { describe, expect, it } from 'vitest';
import { straightOnMap } from '../../../../server/modules/selections/straight-on-map.js';

describe('a line straight on the map', () => {
  it('keeps its corners, and short and axis-parallel lines as they are', () => {
    const line = [
      [4, 52],
      [4.01, 52.01],
      [5, 52.01],
      [5, 60],
    ] as const;
    expect(straightOnMap(line)).toEqual(line);
  });

  it('gets corners where web mercator passes', () => {
    const line = straightOnMap([
      [0, 0],
      [10, 60],
    ]);
    const middle = line[Math.floor(line.length / 2)]!;
    expect(line.length).toBeGreaterThan(1000);
    expect(line.at(-1)).toEqual([10, 60]);
    // Half of the northing of 60° lies at 35.26°, not at 30°.
    expect(middle[0]).toBeCloseTo(5, 1);
    expect(middle[1]).toBeCloseTo(35.26, 0);
  });

  it('reaches the poles without leaving numbers', () => {
    const line = straightOnMap([
      [0, -90],
      [1, 90],
    ]);
    expect(line.every(([lon, lat]) => Number.isFinite(lon) && Math.abs(lat) <= 90)).toBe(true);
  });
});

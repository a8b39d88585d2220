import { describe, expect, it } from 'vitest';
import { Random } from '../../../../geodata/demo/plane/random.js';
import { metresPerDegree } from '../../../../geodata/matching/nearest/metres-per-degree.js';
import { SegmentIndex } from '../../../../geodata/matching/nearest/segment-index.js';
import { wkbLines } from '../../../../geodata/matching/nearest/wkb-lines.js';

describe('metresPerDegree', () => {
  it('has the lengths of a degree that geodesy tables give', () => {
    expect(metresPerDegree(0).lon).toBeCloseTo(111_319.49, 1);
    expect(metresPerDegree(0).lat).toBeCloseTo(110_574.28, 1);
    expect(metresPerDegree(52).lon).toBeCloseTo(68_677.7, 0);
    expect(metresPerDegree(52).lat).toBeCloseTo(111_267.0, 0);
  });
});

describe('SegmentIndex', () => {
  it('finds what comparing with every segment finds', () => {
    const random = new Random(7);
    const index = new SegmentIndex();
    const lines = Array.from({ length: 300 }, (_, id) => {
      const [lon, lat] = [random.range(5, 5.1), random.range(52, 52.1)];
      const line = [lon, lat, lon + random.range(-0.004, 0.004), lat + random.range(-0.004, 0.004)];
      index.add(id, line);
      return line;
    });
    for (let n = 0; n < 300; n++) {
      const [lon, lat] = [random.range(4.98, 5.12), random.range(51.98, 52.12)];
      const distances = lines.map((line) => distanceTo(line, lon, lat));
      const least = Math.min(...distances);
      const found = index.nearest(lon, lat, 2_000);
      if (least > 2_000.5) expect(found).toBeUndefined();
      if (least > 1_999.5) continue;
      expect(found?.metres).toBeCloseTo(least, 0);
      expect(distances[found?.id ?? -1]).toBeCloseTo(least, 0);
    }
  });

  it('gives the smallest id where several are equally near, whatever their order', () => {
    const index = new SegmentIndex();
    index.add(9, [5, 52, 5.001, 52]);
    index.add(4, [5, 52, 5, 52.001]);
    index.add(6, [5, 52, 4.999, 51.999]);
    expect(index.nearest(5, 52, 100)).toEqual({ id: 4, metres: 0 });
  });

  it('finds nothing beyond the reach, and nothing in an empty layer', () => {
    const index = new SegmentIndex();
    expect(index.nearest(5, 52, 100)).toBeUndefined();
    index.add(1, [5.1, 52]);
    expect(index.nearest(5, 52, 6_000)).toBeUndefined();
    expect(index.nearest(5, 52, 7_000)?.metres).toBeCloseTo(6_868, 0);
  });
});

describe('wkbLines', () => {
  it('reads rings of multipolygons and parts of multilines', () => {
    const line = (...positions: number[]) => {
      const bytes = Buffer.alloc(9 + 8 * positions.length);
      bytes.writeUInt8(1, 0);
      bytes.writeUInt32LE(2, 1);
      bytes.writeUInt32LE(positions.length / 2, 5);
      positions.forEach((value, n) => bytes.writeDoubleLE(value, 9 + 8 * n));
      return bytes;
    };
    const multi = Buffer.alloc(9);
    multi.writeUInt8(1, 0);
    multi.writeUInt32LE(5, 1);
    multi.writeUInt32LE(2, 5);
    const found = wkbLines(Buffer.concat([multi, line(1, 2, 3, 4), line(5, 6, 7, 8)]));
    expect(found.map((part) => [...part])).toEqual([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ]);
  });
});

function distanceTo(line: readonly number[], lon: number, lat: number): number {
  const scale = metresPerDegree(lat);
  const [ax, ay, bx, by] = line.map((value, n) =>
    n % 2 === 0 ? (value - lon) * scale.lon : (value - lat) * scale.lat,
  ) as [number, number, number, number];
  const [dx, dy] = [bx - ax, by - ay];
  const share = Math.min(1, Math.max(0, -(ax * dx + ay * dy) / (dx * dx + dy * dy)));
  return Math.hypot(ax + share * dx, ay + share * dy);
}

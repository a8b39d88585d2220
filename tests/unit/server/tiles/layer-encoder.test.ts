import { VectorTile, type VectorTileFeature } from '@mapbox/vector-tile';
import fc from 'fast-check';
import { PbfReader } from 'pbf';
import { describe, expect, it } from 'vitest';
import {
  cleanLine,
  cleanPolygon,
  doubleArea,
  type TileGeometry,
} from '../../../../server/modules/tiles/geometry.js';
import { LayerEncoder, type TagValue } from '../../../../server/modules/tiles/layer-encoder.js';

const coordinate = fc.integer({ min: -64, max: 4160 });
const path = (minPoints: number) =>
  fc
    .array(fc.tuple(coordinate, coordinate), { minLength: minPoints, maxLength: 40 })
    .map((points) => points.flat());
const id = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const tag: fc.Arbitrary<TagValue> = fc.oneof(
  fc.string(),
  fc.boolean(),
  fc.integer({ min: -(2 ** 30), max: 2 ** 31 - 1 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  fc.constant(null),
);

describe('a layer', () => {
  it('gives back the points that were put in', () => {
    const points = fc.array(fc.tuple(id, coordinate, coordinate, tag, tag), { minLength: 1 });
    fc.assert(
      fc.property(points, (rows) => {
        const encoder = new LayerEncoder('accounts', ['first', 'second']);
        for (const [rowId, x, y, first, second] of rows)
          encoder.addPoint(rowId, x, y, [first, second]);
        const features = decode(encoder, 'accounts');
        expect(features.map((feature) => [feature.id, pathsOf(feature)])).toEqual(
          rows.map(([rowId, x, y]) => [rowId, [[x, y]]]),
        );
        expect(features.map((feature) => feature.properties)).toEqual(
          rows.map(([, , , first, second]) => withoutNulls({ first, second })),
        );
      }),
    );
  });

  it('gives back the lines that were put in', () => {
    fc.assert(
      fc.property(fc.array(path(2), { minLength: 1, maxLength: 5 }), (raw) => {
        const paths = raw.map(cleanLine).filter((line) => line !== undefined);
        fc.pre(paths.length > 0);
        const [feature] = encodeOne({ type: 'lines', paths });
        expect(feature?.type).toBe(2);
        expect(pathsOf(feature!)).toEqual(paths);
      }),
    );
  });

  it('gives back the rings that were put in, outer rings clockwise and holes not', () => {
    const rings = fc.array(path(3), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(rings, (raw) => {
        const polygon = cleanPolygon(raw);
        fc.pre(polygon !== undefined);
        expect(doubleArea(polygon.outer)).toBeGreaterThan(0);
        for (const hole of polygon.holes) expect(doubleArea(hole)).toBeLessThan(0);
        const [feature] = encodeOne({ type: 'polygons', polygons: [polygon] });
        const closed = [polygon.outer, ...polygon.holes].map((ring) => [...ring, ring[0], ring[1]]);
        expect(feature?.type).toBe(3);
        expect(pathsOf(feature!)).toEqual(closed);
      }),
    );
  });

  it('joins with others by concatenation', () => {
    const layers = ['one', 'two'].map((name) => {
      const encoder = new LayerEncoder(name, ['n']);
      encoder.addPoint(1, 2, 3, [name]);
      return encoder.finish();
    });
    const tile = new VectorTile(new PbfReader(Buffer.concat(layers)));
    expect(Object.keys(tile.layers)).toEqual(['one', 'two']);
  });

  it('is nothing at all when it has no features', () => {
    expect(new LayerEncoder('empty', ['n']).finish()).toHaveLength(0);
  });

  it('takes features back to a mark', () => {
    const encoder = new LayerEncoder('accounts', ['n']);
    encoder.addPoint(1, 1, 1, ['kept']);
    const rollback = encoder.mark();
    encoder.addPoint(2, 2, 2, ['taken back']);
    rollback();
    encoder.addPoint(3, 3, 3, ['after']);
    const features = decode(encoder, 'accounts');
    expect(features.map((feature) => feature.properties['n'])).toEqual(['kept', 'after']);
  });
});

describe('a ring', () => {
  it('without area is dropped, its polygon with it', () => {
    expect(cleanPolygon([[0, 0, 10, 0, 20, 0, 0, 0]])).toBeUndefined();
    expect(cleanPolygon([[5, 5, 5, 5, 5, 5]])).toBeUndefined();
    const [outer, flat] = [
      [0, 0, 10, 0, 10, 10, 0, 10],
      [1, 1, 5, 1, 1, 1],
    ];
    expect(cleanPolygon([outer!, flat!])).toEqual({ outer, holes: [] });
  });

  it('loses ways that go to a point and straight back', () => {
    const withSpikes = [
      0, 0, 10, 0, 15, 0, 10, 0, 10, 10, 10, 20, 10, 30, 10, 20, 10, 10, 0, 10, 0, 0,
    ];
    expect(cleanPolygon([withSpikes])?.outer).toEqual([0, 0, 10, 0, 10, 10, 0, 10]);
  });

  it('is turned where it runs the wrong way', () => {
    const counterClockwise = [0, 0, 0, 10, 10, 10, 10, 0, 0, 0];
    expect(doubleArea(cleanPolygon([counterClockwise])!.outer)).toBe(200);
  });
});

function encodeOne(geometry: TileGeometry): VectorTileFeature[] {
  const encoder = new LayerEncoder('shapes', []);
  encoder.add(7, geometry, []);
  return decode(encoder, 'shapes');
}

function decode(encoder: LayerEncoder, name: string): VectorTileFeature[] {
  const layer = new VectorTile(new PbfReader(encoder.finish())).layers[name]!;
  expect(layer.version).toBe(2);
  expect(layer.extent).toBe(4096);
  return Array.from({ length: layer.length }, (_, index) => layer.feature(index));
}

function pathsOf(feature: VectorTileFeature): number[][] {
  return feature.loadGeometry().map((points) => points.flatMap(({ x, y }) => [x, y]));
}

function withoutNulls(tags: Record<string, TagValue>): Record<string, TagValue> {
  return Object.fromEntries(Object.entries(tags).filter(([, value]) => value !== null));
}

import { beforeAll, describe, expect, it } from 'vitest';
import { makeGeography, type Geography } from '../../../../geodata/demo/geography.js';
import { makeTerrain } from '../../../../geodata/demo/land/terrain.js';
import { Random } from '../../../../geodata/demo/plane/random.js';
import { ringArea, type Polygon } from '../../../../geodata/demo/plane/geometry.js';

let geography: Geography;

beforeAll(async () => {
  geography = await makeGeography(7);
}, 120_000);

const areaOf = (polygons: readonly Polygon[]) => {
  return polygons.flat().reduce((sum, ring) => sum + ringArea(ring), 0);
};

describe('the regions of the demo', () => {
  it('tile their parents: areas of children add up to that of the parent', () => {
    for (const parent of geography.regions.filter((region) => region.level < 3)) {
      const parentCode = parent.level === 0 ? null : parent.code;
      const children = geography.regions.filter((region) => {
        return region.level === parent.level + 1 && region.parentCode === parentCode;
      });
      const sum = children.reduce((all, child) => all + areaOf(child.polygons), 0);
      expect(sum / areaOf(parent.polygons)).toBeCloseTo(1, 9);
    }
  });

  it('share every border point by point: each inner edge is used once in either direction', () => {
    const edges = new Map<string, number>();
    const key = (x: number, y: number) => `${x.toFixed(4)},${y.toFixed(4)}`;
    for (const region of geography.regions.filter(({ level }) => level === 3)) {
      for (const ring of region.polygons.flat()) {
        ring.forEach((a, i) => {
          const b = ring[(i + 1) % ring.length]!;
          const forward = `${key(a.x, a.y)} ${key(b.x, b.y)}`;
          const back = `${key(b.x, b.y)} ${key(a.x, a.y)}`;
          if (edges.has(back)) edges.delete(back);
          else edges.set(forward, 1);
        });
      }
    }
    const coast = geography.regions[0]!.polygons.flat().reduce((sum, ring) => sum + ring.length, 0);
    expect(edges.size).toBe(coast);
  });

  it('have figures that add up exactly from neighbourhood to island', () => {
    for (const field of ['population', 'households', 'dwellings'] as const) {
      const sums = [0, 1, 2, 3].map((level) =>
        geography.regions
          .filter((region) => region.level === level)
          .reduce((sum, region) => sum + region[field], 0),
      );
      expect(new Set(sums).size).toBe(1);
      expect(sums[0]).toBeGreaterThan(10_000);
    }
  });

  it('count the dwellings of the buildings that stand in them', () => {
    const built = geography.buildings.reduce((sum, building) => sum + building.dwellings, 0);
    expect(geography.regions[0]!.dwellings).toBe(built);
  });

  it('are between 60 and 120 neighbourhoods with names of their own in a municipality', () => {
    const leaves = geography.regions.filter((region) => region.level === 3);
    expect(leaves.length).toBeGreaterThanOrEqual(60);
    expect(leaves.length).toBeLessThanOrEqual(120);
    expect(new Set(leaves.map((leaf) => `${leaf.parentCode}/${leaf.name}`)).size).toBe(
      leaves.length,
    );
  });
});

describe('the streets of the demo', () => {
  it('form one connected net over shared junctions', () => {
    const links = new Map<number, number[]>();
    for (const { from, to } of geography.roads.edges) {
      links.set(from, [...(links.get(from) ?? []), to]);
      links.set(to, [...(links.get(to) ?? []), from]);
    }
    const reached = new Set([1]);
    const queue = [1];
    for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
      for (const next of links.get(node) ?? []) {
        if (reached.has(next)) continue;
        reached.add(next);
        queue.push(next);
      }
    }
    expect(reached.size).toBe(geography.roads.nodes.length);
  });

  it('cross water only on bridges', () => {
    const bridges = geography.roads.roads.filter((road) => road.bridge);
    expect(bridges.length).toBeGreaterThan(8);
  });
});

describe('the buildings of the demo', () => {
  const share = (kinds: readonly string[], types: readonly string[]) => {
    const near = geography.buildings.filter((building) => {
      return (
        building.dwellings > 0 && kinds.includes(geography.plan.seeds[building.neighbourhood]!.kind)
      );
    });
    return near.filter((building) => types.includes(building.type)).length / near.length;
  };

  it('loosen from the old centre to the villages', () => {
    expect(share(['historic'], ['detached'])).toBeLessThan(0.02);
    expect(share(['suburb'], ['detached', 'semi_detached'])).toBeGreaterThan(0.15);
    expect(share(['village'], ['detached'])).toBeGreaterThan(0.3);
  });

  it('are oldest in the centre', () => {
    const meanYear = (kind: string) => {
      const own = geography.buildings.filter(
        ({ neighbourhood }) => geography.plan.seeds[neighbourhood]!.kind === kind,
      );
      return own.reduce((sum, building) => sum + building.year, 0) / own.length;
    };
    expect(meanYear('historic')).toBeLessThan(meanYear('inner'));
    expect(meanYear('inner')).toBeLessThan(meanYear('postwar'));
    expect(meanYear('suburb')).toBeLessThan(meanYear('new'));
  });

  it('include every housing type that the map shows', () => {
    const types = new Set(geography.buildings.map((building) => building.type));
    expect([...types].sort()).toEqual([
      'apartments',
      'detached',
      'farm',
      'houseboat',
      'non_residential',
      'semi_detached',
      'terrace',
    ]);
  });
});

describe('another run', () => {
  it('makes the same island from the same seed and another one from another', async () => {
    const again = await makeGeography(7);
    const other = makeTerrain(new Random(8));
    expect(again.regions).toEqual(geography.regions);
    expect(again.buildings.slice(0, 200)).toEqual(geography.buildings.slice(0, 200));
    expect(again.places).toEqual(geography.places);
    expect(other.cover.cells).not.toEqual(geography.terrain.cover.cells);
  }, 120_000);
});

import { describe, expect, test } from 'vitest';
import { planZones } from '../../../../geodata/zones/plan-zones.js';
import { kindFromPlaces } from '../../../../geodata/zones/zone-kind.js';
import type { Overlap, ZonePart } from '../../../../geodata/zones/zone-parts.js';

function aPart(id: number, areaM2: number, given: Partial<ZonePart> = {}): ZonePart {
  return { id, key: `way/${id}`, kind: 'industrial', name: null, areaM2, importId: 1, ...given };
}

/** Plans as ids: own part, those taken in, those cut out, and the name. */
function planned(parts: readonly ZonePart[], overlaps: readonly Overlap[]) {
  return planZones(parts, overlaps).map(({ part, absorbed, cutters, name, nameSource }) => ({
    part: part.id,
    absorbed: absorbed.map(({ id }) => id),
    cutters: cutters.map(({ id }) => id),
    name,
    nameSource,
  }));
}

describe('nested and overlapping parts', () => {
  test('the smaller one is cut out of the larger and inherits its name', () => {
    const mall = aPart(1, 100, { kind: 'retail' });
    const estate = aPart(2, 1000, { name: 'De Hoef' });
    expect(planned([mall, estate], [{ a: 1, b: 2, areaM2: 100 }])).toEqual([
      { part: 1, absorbed: [], cutters: [], name: 'De Hoef', nameSource: 'enclosing' },
      { part: 2, absorbed: [], cutters: [1], name: 'De Hoef', nameSource: 'own' },
    ]);
  });

  test('one of the same kind without a name of its own is taken in', () => {
    const parts = [aPart(1, 10), aPart(2, 100), aPart(3, 1000, { name: 'De Hoef' })];
    const overlaps = [
      { a: 1, b: 2, areaM2: 10 },
      { a: 1, b: 3, areaM2: 10 },
      { a: 2, b: 3, areaM2: 100 },
    ];
    expect(planned(parts, overlaps)).toEqual([
      { part: 3, absorbed: [1, 2], cutters: [], name: 'De Hoef', nameSource: 'own' },
    ]);
  });

  test('one of the same kind stays where another kind lies in between, or its name differs', () => {
    const parts = [
      aPart(1, 10),
      aPart(2, 100, { kind: 'port' }),
      aPart(3, 1000),
      aPart(4, 20, { name: 'Zuid' }),
    ];
    const overlaps = [
      { a: 1, b: 2, areaM2: 10 },
      { a: 1, b: 3, areaM2: 10 },
      { a: 2, b: 3, areaM2: 100 },
      { a: 3, b: 4, areaM2: 20 },
    ];
    const sorted = [...parts].sort((a, b) => a.areaM2 - b.areaM2);
    expect(planned(sorted, overlaps).map(({ part, cutters }) => [part, cutters])).toEqual([
      [1, []],
      [4, []],
      [2, [1]],
      [3, [1, 2, 4]],
    ]);
  });

  test('parts that only cross keep their own names, and the larger one gives way', () => {
    const parts = [aPart(1, 100), aPart(2, 200, { name: 'Haven', kind: 'port' })];
    expect(planned(parts, [{ a: 1, b: 2, areaM2: 50 }])).toEqual([
      { part: 1, absorbed: [], cutters: [], name: null, nameSource: null },
      { part: 2, absorbed: [], cutters: [1], name: 'Haven', nameSource: 'own' },
    ]);
  });

  test('what is taken in gives way where its owner does', () => {
    // 2 is taken in by 3; 1 crosses only 2.
    const parts = [aPart(1, 10, { kind: 'retail' }), aPart(2, 100), aPart(3, 1000)];
    const overlaps = [
      { a: 1, b: 2, areaM2: 5 },
      { a: 2, b: 3, areaM2: 95 },
    ];
    expect(planned(parts, overlaps)[1]).toMatchObject({ part: 3, absorbed: [2], cutters: [1] });
  });
});

describe('kind from the places inside', () => {
  test.each([
    ['commercial', { shops: 6, offices: 2, works: 1 }, 'retail'],
    ['commercial', { shops: 1, offices: 5, works: 1 }, 'office_park'],
    ['commercial', { shops: 0, offices: 1, works: 4 }, 'industrial'],
    ['commercial', { shops: 3, offices: 3, works: 3 }, undefined],
    ['commercial', { shops: 3, offices: 0, works: 0 }, undefined],
    ['industrial', { shops: 7, offices: 0, works: 0 }, undefined],
    ['industrial', { shops: 9, offices: 1, works: 0 }, 'retail'],
    ['industrial', { shops: 0, offices: 0, works: 20 }, undefined],
    ['retail', { shops: 0, offices: 20, works: 0 }, undefined],
  ] as const)('%s with %j is %s', (tagged, places, expected) => {
    expect(kindFromPlaces(tagged, places)).toBe(expected);
  });
});

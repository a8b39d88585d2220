import type { ZoneKind } from '../osm/classify-zone.js';

/** Places inside a zone by what is done there. */
export type PlaceCounts = {
  readonly shops: number;
  readonly offices: number;
  /** Works and crafts. */
  readonly works: number;
};

type KindRule = { readonly leastPlaces: number; readonly share: number };

/**
 * `commercial` leaves open what goes on there, so that a few places settle it; `industrial` says it, and
 * only a crowd of shops (an old works that became a retail park) outweighs that.
 */
const ruleOfKind: Partial<Record<ZoneKind, KindRule>> = {
  commercial: { leastPlaces: 4, share: 0.6 },
  other: { leastPlaces: 4, share: 0.6 },
  industrial: { leastPlaces: 8, share: 0.8 },
};

/** The kind that the places inside say, where the tagged kind leaves room; undefined where it stands. */
export function kindFromPlaces(tagged: ZoneKind, places: PlaceCounts): ZoneKind | undefined {
  const rule = ruleOfKind[tagged];
  const { shops, offices, works } = places;
  const total = shops + offices + works;
  if (!rule || total < rule.leastPlaces) return undefined;
  const found = (
    [
      ['retail', shops],
      ['office_park', offices],
      ['industrial', works],
    ] as const
  ).find(([, count]) => count >= rule.share * total);
  return found && found[0] !== tagged ? found[0] : undefined;
}

import type { Queryable } from '../../server/db/database.js';
import type { MatchAspect } from './account-columns.js';
import type { MatchOptions, MatchReport } from './match-options.js';
import { matchPlaces } from './match-places.js';
import { matchPoints } from './match-points.js';

/** Layers whose change can alter what matching found. */
type MatchedLayer = 'regions' | 'roads' | 'buildings' | 'business_zones' | 'places';

type RematchOptions = MatchOptions & {
  /** [west, south, east, north] in EPSG:4326: where the layer changed; without it, everywhere. */
  readonly bbox?: readonly [number, number, number, number] | undefined;
};

type Reach = {
  readonly aspects: readonly MatchAspect[];
  /** How far outside its own box a changed feature can alter a match. */
  readonly metres: number;
  readonly places: boolean;
};

const reachOfLayer: Readonly<Record<MatchedLayer, Reach>> = {
  regions: { aspects: ['region'], metres: 0, places: true },
  roads: { aspects: ['road'], metres: 2_000, places: false },
  // Accounts match within 15 m, and a type is derived from what lies within another 50 m.
  buildings: { aspects: ['building'], metres: 65, places: false },
  business_zones: { aspects: ['zone'], metres: 20_000, places: true },
  places: { aspects: [], metres: 0, places: true },
};

/**
 * Matches accounts and places anew to a layer that changed: only what that layer decides, and only
 * where it can have changed. Returns what happened to accounts.
 */
export async function rematchForLayer(
  queryable: Queryable,
  layer: MatchedLayer,
  options: RematchOptions = {},
): Promise<MatchReport> {
  const reach = reachOfLayer[layer];
  const values = options.bbox ? [...options.bbox] : [];
  const within = (alias: string, metres: number) =>
    options.bbox
      ? `${alias}.geom && geo.metres_box(ST_MakeEnvelope($1, $2, $3, $4, 4326), ${metres})`
      : 'true';
  if (reach.places) await matchPlaces(queryable, within('p', 0), values, options);
  if (reach.aspects.length === 0) return { examined: 0, changed: 0 };
  // Accounts that were never matched wait for a full match: one aspect would mark them as done.
  const condition = `a.matched_at IS NOT NULL AND ${within('a', reach.metres)}`;
  return matchPoints(queryable, { condition, values }, reach.aspects, options);
}

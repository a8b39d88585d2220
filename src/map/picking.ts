import type { Map as MapLibreMap, MapGeoJSONFeature, Point } from 'maplibre-gl';
import type { AccountMark } from './account-drawing.js';
import type { AccountView } from './account-view.js';
import type { LayerId } from './contract.js';

/** Radius in pixels around the pointer: a fingertip is not a needle. */
const tolerancePixels: Readonly<Record<'mouse' | 'touch', number>> = { mouse: 3, touch: 12 };

/** What lies under the pointer, the smallest thing first. */
export type Hit =
  | { readonly kind: 'account'; readonly mark: AccountMark }
  | {
      readonly kind: 'feature';
      readonly layer: LayerId;
      readonly id: number;
      readonly properties: Readonly<Record<string, unknown>>;
    }
  | {
      readonly kind: 'region';
      readonly id: number;
      readonly properties: Readonly<Record<string, unknown>>;
    };

interface FeatureTarget {
  readonly layer: LayerId;
  /** Start of the ids of the style layers that draw it. */
  readonly prefix: string;
  /** Below this zoom a click means the region around it. */
  readonly minzoom: number;
  readonly idProperty: string;
}

const featureTargets: readonly FeatureTarget[] = [
  { layer: 'places', prefix: 'places-dot', minzoom: 13, idProperty: 'place_id' },
  { layer: 'roads', prefix: 'roads-line', minzoom: 14, idProperty: 'road_id' },
  { layer: 'buildings', prefix: 'buildings-fill', minzoom: 14.5, idProperty: 'building_id' },
  { layer: 'business_zones', prefix: 'business_zones-fill', minzoom: 13, idProperty: 'zone_id' },
];

export interface PickInput {
  readonly map: MapLibreMap;
  readonly point: Point;
  readonly accounts: Pick<AccountView, 'markAt'>;
  readonly pointer: 'mouse' | 'touch';
}

/**
 * Finds what is under a pixel: an account, else a place, road, building or zone, else the region.
 * Accounts are searched in memory, without a picking pass on the graphics card.
 */
export async function pick({ map, point, accounts, pointer }: PickInput): Promise<Hit | null> {
  const tolerance = tolerancePixels[pointer];
  const { lng, lat } = map.unproject(point);
  const mark = await accounts.markAt({ lon: lng, lat }, tolerance);
  if (mark !== null) return { kind: 'account', mark };
  return pickFeature(map, point, tolerance) ?? pickRegion(map, point);
}

function pickFeature(map: MapLibreMap, point: Point, tolerance: number): Hit | null {
  const zoom = map.getZoom();
  const ids = map.getLayersOrder();
  const box: [[number, number], [number, number]] = [
    [point.x - tolerance, point.y - tolerance],
    [point.x + tolerance, point.y + tolerance],
  ];
  for (const { layer, prefix, minzoom, idProperty } of featureTargets) {
    if (zoom < minzoom) continue;
    const layers = ids.filter((id) => id.startsWith(prefix));
    if (layers.length === 0) continue;
    const feature = map.queryRenderedFeatures(box, { layers })[0];
    const id = feature && idOf(feature, idProperty);
    if (feature && id !== null && id !== undefined) {
      return { kind: 'feature', layer, id, properties: feature.properties };
    }
  }
  return null;
}

/** The road under a pixel, at any zoom that shows it. */
export function pickRoad(map: MapLibreMap, point: Point, pointer: 'mouse' | 'touch'): Hit | null {
  const tolerance = tolerancePixels[pointer] + 3;
  const layers = map.getLayersOrder().filter((id) => id.startsWith('roads-line'));
  const feature = map.queryRenderedFeatures(
    [
      [point.x - tolerance, point.y - tolerance],
      [point.x + tolerance, point.y + tolerance],
    ],
    { layers },
  )[0];
  const id = feature && idOf(feature, 'road_id');
  if (!feature || id === null || id === undefined) return null;
  return { kind: 'feature', layer: 'roads', id, properties: feature.properties };
}

/** The region under a pixel. */
export function pickRegion(map: MapLibreMap, point: Point): Hit | null {
  if (!map.getLayer('regions-fill')) return null;
  const feature = map.queryRenderedFeatures(point, { layers: ['regions-fill'] })[0];
  const id = feature && idOf(feature, 'region_id');
  if (!feature || id === null || id === undefined) return null;
  return { kind: 'region', id, properties: feature.properties };
}

function idOf(feature: MapGeoJSONFeature, property: string): number | null {
  const id = Number(feature.properties[property] ?? feature.id);
  return Number.isFinite(id) ? id : null;
}

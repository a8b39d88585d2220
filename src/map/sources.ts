import type { StyleSpecification } from 'maplibre-gl';
import type { LayerId, MapCatalog } from './contract.js';

/** The sources of a map style by id. */
export type Sources = StyleSpecification['sources'];

/** Layer inside the tiles of a layer of areas that holds one label point a named shape. */
export function labelLayerOf(id: LayerId): string {
  return `${id}:labels`;
}

/** Layers whose shapes MapLibre draws straight from tiles; accounts are drawn by deck.gl. */
export const shapeLayerIds = [
  'land_cover',
  'business_zones',
  'buildings',
  'roads',
  'places',
] as const satisfies readonly LayerId[];

/** Source of the regions of one level; null = the level that fits the zoom. */
export function regionSourceId(level: number | null): string {
  return level === null ? 'regions' : `regions-${level}`;
}

/** The data layer that a source belongs to, null for those of others. */
export function layerOfSource(sourceId: string): LayerId | null {
  if (sourceId === 'regions' || sourceId.startsWith('regions-')) return 'regions';
  return shapeLayerIds.find((id) => id === sourceId) ?? null;
}

/**
 * Address of the tiles of a layer with `{z}`, `{x}`, `{y}` left in. The version is part of it, so
 * that browsers keep tiles for good and ask anew when the data change.
 */
export function tileUrl(
  catalog: MapCatalog,
  id: LayerId,
  query: readonly (readonly [name: string, value: string | number])[] = [],
): string | null {
  const layer = catalog.layers.find((entry) => entry.id === id);
  if (!layer) return null;
  const parameters = new URLSearchParams([['v', String(layer.version)]]);
  for (const [name, value] of query) parameters.set(name, String(value));
  return `${layer.tiles ?? `/tiles/${id}/{z}/{x}/{y}.mvt`}?${parameters.toString()}`;
}

/** What the sources depend on. */
export interface SourceInput {
  readonly catalog: MapCatalog;
  /** Levels of regions wanted; null = the level that fits the zoom. */
  readonly regionLevels: readonly (number | null)[];
  /** Address that relative tile addresses start from; workers know none. */
  readonly origin: string;
}

/** Vector sources of every layer that the catalog lists. */
export function shapeSources({ catalog, regionLevels, origin }: SourceInput): Sources {
  const sources: Sources = {};
  const add = (sourceId: string, id: LayerId, level: number | null) => {
    const entry = catalog.layers.find((layer) => layer.id === id);
    const url = tileUrl(catalog, id, level === null ? [] : [['level', level]]);
    if (!entry || !url) return;
    sources[sourceId] = {
      type: 'vector',
      tiles: [absolute(url, origin)],
      minzoom: entry.minzoom,
      maxzoom: entry.maxzoom,
      ...(entry.attribution ? { attribution: escapeHtml(entry.attribution) } : {}),
    };
  };
  for (const level of regionLevels) add(regionSourceId(level), 'regions', level);
  for (const id of shapeLayerIds) add(id, id, null);
  return sources;
}

/** Makes an address absolute without escaping the braces of its template. */
export function absolute(url: string, origin: string): string {
  return /^[a-z][a-z\d+.-]*:/i.test(url) ? url : `${origin}${url}`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

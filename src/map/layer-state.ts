/** The data layers a person can switch, in their usual drawing order from the ground up. */
export const layerIds = [
  'land_cover',
  'regions',
  'business_zones',
  'buildings',
  'roads',
  'places',
  'accounts',
] as const;

export type LayerId = (typeof layerIds)[number];

/** What a person chose for one layer; `opacity` runs from 0 to 1. */
export interface LayerState {
  readonly id: LayerId;
  readonly visible: boolean;
  readonly opacity: number;
  /** Keys of the classes of its legend that are not drawn. */
  readonly hidden: readonly string[];
  /** Zooms between which the layer shows, of those at which it has anything to show. */
  readonly zooms: ZoomRange;
  /** Whether names are written. */
  readonly labels: boolean;
}

export interface ZoomRange {
  readonly min: number;
  readonly max: number;
}

/** Every zoom that the map has. */
export const everyZoom: ZoomRange = { min: 0, max: 22 };

/** How layers stand when nobody chose otherwise. */
export const defaultLayers: readonly LayerState[] = layerIds.map((id) => ({
  id,
  visible: id !== 'places' && id !== 'business_zones',
  opacity: id === 'regions' ? 0.85 : 1,
  hidden: [],
  zooms: everyZoom,
  labels: true,
}));

/** The state of one layer; hidden where a list lacks it. */
export function layerOf(layers: readonly LayerState[], id: LayerId): LayerState {
  const usual = defaultLayers.find((layer) => layer.id === id) as LayerState;
  return layers.find((layer) => layer.id === id) ?? { ...usual, visible: false };
}

/** Whether a layer shows at a zoom. */
export function isWithinZooms({ zooms }: LayerState, zoom: number): boolean {
  return zoom >= zooms.min && (zoom < zooms.max || zooms.max === everyZoom.max);
}

/**
 * Layers with one of them moved to a place in the drawing order, counted from the ground. Accounts stay on top,
 * where their marks are drawn.
 */
export function moveLayer(
  layers: readonly LayerState[],
  id: LayerId,
  place: number,
): readonly LayerState[] {
  const moved = layers.find((layer) => layer.id === id);
  if (!moved || id === 'accounts') return layers;
  const others = layers.filter((layer) => layer.id !== id);
  const top = others.findIndex((layer) => layer.id === 'accounts');
  const highest = top === -1 ? others.length : top;
  const target = Math.min(Math.max(place, 0), highest);
  return [...others.slice(0, target), moved, ...others.slice(target)];
}

/** Layers with a class of one of them hidden, or shown again. */
export function toggleClass(
  layers: readonly LayerState[],
  id: LayerId,
  key: string,
): readonly LayerState[] {
  return layers.map((layer) => {
    if (layer.id !== id) return layer;
    const isHidden = layer.hidden.includes(key);
    const hidden = isHidden
      ? layer.hidden.filter((other) => other !== key)
      : [...layer.hidden, key];
    return { ...layer, hidden };
  });
}

/** Layers with every class of one of them shown. */
export function showAllClasses(layers: readonly LayerState[], id: LayerId): readonly LayerState[] {
  return layers.map((layer) => (layer.id === id ? { ...layer, hidden: [] } : layer));
}

/**
 * Reads `regions*0.5,-roads*1*hide.track.path*z8-14*unnamed`: layers from the ground up, each with its opacity,
 * hidden classes, zooms and whether its names are left out; a minus stands before those that are
 * switched off. Layers that are not named are off, at their usual place; null stands for the defaults.
 */
export function parseLayers(text: string | null): readonly LayerState[] {
  if (text === null) return defaultLayers;
  const given = new Map<LayerId, LayerState>();
  for (const item of text.split(',')) {
    const layer = parseLayer(item);
    if (layer) given.set(layer.id, layer);
  }
  const order = [...given.values()].filter(({ id }) => id !== 'accounts');
  defaultLayers.forEach((usual, index) => {
    if (given.has(usual.id) && usual.id !== 'accounts') return;
    const below = defaultLayers[index - 1]?.id;
    const layer = given.get(usual.id) ?? { ...usual, visible: false };
    if (usual.id === 'accounts') order.push(layer);
    else order.splice(order.findIndex(({ id }) => id === below) + 1, 0, layer);
  });
  return order;
}

/** Prints what `parseLayers` reads; null for the defaults. */
export function printLayers(layers: readonly LayerState[]): string | null {
  const text = layers.map(printLayer).join(',');
  return text === defaultLayers.map(printLayer).join(',') ? null : text;
}

function parseLayer(item: string): LayerState | null {
  const [head = '', ...parts] = item.split('*');
  const id = layerIds.find((known) => known === head.replace(/^-/, ''));
  const opacity = Number(parts.find((part) => /^[\d.]+$/.test(part)) ?? '1');
  if (!id || !(opacity >= 0 && opacity <= 1)) return null;
  const hideText = parts.find((part) => part.startsWith('hide.')) ?? '';
  const hidden = hideText
    .split('.')
    .slice(1)
    .filter((key) => /^[a-z0-9_]+$/.test(key));
  return {
    id,
    visible: !head.startsWith('-'),
    opacity,
    hidden: [...new Set(hidden)],
    zooms: parseZooms(parts),
    labels: !parts.includes('unnamed'),
  };
}

function parseZooms(parts: readonly string[]): ZoomRange {
  const text = parts.find((part) => /^z[\d.]+-[\d.]+$/.test(part));
  const [min = NaN, max = NaN] = (text ?? '').slice(1).split('-').map(Number);
  return min < max && max <= everyZoom.max ? { min, max } : everyZoom;
}

function printLayer({ id, visible, opacity, hidden, zooms, labels }: LayerState): string {
  const parts = [`${visible ? '' : '-'}${id}`, String(Number(opacity.toFixed(2)))];
  if (hidden.length > 0) parts.push(`hide.${hidden.join('.')}`);
  const isEveryZoom = zooms.min === everyZoom.min && zooms.max === everyZoom.max;
  if (!isEveryZoom) parts.push(`z${zooms.min}-${zooms.max}`);
  if (!labels) parts.push('unnamed');
  return parts.join('*');
}

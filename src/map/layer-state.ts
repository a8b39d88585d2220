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
}

/** How layers stand when nobody chose otherwise. */
export const defaultLayers: readonly LayerState[] = layerIds.map((id) => ({
  id,
  visible: id !== 'places' && id !== 'business_zones',
  opacity: id === 'regions' ? 0.85 : 1,
  hidden: [],
}));

/** The state of one layer; hidden where a list lacks it. */
export function layerOf(layers: readonly LayerState[], id: LayerId): LayerState {
  return layers.find((layer) => layer.id === id) ?? { id, visible: false, opacity: 1, hidden: [] };
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
 * Reads `regions*0.5,-roads*1*hide.track.path`: a layer each with its opacity and hidden classes, a
 * minus before those that are switched off. Layers that are not named are off; null stands for the defaults.
 */
export function parseLayers(text: string | null): readonly LayerState[] {
  if (text === null) return defaultLayers;
  const given = new Map<string, LayerState>();
  for (const item of text.split(',')) {
    const layer = parseLayer(item);
    if (layer) given.set(layer.id, layer);
  }
  return defaultLayers.map((usual) => given.get(usual.id) ?? { ...usual, visible: false });
}

/** Prints what `parseLayers` reads; null for the defaults. */
export function printLayers(layers: readonly LayerState[]): string | null {
  const text = layers.map(printLayer).join(',');
  return text === defaultLayers.map(printLayer).join(',') ? null : text;
}

function parseLayer(item: string): LayerState | null {
  const [head = '', ...parts] = item.split('*');
  const visible = !head.startsWith('-');
  const id = layerIds.find((known) => known === head.replace(/^-/, ''));
  if (!id) return null;
  const opacityText = parts.find((part) => /^[\d.]+$/.test(part)) ?? '1';
  const opacity = Number(opacityText);
  if (!(opacity >= 0 && opacity <= 1)) return null;
  const hideText = parts.find((part) => part.startsWith('hide.')) ?? '';
  const hidden = hideText
    .split('.')
    .slice(1)
    .filter((key) => /^[a-z0-9_]+$/.test(key));
  return { id, visible, opacity, hidden: [...new Set(hidden)] };
}

function printLayer({ id, visible, opacity, hidden }: LayerState): string {
  const hide = hidden.length > 0 ? [`hide.${hidden.join('.')}`] : [];
  const parts = [`${visible ? '' : '-'}${id}`, String(Number(opacity.toFixed(2))), ...hide];
  return parts.join('*');
}

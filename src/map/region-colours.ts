import type { Map as MapLibreMap } from 'maplibre-gl';
import { classChanges, regionClasses } from './choropleth.js';
import type { Choropleth } from './contract.js';
import { classState, hoverState } from './layers/regions.js';
import { regionSourceId } from './sources.js';

/**
 * Keeps the feature states of the regions in step with the choropleth and the pointer: classes and
 * hover. States live in the source, survive a change of style and cost no tile.
 */
export class RegionColours {
  readonly #map: MapLibreMap;
  /** Classes set so far, by source. */
  readonly #classes = new Map<string, ReadonlyMap<number, number>>();
  #values: ReadonlyMap<number, number | null> | null = null;
  #breaks: readonly number[] = [];
  #hovered: { readonly source: string; readonly id: number } | null = null;

  constructor(map: MapLibreMap) {
    this.#map = map;
  }

  /** Sets the classes of a choropleth; the source of its level must be in the style. */
  show(choropleth: Choropleth | null): void {
    for (const source of this.#classes.keys()) {
      if (!this.#map.getSource(source)) this.#classes.delete(source);
    }
    if (!choropleth) return;
    const source = regionSourceId(choropleth.level);
    if (!this.#map.getSource(source)) return;
    const before = this.#classes.get(source);
    const isSame = before && this.#values === choropleth.values && this.#breaks === choropleth.breaks;
    if (isSame) return;
    const after = regionClasses(choropleth);
    const { set, removed } = classChanges(before ?? new Map(), after);
    for (const id of removed) this.#map.removeFeatureState(target(source, id), classState);
    for (const [id, index] of set) {
      this.#map.setFeatureState(target(source, id), { [classState]: index });
    }
    this.#classes.set(source, after);
    this.#values = choropleth.values;
    this.#breaks = choropleth.breaks;
  }

  /** Outlines one region of the shown level, null for none. */
  hover(choropleth: Choropleth | null, id: number | null): void {
    const source = regionSourceId(choropleth?.level ?? null);
    if (this.#hovered?.source === source && this.#hovered.id === id) return;
    if (this.#hovered && this.#map.getSource(this.#hovered.source)) {
      this.#map.removeFeatureState(target(this.#hovered.source, this.#hovered.id), hoverState);
    }
    this.#hovered = null;
    if (id === null || !this.#map.getSource(source)) return;
    this.#map.setFeatureState(target(source, id), { [hoverState]: true });
    this.#hovered = { source, id };
  }
}

function target(source: string, id: number) {
  return { source, sourceLayer: 'regions', id };
}

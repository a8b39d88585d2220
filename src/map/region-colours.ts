import type { Map as MapLibreMap, Source } from 'maplibre-gl';
import { classChanges, regionClasses } from './choropleth.js';
import type { Choropleth } from './contract.js';
import { classState, hoverState } from './layers/regions.js';
import { regionSourceId } from './sources.js';

interface ShownClasses {
  readonly values: ReadonlyMap<number, number | null>;
  readonly breaks: readonly number[];
  readonly classes: ReadonlyMap<number, number>;
}

/**
 * Keeps the feature states of the regions in step with the choropleth and the pointer: classes and
 * hover. States live in the source, survive a change of style and cost no tile.
 */
export class RegionColours {
  readonly #map: MapLibreMap;
  /** What each source was given; a source that was made anew starts without states. */
  readonly #shown = new WeakMap<Source, ShownClasses>();
  #hovered: { readonly source: Source; readonly sourceId: string; readonly id: number } | null =
    null;

  constructor(map: MapLibreMap) {
    this.#map = map;
  }

  /** Sets the classes of a choropleth; does nothing while the source of its level is not there. */
  show(choropleth: Choropleth | null): void {
    if (!choropleth) return;
    const { level, values, breaks } = choropleth;
    const sourceId = regionSourceId(level);
    const source = this.#map.getSource(sourceId);
    if (!source) return;
    const before = this.#shown.get(source);
    if (before?.values === values && before.breaks === breaks) return;
    const classes = regionClasses(choropleth);
    const { set, removed } = classChanges(before?.classes ?? new Map(), classes);
    for (const id of removed) this.#map.removeFeatureState(target(sourceId, id), classState);
    for (const [id, index] of set) {
      this.#map.setFeatureState(target(sourceId, id), { [classState]: index });
    }
    this.#shown.set(source, { values, breaks, classes });
  }

  /** Outlines one region of the shown level, null for none. */
  hover(choropleth: Choropleth | null, id: number | null): void {
    const sourceId = regionSourceId(choropleth?.level ?? null);
    const source = this.#map.getSource(sourceId);
    const before = this.#hovered;
    if (before?.source === source && before?.id === id) return;
    if (before && this.#map.getSource(before.sourceId) === before.source) {
      this.#map.removeFeatureState(target(before.sourceId, before.id), hoverState);
    }
    this.#hovered = null;
    if (id === null || !source) return;
    this.#map.setFeatureState(target(sourceId, id), { [hoverState]: true });
    this.#hovered = { source, sourceId, id };
  }
}

function target(source: string, id: number) {
  return { source, sourceLayer: 'regions', id };
}

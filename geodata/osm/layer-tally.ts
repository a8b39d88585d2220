import type { OsmElement } from './elements.js';
import { layerNames, type LayerName } from './layers.js';

type Kind = OsmElement['type'];

/** What became of the elements whose tags make them features of a layer. */
export type LayerTally = {
  /** Elements with such tags, as another program counts them. */
  readonly found: Readonly<Record<Kind, number>>;
  /** Those that could not be stored, by reason. */
  readonly leftOut: Readonly<Record<string, number>>;
  /** Areas stored beside those found: their relation has no tags and takes those of a member way. */
  readonly byTagsOfMembers: number;
};

type Counts = {
  found: Record<Kind, number>;
  leftOut: Record<string, number>;
  byTagsOfMembers: number;
};

/**
 * Counts the elements of each layer, so that an import can account for every one of them:
 * stored = found + by tags of members − left out.
 */
export class ExtractTally {
  readonly #layers = new Map<LayerName, Counts>();

  /** An element has the tags of these layers. */
  find(layers: readonly LayerName[], kind: Kind): void {
    for (const layer of layers) this.#of(layer).found[kind] += 1;
  }

  leaveOut(layers: readonly LayerName[], reason: string, count = 1): void {
    if (count === 0) return;
    for (const layer of layers) {
      const { leftOut } = this.#of(layer);
      leftOut[reason] = (leftOut[reason] ?? 0) + count;
    }
  }

  /** An area is stored with the tags of one of its member ways. */
  addByTagsOfMembers(layers: readonly LayerName[]): void {
    for (const layer of layers) this.#of(layer).byTagsOfMembers += 1;
  }

  summary(): Readonly<Record<LayerName, LayerTally>> {
    const entries = layerNames.map((layer) => [layer, this.#of(layer)]);
    return Object.fromEntries(entries) as Record<LayerName, LayerTally>;
  }

  #of(layer: LayerName): Counts {
    const known = this.#layers.get(layer);
    if (known) return known;
    const counts = { found: { node: 0, way: 0, relation: 0 }, leftOut: {}, byTagsOfMembers: 0 };
    this.#layers.set(layer, counts);
    return counts;
  }
}

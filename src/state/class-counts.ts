import { countedLayers, type CountedLayer } from '../../server/contract/counted-layers.js';
import type { LayerClassCounts } from '../../server/contract/layer-classes.js';
import { getLayerClasses } from '../api/tiles.js';
import { signal } from '../lib/signals.js';
import type { LayerId } from '../map/contract.js';
import { explore } from './explore.js';
import { Resource } from './resource.js';

type Counts = Readonly<Partial<Record<CountedLayer, LayerClassCounts>>>;

/** Exact counts of the classes in the legends that somebody opened; counted anew when a layer changes. */
class ClassCountStore {
  readonly #opened = signal<ReadonlySet<LayerId>>(new Set());
  readonly #counts = new Resource(() => this.#input(), loadCounts);

  start(): void {
    this.#counts.start();
  }

  stop(): void {
    this.#counts.stop();
  }

  /** Tells whose legends are open. */
  open(layers: ReadonlySet<LayerId>): void {
    this.#opened.set(layers);
  }

  /** Counts of an attribute by class; null while they are not known. */
  of(layer: LayerId, attribute: string): Readonly<Record<string, number>> | null {
    const counts: Readonly<Partial<Record<LayerId, LayerClassCounts>>> = this.#counts.value ?? {};
    return counts[layer]?.[attribute] ?? null;
  }

  #input(): readonly string[] | undefined {
    const catalog = explore.catalog.value;
    if (!catalog) return undefined;
    const opened = this.#opened.get();
    return catalog.layers
      .filter(({ id }) => countedLayers.some((known) => known === id && opened.has(known)))
      .map(({ id, version }) => `${id} ${version}`);
  }
}

async function loadCounts(input: readonly string[], abort: AbortSignal): Promise<Counts> {
  const layers = countedLayers.filter((id) => input.some((key) => key.startsWith(`${id} `)));
  const counts = await Promise.all(layers.map((id) => getLayerClasses(id, abort)));
  return Object.fromEntries(layers.map((id, index) => [id, counts[index]]));
}

export const classCounts = new ClassCountStore();

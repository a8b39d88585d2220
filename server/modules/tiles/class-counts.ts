import type { CountedLayer, LayerClassCounts } from '../../contract/layer-classes.js';
import type { Database } from '../../db/database.js';
import { countClasses } from './class-counts.repository.js';

interface Counted {
  readonly version: string;
  readonly counts: Promise<LayerClassCounts>;
}

/** Counts by class, made once for each version of a layer; who asks meanwhile shares the work. */
export class ClassCounts {
  readonly #database: Database;
  readonly #known = new Map<CountedLayer, Counted>();

  constructor(database: Database) {
    this.#database = database;
  }

  of(layer: CountedLayer, version: string): Promise<LayerClassCounts> {
    const known = this.#known.get(layer);
    if (known?.version === version) return known.counts;
    const made = { version, counts: countClasses(this.#database, layer) };
    this.#known.set(layer, made);
    made.counts.catch(() => {
      if (this.#known.get(layer) === made) this.#known.delete(layer);
    });
    return made.counts;
  }
}

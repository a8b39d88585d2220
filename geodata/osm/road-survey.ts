import { parseSpeedKmh } from './parse-speed.js';
import { firstTag, type Tags } from './tags.js';
import { unknownConditionTags } from '../roads/road-condition.js';
import { isKnownBarrier } from '../roads/barrier.js';
import type { SpeedEvidence } from '../roads/car-speed.js';

const mostNamed = 25;
const mostKept = 5_000;

/** Counts what roads say that is not understood, or not applied, for the summary of an import. */
export class RoadSurvey {
  readonly #unknown = new Map<string, number>();
  readonly #conditional = new Map<string, number>();
  readonly #evidence = new Map<string, number>();
  #reversible = 0;

  addRoad(tags: Tags, evidence: SpeedEvidence, isReversible: boolean): void {
    count(this.#evidence, evidence);
    if (isReversible) this.#reversible += 1;
    for (const tag of unknownConditionTags(tags)) count(this.#unknown, tag);
    const limit = firstTag(tags, 'maxspeed');
    if (limit !== undefined && parseSpeedKmh(limit) === undefined) {
      count(this.#unknown, `maxspeed=${limit}`);
    }
    for (const key of Object.keys(tags)) {
      if (key.endsWith(':conditional')) count(this.#conditional, key);
    }
  }

  addBarrier(kind: string): void {
    if (!isKnownBarrier(kind)) count(this.#unknown, `barrier=${kind}`);
  }

  /** As JSON: the values not known (the commonest, and how many more), what limits came from, what was left aside. */
  summary(): Readonly<Record<string, unknown>> {
    const ranked = [...this.#unknown].sort((a, b) => b[1] - a[1]);
    return {
      unknownValues: Object.fromEntries(ranked.slice(0, mostNamed)),
      furtherUnknownValues: Math.max(0, ranked.length - mostNamed),
      limitsBy: Object.fromEntries(this.#evidence),
      conditionalTagsLeftAside: Object.fromEntries(this.#conditional),
      reversibleTakenAsOpen: this.#reversible,
    };
  }
}

function count(counts: Map<string, number>, name: string): void {
  const key = name.slice(0, 80);
  const before = counts.get(key);
  if (before === undefined && counts.size >= mostKept) return;
  counts.set(key, (before ?? 0) + 1);
}

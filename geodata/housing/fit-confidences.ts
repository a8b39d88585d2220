import type { FeatureRow } from './building-features.js';
import { decidingRule } from './derive-type.js';
import { housingRules, type Finding } from './housing-rules.js';

/** A tagged building with where it stands. */
export type TaggedBuilding = FeatureRow & {
  /** Name of the extract it comes from. */
  readonly extract: string;
  /** [lon, lat] of its centre. */
  readonly centre: readonly [number, number];
};

/** What is believed of a rule before, or without, tagged buildings to measure it on. */
const declared: Readonly<Record<string, number>> = {
  register_no_dwelling: 0.95,
  register_one_dwelling: 0.9,
  register_dwellings: 0.95,
  several_addresses: 0.85,
  many_storeys: 0.8,
};

/** Fewer tagged buildings than these say nothing about a rule. */
const leastCases = 12;

const truthOfTag: Readonly<Record<string, Finding>> = {
  house: 'house',
  detached: 'house',
  semi_detached: 'house',
  terrace: 'house',
  apartments: 'apartments',
  residential: 'residential',
  non_residential: 'non_residential',
};

/**
 * What is taken for true of a tagged building; undefined where its tag leaves everything open. The Dutch
 * import of the register gave every building with a dwelling a tag that says so, and `yes` to those without
 * and to those of mixed use: a small one that only says `yes` there is no dwelling.
 */
export function truthOf(building: FeatureRow): Finding | undefined {
  const { taggedType, registerRef, area } = building;
  if (taggedType === 'unknown' && registerRef !== null && area < 60) return 'non_residential';
  return truthOfTag[taggedType];
}

/** Whether a finding is right by what is taken for true; undefined where that is left open. */
export function isRight(finding: Finding, truth: Finding | undefined): boolean | undefined {
  if (truth === undefined) return undefined;
  if (finding === 'non_residential' || truth === 'non_residential') return finding === truth;
  if (finding === 'residential') return true;
  return truth === 'residential' ? undefined : finding === truth;
}

/**
 * Whether a building is held back from fitting. Whole cells of about 500 m are, one in three along
 * diagonals: neighbours are alike, and building by building the test would know its answers from next door.
 */
export function isHeldBack([lon, lat]: readonly [number, number]): boolean {
  const north = Math.floor(lat * 222);
  const east = Math.floor(lon * 222 * Math.cos((north / 222) * (Math.PI / 180)));
  return (((east + 2 * north) % 3) + 3) % 3 === 0;
}

/**
 * How often each rule is right on tagged buildings (with one success and one failure added), in the area
 * where it does worst: a rule that holds in one country only must not be believed in another. Rules that
 * too few buildings meet keep what is declared for them; without that they stay silent.
 */
export function fitConfidences(buildings: readonly TaggedBuilding[]): Record<string, number> {
  const cases = new Map<string, Map<string, boolean[]>>();
  for (const building of buildings) {
    const rule = decidingRule(building);
    const right = rule && isRight(rule.finding, truthOf(building));
    if (!rule || right === undefined) continue;
    const byExtract = cases.get(rule.name) ?? new Map<string, boolean[]>();
    cases.set(rule.name, byExtract);
    byExtract.set(building.extract, [...(byExtract.get(building.extract) ?? []), right]);
  }
  return Object.fromEntries(
    housingRules.map(({ name }) => [
      name,
      confidenceOf(name, [...(cases.get(name)?.values() ?? [])]),
    ]),
  );
}

function confidenceOf(name: string, areas: readonly (readonly boolean[])[]): number {
  const telling = areas.filter((outcomes) => outcomes.length >= leastCases);
  const pooled = areas.flat();
  if (telling.length === 0 && pooled.length >= leastCases) telling.push(pooled);
  if (telling.length === 0) return declared[name] ?? 0;
  const shares = telling.map(
    (outcomes) => (outcomes.filter(Boolean).length + 1) / (outcomes.length + 2),
  );
  return Math.round(Math.min(...shares) * 100) / 100;
}

import type { HousingType } from '../osm/classify-building.js';
import type { BuildingFeatures } from './building-features.js';
import { housingRules, type Finding, type HousingRule } from './housing-rules.js';
import { ruleConfidence } from './rule-confidence.js';

export type DerivedType = {
  readonly housingType: HousingType;
  /** Probability that the type is right, 0 to 1, as measured on tagged buildings. */
  readonly confidence: number;
  /** Name of the rule that decided. */
  readonly rule: string;
};

/** Below this a finding is kept back: an honest `unknown` is worth more than a guess. */
export const leastConfidence = 0.6;

/** That a building tagged as a house has the form that its walls say. */
const houseFormConfidence = 0.9;

/**
 * The housing type of a building whose tag leaves it open (`unknown`, `house` or `residential`), or
 * undefined where no rule is sure enough.
 */
export function deriveType(building: BuildingFeatures, tagged: string): DerivedType | undefined {
  if (tagged === 'house') {
    return { housingType: formOf(building), confidence: houseFormConfidence, rule: 'tagged_house' };
  }
  const rule = decidingRule(building);
  const confidence = rule && ruleConfidence[rule.name];
  if (!rule || confidence === undefined || confidence < leastConfidence) return undefined;
  // Somebody saw that people live there; that outweighs what shape and surroundings say.
  const contradicts = rule.finding === 'non_residential' || rule.finding === 'residential';
  if (tagged === 'residential' && contradicts) return undefined;
  return { housingType: typeOf(rule.finding, building), confidence, rule: rule.name };
}

/** The first rule that holds for a building. */
export function decidingRule(building: BuildingFeatures): HousingRule | undefined {
  return housingRules.find((rule) => rule.holds(building));
}

function typeOf(finding: Finding, building: BuildingFeatures): HousingType {
  switch (finding) {
    case 'house':
      return formOf(building);
    case 'residential':
      return 'other_residential';
    default:
      return finding;
  }
}

/** Free on all sides, one of two, or one of a row. */
function formOf({ rowNeighbours, neighboursOfNeighbour }: BuildingFeatures): HousingType {
  if (rowNeighbours === 0) return 'detached';
  return rowNeighbours === 1 && neighboursOfNeighbour <= 1 ? 'semi_detached' : 'terrace';
}

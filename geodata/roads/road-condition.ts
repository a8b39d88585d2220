import { firstValue, lookUp, type Tags } from '../osm/tags.js';

export type RoadCondition = 'good' | 'fair' | 'poor' | 'bad' | 'unknown';

/** What the condition was told by: `tagged` is smoothness; `class` is an assumption. */
export type ConditionSource = 'tagged' | 'surface' | 'tracktype' | 'class';

export type ConditionFinding = {
  readonly condition: RoadCondition;
  /** Null where the condition is unknown. */
  readonly source: ConditionSource | null;
};

type Known = Exclude<RoadCondition, 'unknown'>;
type Table = Readonly<Record<string, Known>>;

const ofSmoothness: Table = {
  excellent: 'good',
  very_good: 'good',
  good: 'good',
  intermediate: 'fair',
  bad: 'poor',
  very_bad: 'bad',
  horrible: 'bad',
  very_horrible: 'bad',
  impassable: 'bad',
};

const ofSurface: Table = {
  asphalt: 'good',
  concrete: 'good',
  chipseal: 'good',
  paved: 'good',
  paving_stones: 'good',
  rubber: 'good',
  tartan: 'good',
  acrylic: 'good',
  bricks: 'fair',
  brick: 'fair',
  sett: 'fair',
  'concrete:plates': 'fair',
  metal: 'fair',
  metal_grid: 'fair',
  wood: 'fair',
  compacted: 'fair',
  fine_gravel: 'fair',
  cobblestone: 'poor',
  'cobblestone:flattened': 'poor',
  unhewn_cobblestone: 'poor',
  'concrete:lanes': 'poor',
  gravel: 'poor',
  pebblestone: 'poor',
  unpaved: 'poor',
  grass_paver: 'poor',
  stepping_stones: 'poor',
  woodchips: 'poor',
  shells: 'poor',
  salt: 'poor',
  dirt: 'bad',
  earth: 'bad',
  ground: 'bad',
  soil: 'bad',
  grass: 'bad',
  mud: 'bad',
  sand: 'bad',
  rock: 'bad',
  stone: 'bad',
  clay: 'bad',
  ice: 'bad',
  snow: 'bad',
};

const ofTracktype: Table = {
  grade1: 'good',
  grade2: 'fair',
  grade3: 'poor',
  grade4: 'bad',
  grade5: 'bad',
};

/**
 * Classes that are good without saying so: of those whose surface or smoothness is tagged, 98 % or more
 * are, in each of the extracts examined (docs/road-condition.md). Of no other class is that true everywhere.
 */
const ofHighway: Table = {
  motorway: 'good',
  motorway_link: 'good',
  trunk: 'good',
  trunk_link: 'good',
  primary: 'good',
  primary_link: 'good',
  secondary: 'good',
  secondary_link: 'good',
};

const evidence: readonly (readonly [key: string, table: Table, source: ConditionSource])[] = [
  ['smoothness', ofSmoothness, 'tagged'],
  ['surface', ofSurface, 'surface'],
  ['tracktype', ofTracktype, 'tracktype'],
  ['highway', ofHighway, 'class'],
];

/**
 * The condition of a road by smoothness, else surface, else track grade, else class, and by which of them.
 * Of several values the first counts; a value not known counts as none. The rule is in docs/road-condition.md.
 */
export function roadCondition(tags: Tags): ConditionFinding {
  for (const [key, table, source] of evidence) {
    const condition = lookUp(table, firstValue(tags[key] ?? ''));
    if (condition) return { condition, source };
  }
  return { condition: 'unknown', source: null };
}

/** The tags of a road that should tell its condition and whose value is not known, as `surface=logs`. */
export function unknownConditionTags(tags: Tags): string[] {
  return evidence.flatMap(([key, table, source]) => {
    const value = tags[key];
    const isMute = value === undefined || source === 'class';
    return isMute || lookUp(table, firstValue(value)) ? [] : [`${key}=${value}`];
  });
}

import { parseSpeedKmh } from './parse-speed.js';
import { firstTag, firstValue, isYes, lookUp, parseCount, type Tags } from './tags.js';

export type RoadClass =
  | 'motorway'
  | 'trunk'
  | 'primary'
  | 'secondary'
  | 'tertiary'
  | 'residential'
  | 'service'
  | 'track'
  | 'pedestrian'
  | 'cycleway'
  | 'path'
  | 'other';

export type RoadCondition = 'good' | 'fair' | 'poor' | 'bad' | 'unknown';

type OneWay = 'no' | 'forward' | 'backward' | 'reversible';

export type RoadAttributes = {
  readonly class: RoadClass;
  readonly name: string | undefined;
  readonly ref: string | undefined;
  readonly surface: string | undefined;
  readonly smoothness: string | undefined;
  readonly condition: RoadCondition;
  readonly maxSpeedKmh: number | undefined;
  readonly oneWay: OneWay;
  readonly lanes: number | undefined;
  readonly toll: boolean;
  readonly bridge: boolean;
  readonly tunnel: boolean;
};

const classOfHighway: Readonly<Record<string, RoadClass>> = {
  motorway: 'motorway',
  motorway_link: 'motorway',
  trunk: 'trunk',
  trunk_link: 'trunk',
  primary: 'primary',
  primary_link: 'primary',
  secondary: 'secondary',
  secondary_link: 'secondary',
  tertiary: 'tertiary',
  tertiary_link: 'tertiary',
  residential: 'residential',
  unclassified: 'residential',
  living_street: 'residential',
  service: 'service',
  track: 'track',
  pedestrian: 'pedestrian',
  cycleway: 'cycleway',
  path: 'path',
  footway: 'path',
  steps: 'path',
  bridleway: 'path',
  road: 'other',
  busway: 'other',
  bus_guideway: 'other',
  raceway: 'other',
  escape: 'other',
};

const conditionOfSmoothness: Readonly<Record<string, RoadCondition>> = {
  excellent: 'good',
  good: 'good',
  intermediate: 'fair',
  bad: 'poor',
  very_bad: 'bad',
  horrible: 'bad',
  very_horrible: 'bad',
  impassable: 'bad',
};

const conditionOfSurface: Readonly<Record<string, RoadCondition>> = {
  asphalt: 'good',
  concrete: 'good',
  chipseal: 'good',
  paved: 'good',
  paving_stones: 'good',
  rubber: 'good',
  tartan: 'good',
  'concrete:plates': 'fair',
  bricks: 'fair',
  brick: 'fair',
  sett: 'fair',
  metal: 'fair',
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

const conditionOfTrackType: Readonly<Record<string, RoadCondition>> = {
  grade1: 'good',
  grade2: 'fair',
  grade3: 'poor',
  grade4: 'bad',
  grade5: 'bad',
};

/**
 * What the tags of a way say about a road; undefined where it is none: no `highway`, a value that is not
 * a way to travel (`construction`, `platform`, …), or an area.
 */
export function classifyRoad(tags: Tags): RoadAttributes | undefined {
  const roadClass = lookUp(classOfHighway, tags['highway']);
  if (roadClass === undefined || tags['area'] === 'yes') return undefined;
  return {
    class: roadClass,
    name: firstTag(tags, 'name'),
    ref: firstTag(tags, 'ref'),
    surface: firstTag(tags, 'surface'),
    smoothness: firstTag(tags, 'smoothness'),
    condition: roadCondition(tags),
    maxSpeedKmh: parseSpeedKmh(firstTag(tags, 'maxspeed', 'maxspeed:forward', 'maxspeed:type')),
    oneWay: oneWay(tags),
    lanes: parseCount(tags['lanes'], 1, 20),
    toll: isYes(tags['toll']),
    bridge: isYes(tags['bridge']),
    tunnel: isYes(tags['tunnel']),
  };
}

/** Condition by smoothness, else by surface, else by track grade; a value not known counts as none. */
function roadCondition(tags: Tags): RoadCondition {
  return (
    lookUp(conditionOfSmoothness, firstValue(tags['smoothness'] ?? '')) ??
    lookUp(conditionOfSurface, firstValue(tags['surface'] ?? '')) ??
    lookUp(conditionOfTrackType, firstValue(tags['tracktype'] ?? '')) ??
    'unknown'
  );
}

function oneWay(tags: Tags): OneWay {
  switch (tags['oneway']) {
    case 'yes':
    case 'true':
    case '1':
      return 'forward';
    case '-1':
    case 'reverse':
      return 'backward';
    case 'reversible':
    case 'alternating':
      return 'reversible';
    case 'no':
    case 'false':
    case '0':
      return 'no';
  }
  const isImplied =
    tags['junction'] === 'roundabout' ||
    tags['junction'] === 'circular' ||
    tags['highway'] === 'motorway';
  return isImplied ? 'forward' : 'no';
}

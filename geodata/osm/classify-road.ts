import { oneWay, type OneWay } from '../roads/one-way.js';
import {
  roadCondition,
  type ConditionSource,
  type RoadCondition,
} from '../roads/road-condition.js';
import { parseSpeedKmh } from './parse-speed.js';
import { firstTag, isYes, lookUp, parseCount, type Tags } from './tags.js';

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
  | 'ferry'
  | 'other';

export type RoadAttributes = {
  readonly class: RoadClass;
  readonly name: string | undefined;
  readonly ref: string | undefined;
  readonly surface: string | undefined;
  readonly smoothness: string | undefined;
  readonly condition: RoadCondition;
  /** What told the condition; null where nothing did. */
  readonly conditionSource: ConditionSource | null;
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

/**
 * What the tags of a way say about a road; undefined where it is none: no `highway`, a value that is not
 * a way to travel (`construction`, `platform`, …), or an area. A ferry (`route=ferry`) counts as a road.
 */
export function classifyRoad(tags: Tags): RoadAttributes | undefined {
  const roadClass =
    lookUp(classOfHighway, tags['highway']) ?? (isFerry(tags) ? 'ferry' : undefined);
  if (roadClass === undefined || tags['area'] === 'yes') return undefined;
  const { condition, source } = roadCondition(roadClass === 'ferry' ? {} : tags);
  return {
    class: roadClass,
    name: firstTag(tags, 'name'),
    ref: firstTag(tags, 'ref'),
    surface: firstTag(tags, 'surface'),
    smoothness: firstTag(tags, 'smoothness'),
    condition,
    conditionSource: source,
    maxSpeedKmh: parseSpeedKmh(firstTag(tags, 'maxspeed', 'maxspeed:forward', 'maxspeed:type')),
    oneWay: oneWay(tags),
    lanes: parseCount(tags['lanes'], 1, 20),
    toll: isYes(tags['toll']),
    bridge: isYes(tags['bridge']),
    tunnel: isYes(tags['tunnel']),
  };
}

/** Whether a way is the line of a ferry rather than a road. */
export function isFerry(tags: Tags): boolean {
  return tags['route'] === 'ferry' && lookUp(classOfHighway, tags['highway']) === undefined;
}

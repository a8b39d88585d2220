import { isYes, type Tags } from '../osm/tags.js';
import { carSpeed, saysBuiltUp, type SpeedEvidence } from './car-speed.js';
import { ferryAccess, roadAccess, type Access, type Direction } from './road-access.js';
import { parseDurationS } from './duration.js';
import { oneWay, oneWayForBicycles, type OneWay } from './one-way.js';
import { roadCondition, type RoadCondition } from './road-condition.js';
import { modeBits, type TravelMode } from './travel-mode.js';

/** km/h in each direction of the geometry; undefined where the mode may not travel. */
export type Speeds = {
  readonly forward: number | undefined;
  readonly backward: number | undefined;
};

/** How a way is travelled. */
export type RoadTravel = {
  readonly carUrban: Speeds;
  readonly carRural: Speeds;
  readonly bicycle: Speeds;
  readonly footKmh: number | undefined;
  /** Bits of the modes that may use it only to reach what lies on it. */
  readonly limitedModes: number;
  /** Undefined where only its surroundings can tell. */
  readonly builtUp: boolean | undefined;
  /** Of a ferry, from end to end; undefined for roads and where the ferry does not say. */
  readonly durationS: number | undefined;
  readonly evidence: SpeedEvidence;
};

const walkingKmh = 5;
const stepsKmh = 2.5;
const cyclingKmh = 16;
/** With stops and waiting, where a ferry does not say how long it takes. */
const ferryKmh = 10;

const cyclingByCondition: Readonly<Record<RoadCondition, number>> = {
  good: 1,
  unknown: 1,
  fair: 0.85,
  poor: 0.65,
  bad: 0.4,
};

/** How each mode travels a road, by its tags and the country it lies in (undefined where not known). */
export function roadTravel(tags: Tags, country: string | undefined): RoadTravel {
  const access = (mode: TravelMode, direction: Direction) => roadAccess(tags, mode, direction);
  const forward = carSpeed(tags, country, 'forward');
  const backward = carSpeed(tags, country, 'backward');
  const isImpassable = tags['smoothness'] === 'impassable';
  const car = (ahead: number, back: number): Speeds =>
    open(oneWay(tags), {
      forward: isImpassable || access('car', 'forward') === 'closed' ? undefined : ahead,
      backward: isImpassable || access('car', 'backward') === 'closed' ? undefined : back,
    });
  const cycling = cyclingSpeedKmh(tags);
  return {
    carUrban: car(forward.urbanKmh, backward.urbanKmh),
    carRural: car(forward.ruralKmh, backward.ruralKmh),
    bicycle: open(oneWayForBicycles(tags), {
      forward: access('bicycle', 'forward') === 'closed' ? undefined : cycling,
      backward: access('bicycle', 'backward') === 'closed' ? undefined : cycling,
    }),
    footKmh: footSpeedKmh(tags, access('foot', 'forward')),
    limitedModes: modeBits((mode) => access(mode, 'forward') === 'limited'),
    builtUp: saysBuiltUp(tags),
    durationS: undefined,
    evidence: forward.evidence,
  };
}

/** How each mode travels a ferry; its time is that of `duration`, else of a slow boat. */
export function ferryTravel(tags: Tags): RoadTravel {
  const speeds = (mode: TravelMode): Speeds => {
    const kmh = ferryAccess(tags, mode) === 'closed' ? undefined : ferryKmh;
    return open(oneWay(tags), { forward: kmh, backward: kmh });
  };
  return {
    carUrban: speeds('car'),
    carRural: speeds('car'),
    bicycle: speeds('bicycle'),
    footKmh: speeds('foot').forward,
    limitedModes: modeBits((mode) => ferryAccess(tags, mode) === 'limited'),
    builtUp: false,
    durationS: parseDurationS(tags['duration']),
    evidence: tags['duration'] === undefined ? 'default' : 'tagged',
  };
}

/** What changes direction by the hour counts as open both ways; the import tells how much of it there is. */
function open(direction: OneWay, speeds: Speeds): Speeds {
  if (direction === 'forward') return { ...speeds, backward: undefined };
  return direction === 'backward' ? { ...speeds, forward: undefined } : speeds;
}

function footSpeedKmh(tags: Tags, access: Access): number | undefined {
  if (access === 'closed') return undefined;
  return tags['highway'] === 'steps' ? stepsKmh : walkingKmh;
}

/** Where bicycles are let onto footways and pedestrian streets they go at a walk and a half. */
function cyclingSpeedKmh(tags: Tags): number {
  const highway = tags['highway'] ?? '';
  if (highway === 'steps') return stepsKmh;
  const isShared = highway === 'pedestrian' || highway === 'footway';
  const base = isShared && !isYes(tags['segregated']) ? walkingKmh * 1.5 : cyclingKmh;
  return Math.round(base * cyclingByCondition[roadCondition(tags).condition] * 10) / 10;
}

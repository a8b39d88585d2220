import { parseSpeedKmh, parseZone } from '../osm/parse-speed.js';
import { firstTag, firstValue, isYes, lookUp, type Tags } from '../osm/tags.js';
import { legalSpeedKmh, type LegalKind } from './legal-speeds.js';
import type { Direction } from './road-access.js';

/** What a limit was told by: a sign, a zone such as `NL:urban`, or class and country. */
export type SpeedEvidence = 'tagged' | 'zone' | 'default';

export type CarSpeed = {
  /** km/h where the road lies in a built-up area. */
  readonly urbanKmh: number;
  /** km/h where it does not. */
  readonly ruralKmh: number;
  readonly evidence: SpeedEvidence;
};

/**
 * Share of the limit that is driven on the whole way from end to end, bends and other traffic included;
 * the share that GraphHopper's car model takes.
 */
export const shareOfLimit = 0.9;

/** What is hardly exceeded on roads of a class, whatever is allowed where nothing is signed; km/h. */
const ceilingOfHighway: Readonly<Record<string, number>> = {
  motorway: 130,
  trunk: 110,
  primary: 90,
  secondary: 80,
  tertiary: 70,
  unclassified: 60,
  residential: 50,
  road: 40,
  living_street: 20,
  service: 20,
  track: 15,
};

/** Ramps bend. */
const linkCeilingKmh = 60;
/** Ways that few cars have business on: pedestrian zones, paths open to somebody. */
const otherCeilingKmh = 10;

/** The speed that a surface bears, km/h, after what OSRM's car profile sets; others bear any. */
const ceilingOfSurface: Readonly<Record<string, number>> = {
  'concrete:plates': 100,
  paving_stones: 80,
  compacted: 80,
  fine_gravel: 70,
  metal: 60,
  metal_grid: 60,
  bricks: 60,
  brick: 60,
  sett: 50,
  wood: 40,
  gravel: 40,
  unpaved: 40,
  'concrete:lanes': 40,
  grass_paver: 40,
  ground: 30,
  dirt: 30,
  earth: 30,
  soil: 30,
  clay: 30,
  cobblestone: 30,
  'cobblestone:flattened': 30,
  unhewn_cobblestone: 20,
  pebblestone: 30,
  grass: 20,
  rock: 15,
  stone: 15,
  sand: 15,
  mud: 10,
};

const ceilingOfSmoothness: Readonly<Record<string, number>> = {
  intermediate: 80,
  bad: 40,
  very_bad: 20,
  horrible: 10,
  very_horrible: 5,
};

const ceilingOfTracktype: Readonly<Record<string, number>> = {
  grade1: 60,
  grade2: 40,
  grade3: 30,
  grade4: 25,
  grade5: 20,
};

/** Keys that say a limit by its kind rather than its number. */
export const zoneKeys = ['maxspeed:type', 'source:maxspeed', 'zone:maxspeed', 'zone:traffic'];

/** The speed of cars on a road in a direction, in and out of towns, by limit, class and surface. */
export function carSpeed(tags: Tags, country: string | undefined, direction: Direction): CarSpeed {
  const signed = parseSpeedKmh(firstTag(tags, `maxspeed:${direction}`, 'maxspeed'));
  const zone = zoneKeys.map((key) => parseSpeedKmh(tags[key])).find((kmh) => kmh !== undefined);
  const limit = signed ?? zone;
  const surface = surfaceCeilingKmh(tags);
  const speed = (kmh: number) => Math.round(Math.min(kmh * shareOfLimit, surface) * 10) / 10;
  if (limit !== undefined) {
    const isZone =
      signed === undefined || parseZone(firstTag(tags, 'maxspeed'))?.country !== undefined;
    return {
      ...{ urbanKmh: speed(limit), ruralKmh: speed(limit) },
      evidence: isZone ? 'zone' : 'tagged',
    };
  }
  return {
    urbanKmh: speed(defaultLimitKmh(tags, country, true)),
    ruralKmh: speed(defaultLimitKmh(tags, country, false)),
    evidence: 'default',
  };
}

/** Whether a road says itself that it lies in a built-up area, or that it does not. */
export function saysBuiltUp(tags: Tags): boolean | undefined {
  for (const key of [...zoneKeys, 'maxspeed']) {
    const kind = parseZone(tags[key])?.kind;
    if (kind === 'urban' || kind === 'zone' || kind === 'nsl_restricted') return true;
    if (kind === 'rural' || kind === 'motorway' || kind === 'trunk') return false;
    if (kind === 'nsl_single' || kind === 'nsl_dual') return false;
  }
  const highway = tags['highway'] ?? '';
  if (highway === 'residential' || highway === 'living_street') return true;
  return highway.startsWith('motorway') || isYes(tags['motorroad']) ? false : undefined;
}

function defaultLimitKmh(tags: Tags, country: string | undefined, isUrban: boolean): number {
  const highway = tags['highway'] ?? '';
  const plain = highway.replace(/_link$/, '');
  const ceiling = lookUp(ceilingOfHighway, plain) ?? otherCeilingKmh;
  const limit = legalSpeedKmh(country, legalKind(tags, plain, isUrban), plain);
  return Math.min(limit, ceiling, highway === plain ? Infinity : linkCeilingKmh);
}

function legalKind(tags: Tags, highway: string, isUrban: boolean): LegalKind {
  if (highway === 'motorway' || highway === 'living_street') return highway;
  if (isUrban) return 'urban';
  return highway === 'trunk' || isYes(tags['motorroad']) ? 'trunk' : 'rural';
}

function surfaceCeilingKmh(tags: Tags): number {
  const of = (key: string) => firstValue(tags[key] ?? '');
  const bySmoothness = lookUp(ceilingOfSmoothness, of('smoothness')) ?? Infinity;
  const bySurface = lookUp(ceilingOfSurface, of('surface'));
  const byTracktype = lookUp(ceilingOfTracktype, of('tracktype'));
  return Math.min(bySmoothness, bySurface ?? byTracktype ?? Infinity);
}

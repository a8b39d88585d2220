import { firstValue, isYes, lookUp, type Tags } from '../osm/tags.js';
import type { TravelMode } from './travel-mode.js';

/** `limited`: only to reach what lies there (destination, customers, private), not to pass through. */
export type Access = 'open' | 'limited' | 'closed';
export type Direction = 'forward' | 'backward';

type Defaults = Readonly<Record<TravelMode, Access>>;

const all: Defaults = { car: 'open', bicycle: 'open', foot: 'open' };
const none: Defaults = { car: 'closed', bicycle: 'closed', foot: 'closed' };
const onFoot: Defaults = { ...none, foot: 'open' };
const withoutCar: Defaults = { ...all, car: 'closed' };

/** Who may travel on a kind of way that says nothing else (OpenStreetMap wiki, "Default access restrictions"). */
const defaultsOfHighway: Readonly<Record<string, Defaults>> = {
  motorway: { ...none, car: 'open' },
  motorway_link: { ...none, car: 'open' },
  track: { ...all, car: 'limited' },
  pedestrian: onFoot,
  footway: onFoot,
  steps: onFoot,
  bridleway: onFoot,
  cycleway: withoutCar,
  path: withoutCar,
  busway: none,
  bus_guideway: none,
  raceway: none,
  escape: none,
};

const accessOfValue: Readonly<Record<string, Access>> = {
  yes: 'open',
  permissive: 'open',
  designated: 'open',
  official: 'open',
  public: 'open',
  destination: 'limited',
  customers: 'limited',
  delivery: 'limited',
  private: 'limited',
  permit: 'limited',
  residents: 'limited',
  employees: 'limited',
  no: 'closed',
  use_sidepath: 'closed',
  dismount: 'closed',
  agricultural: 'closed',
  forestry: 'closed',
  military: 'closed',
  emergency: 'closed',
  psv: 'closed',
  bus: 'closed',
};

/** From the special to the general; the last ones do not open what a kind of way closes. */
const keysOf: Readonly<Record<TravelMode, { own: readonly string[]; general: readonly string[] }>> =
  {
    car: { own: ['motorcar', 'motor_vehicle'], general: ['vehicle', 'access'] },
    bicycle: { own: ['bicycle'], general: ['vehicle', 'access'] },
    foot: { own: ['foot'], general: ['access'] },
  };

/** Whether a mode may travel a way in a direction, one-way rules left aside. Ferries: see `ferryAccess`. */
export function roadAccess(tags: Tags, mode: TravelMode, direction: Direction): Access {
  const byDefault = lookUp(defaultsOfHighway, tags['highway'])?.[mode] ?? 'open';
  const { own, general } = keysOf[mode];
  const special = firstAccess(tags, own, direction);
  if (special) return special;
  if (byDefault === 'closed') return byDefault;
  if (mode !== 'car' && isYes(tags['motorroad'])) return 'closed';
  return firstAccess(tags, general, direction) ?? byDefault;
}

/** Whether a ferry takes a mode: people and bicycles unless it says no, cars only where it says yes. */
export function ferryAccess(tags: Tags, mode: TravelMode): Access {
  const { own, general } = keysOf[mode];
  const said = firstAccess(tags, [...own, ...general], 'forward');
  return said ?? (mode === 'car' ? 'closed' : 'open');
}

/** What the tags of a barrier say about a mode; undefined where they say nothing. */
export function saidAccess(tags: Tags, mode: TravelMode): Access | 'private' | undefined {
  const { own, general } = keysOf[mode];
  const key = [...own, ...general].find((name) => lookUp(accessOfValue, tags[name]));
  if (key === undefined) return undefined;
  return tags[key] === 'private' ? 'private' : lookUp(accessOfValue, tags[key]);
}

function firstAccess(
  tags: Tags,
  keys: readonly string[],
  direction: Direction,
): Access | undefined {
  for (const key of keys) {
    const value = tags[`${key}:${direction}`] ?? tags[key];
    const access = value === undefined ? undefined : lookUp(accessOfValue, firstValue(value));
    if (access) return access;
  }
  return undefined;
}

import { lookUp, type Tags } from '../osm/tags.js';
import { saidAccess } from './road-access.js';
import { modeBit, modeBits, type TravelMode } from './travel-mode.js';

export type Barrier = {
  readonly kind: string;
  /** Bits of the modes that cannot pass. */
  readonly blockedModes: number;
};

const { car, bicycle } = modeBit;

/** Modes that a barrier on a road stops where nothing else is said. */
const stops: Readonly<Record<string, number>> = {
  block: car,
  bollard: car,
  chain: car,
  cycle_barrier: car,
  debris: car,
  'full-height_turnstile': car | bicycle,
  gate: car,
  horse_stile: car | bicycle,
  jersey_barrier: car,
  kissing_gate: car | bicycle,
  lift_gate: car,
  log: car,
  motorcycle_barrier: car,
  rope: car,
  sliding_gate: car,
  stile: car | bicycle,
  sump_buster: car,
  swing_gate: car,
  turnstile: car | bicycle,
  wicket_gate: car,
};

/** Barriers that everybody passes, or that run along a road rather than across it. */
const stopNobody = new Set([
  ...['border_control', 'bump_gate', 'bus_trap', 'cattle_grid', 'coupure', 'entrance', 'fence'],
  ...['guard_rail', 'height_restrictor', 'hedge', 'kerb', 'no', 'retaining_wall', 'sally_port'],
  ...['spikes', 'stone', 'toll_booth', 'wall', 'yes'],
]);

/**
 * The barrier at a node: whom it stops by its kind, and whom by `access`, `motor_vehicle`, `bicycle`,
 * `foot` and the like. `private` stops too, `destination` does not. Undefined where there is none.
 */
export function barrierOf(tags: Tags): Barrier | undefined {
  const kind = tags['barrier'];
  if (kind === undefined) return undefined;
  const byKind = lookUp(stops, kind) ?? 0;
  const isStopped = (mode: TravelMode): boolean => {
    const said = saidAccess(tags, mode);
    if (said === undefined) return (byKind & modeBit[mode]) !== 0;
    return said === 'closed' || said === 'private';
  };
  return { kind, blockedModes: modeBits(isStopped) };
}

/** Whether it is known whom a kind of barrier stops. */
export function isKnownBarrier(kind: string): boolean {
  return Object.hasOwn(stops, kind) || stopNobody.has(kind);
}

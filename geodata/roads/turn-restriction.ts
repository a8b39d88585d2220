import type { OsmMember, OsmRelation } from '../osm/elements.js';
import { lookUp, type Tags } from '../osm/tags.js';
import { modeBit } from './travel-mode.js';

/** A turn restriction before its ways are known. */
export type TurnRestriction = {
  readonly id: number;
  /** As tagged, for example `no_left_turn`. */
  readonly restriction: string;
  readonly isOnly: boolean;
  /** Bits of the modes it applies to. */
  readonly modes: number;
  readonly from: readonly number[];
  readonly via: { readonly node: number } | { readonly ways: readonly number[] };
  readonly to: readonly number[];
};

export type RestrictionFinding =
  | { readonly status: 'found'; readonly restriction: TurnRestriction }
  /** One that is not for us (hours, lorries), or broken; `reason` says which. */
  | { readonly status: 'left-out'; readonly isBroken: boolean; readonly reason: string };

const turns = ['left_turn', 'right_turn', 'straight_on', 'u_turn', 'entry', 'exit'];
const vehicles = modeBit.car | modeBit.bicycle;

const bitsOfVehicle: Readonly<Record<string, number>> = {
  vehicle: vehicles,
  motor_vehicle: modeBit.car,
  motorcar: modeBit.car,
  bicycle: modeBit.bicycle,
  foot: modeBit.foot,
};

/** What a relation says about a turn; undefined where it is no turn restriction. */
export function toTurnRestriction({
  id,
  tags = {},
  members,
}: OsmRelation): RestrictionFinding | undefined {
  if (!/^restriction(?::|$)/.test(tags['type'] ?? '')) return undefined;
  const rule = ruleOf(tags);
  if ('status' in rule) return rule;
  const ways = (role: string) =>
    members.filter((member) => member.type === 'way' && member.role === role).map(refOf);
  const [from, to] = [ways('from'), ways('to')];
  if (from.length === 0 || to.length === 0) return broken('a from or to way is not named');
  const via = viaOf(members);
  if (!via) return broken('it names no via node or via way, or both');
  return { status: 'found', restriction: { id, ...rule, from, via, to } };
}

type Rule = Pick<TurnRestriction, 'restriction' | 'isOnly' | 'modes'>;

function ruleOf(tags: Tags): Rule | RestrictionFinding {
  const key = Object.keys(tags).find(
    (name) => /^restriction(?::|$)/.test(name) && !name.endsWith(':conditional') && name !== 'type',
  );
  if (key === undefined) {
    const isConditional = Object.keys(tags).some((name) => name.endsWith(':conditional'));
    return isConditional
      ? notForUs('it holds at certain hours only')
      : broken('it forbids nothing');
  }
  if ('day_on' in tags || 'hour_on' in tags) return notForUs('it holds at certain hours only');
  const restriction = tags[key] ?? '';
  const [, verb, turn = ''] = /^(no|only)_(.+)$/.exec(restriction) ?? [];
  if (verb === undefined || !turns.includes(turn)) return broken(`${restriction} is not known`);
  const named = key === 'restriction' ? vehicles : lookUp(bitsOfVehicle, key.slice(12));
  const excepted = (tags['except'] ?? '').split(';').map((name) => name.trim());
  const modes = excepted.reduce(
    (bits, name) => bits & ~(lookUp(bitsOfVehicle, name) ?? 0),
    named ?? 0,
  );
  if (modes === 0) return notForUs('it is for other vehicles');
  return { restriction, isOnly: verb === 'only', modes };
}

function viaOf(members: readonly OsmMember[]): TurnRestriction['via'] | undefined {
  const via = members.filter(({ role }) => role === 'via');
  const ways = via.filter(({ type }) => type === 'way').map(refOf);
  const [node, ...others] = via.filter(({ type }) => type === 'node').map(refOf);
  if (node !== undefined) return others.length === 0 && ways.length === 0 ? { node } : undefined;
  return ways.length > 0 ? { ways } : undefined;
}

function refOf({ ref }: OsmMember): number {
  return ref;
}

function broken(reason: string): RestrictionFinding {
  return { status: 'left-out', isBroken: true, reason };
}

function notForUs(reason: string): RestrictionFinding {
  return { status: 'left-out', isBroken: false, reason };
}

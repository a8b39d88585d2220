import type { OsmRelation } from './elements.js';
import { isAreaFeature } from './area-feature.js';
import type { Tags } from './tags.js';

export type AreaMember = { readonly way: number; readonly role: string };

/** A multipolygon that is one of our features, before its ways are known. */
export type AreaRelation = {
  readonly id: number;
  /** Undefined in the old style, where the outer ways carry the tags. */
  readonly tags: Tags | undefined;
  readonly members: readonly AreaMember[];
};

/** Tags that say nothing about what an area is. */
const administrative = new Set(['type', 'source', 'created_by', 'note', 'fixme', 'FIXME']);
const innerRoles = new Set(['inner', 'enclave']);
const knownRoles = new Set(['', 'outer', 'exclave', ...innerRoles]);

/** The relation as an area of ours, or undefined where it is something else. */
export function toAreaRelation(relation: OsmRelation): AreaRelation | undefined {
  const tags = relation.tags ?? {};
  if (tags['type'] !== 'multipolygon') return undefined;
  const isOldStyle = Object.keys(tags).every((key) => administrative.has(key));
  if (!isOldStyle && !isAreaFeature(tags)) return undefined;
  const ways = relation.members.filter((member) => member.type === 'way');
  const members = ways.map(({ ref, role }) => ({ way: ref, role }));
  return { id: relation.id, tags: isOldStyle ? undefined : tags, members };
}

/** Whether a member bounds a hole. A role that is not known counts as outer. */
export function isInner({ role }: AreaMember): boolean {
  return innerRoles.has(role);
}

/** Ways of a multipolygon that bound it from outside. */
export function outerWays({ members }: AreaRelation): number[] {
  return members.filter((member) => !isInner(member)).map(({ way }) => way);
}

/** The members, each way once, and what is wrong with the list. */
export function checkMembers({ members }: AreaRelation): {
  members: readonly AreaMember[];
  problems: string[];
} {
  const byWay = new Map(members.map((member) => [member.way, member]));
  const repeated = members.length - byWay.size;
  const unknown = [...new Set(members.map(({ role }) => role))].filter((r) => !knownRoles.has(r));
  return {
    members: [...byWay.values()],
    problems: [
      ...(repeated > 0 ? [`${repeated} member ways are there twice`] : []),
      ...unknown.slice(0, 3).map((role) => `role "${role.slice(0, 40)}" is taken as outer`),
    ],
  };
}

import type { OsmRelation } from './elements.js';
import { isAreaFeature } from './area-feature.js';
import type { Tags } from './tags.js';

/** A multipolygon that is one of our features, before its ways are known. */
export type AreaRelation = {
  readonly id: number;
  /** Undefined in the old style, where the outer ways carry the tags. */
  readonly tags: Tags | undefined;
  readonly outers: readonly number[];
  readonly inners: readonly number[];
};

/** Tags that say nothing about what an area is. */
const administrative = new Set(['type', 'source', 'created_by', 'note', 'fixme', 'FIXME']);

/** The relation as an area of ours, or undefined where it is something else. */
export function toAreaRelation(relation: OsmRelation): AreaRelation | undefined {
  const tags = relation.tags ?? {};
  if (tags['type'] !== 'multipolygon') return undefined;
  const isOldStyle = Object.keys(tags).every((key) => administrative.has(key));
  if (!isOldStyle && !isAreaFeature(tags)) return undefined;
  const ways = relation.members.filter((member) => member.type === 'way');
  const isInner = (role: string) => role === 'inner' || role === 'enclave';
  return {
    id: relation.id,
    tags: isOldStyle ? undefined : tags,
    outers: ways.filter(({ role }) => !isInner(role)).map(({ ref }) => ref),
    inners: ways.filter(({ role }) => isInner(role)).map(({ ref }) => ref),
  };
}

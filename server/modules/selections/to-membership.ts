import type { Membership } from '../../column-store/areas/membership.js';
import type { SelectionDefinition, SelectionLeaf } from '../../contract/selections.js';

/** A leaf that covers ground, so that it becomes a polygon. */
export type Shape = Exclude<SelectionLeaf, { kind: 'regions' | 'accounts' }>;

export type Resolvable = {
  readonly membership: Membership;
  /** By their number in the membership. */
  readonly shapes: readonly Shape[];
};

/** What a definition means for an account, and the shapes that it rests on. */
export function toMembership(definition: SelectionDefinition): Resolvable {
  const shapes: Shape[] = [];
  const membershipOf = (node: SelectionDefinition): Membership => {
    if (node.kind === 'regions') return { regions: node.ids };
    if (node.kind === 'accounts') return { accounts: node.ids };
    if (!('parts' in node)) return { part: shapes.push(node) - 1 };
    const parts = node.parts.map(membershipOf);
    if (node.kind === 'union') return { any: parts };
    if (node.kind === 'intersect') return { all: parts };
    const [first, ...others] = parts;
    return { all: [first!, { not: { any: others } }] };
  };
  return { membership: membershipOf(definition), shapes };
}

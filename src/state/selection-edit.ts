import { leavesOf } from '../../server/contract/selection-leaves.js';
import type {
  Combination,
  SelectionDefinition,
  SelectionLeaf,
} from '../../server/contract/selections.js';

/** What becomes of the present selection when something is drawn or picked. */
export type DrawMode = 'new' | Combination;

/**
 * The selection with something added, taken away or kept in common. Unions and differences in a row stay one
 * node, so that their parts can be listed and dropped one by one.
 */
export function combine(
  present: SelectionDefinition | null,
  added: SelectionDefinition,
  mode: DrawMode,
): SelectionDefinition {
  if (present === null || mode === 'new') return added;
  if (present.kind === mode && mode !== 'intersect') {
    return { kind: mode, parts: [...present.parts, added] };
  }
  return { kind: mode, parts: [present, added] };
}

/**
 * The selection with a region or account more; one that is picked already goes. Null where nothing is left. Picks
 * of one kind stay together in one leaf.
 */
export function togglePick(
  present: SelectionDefinition | null,
  kind: 'regions' | 'accounts',
  id: number,
): SelectionDefinition | null {
  if (present === null) return { kind, ids: [id] };
  const leaves = leavesOf(present);
  const picked = leaves.findIndex((leaf) => leaf.kind === kind && isAdded(present, leaf));
  if (picked === -1) return combine(present, { kind, ids: [id] }, 'union');
  const { ids } = leaves[picked] as { ids: number[] };
  const others = ids.filter((other) => other !== id);
  if (others.length === 0) return removeLeaf(present, picked);
  return replaceLeaf(present, picked, {
    kind,
    ids: others.length < ids.length ? others : [...ids, id],
  });
}

/** Whether a leaf stands at the top or in a union there: what it holds is in the selection. */
function isAdded(present: SelectionDefinition, leaf: SelectionLeaf): boolean {
  return present === leaf || (present.kind === 'union' && present.parts.includes(leaf));
}

/** The selection with its leaf of this number (as `leavesOf` counts) replaced. */
export function replaceLeaf(
  definition: SelectionDefinition,
  index: number,
  leaf: SelectionLeaf,
): SelectionDefinition {
  return mapLeaves(definition, (old, number) => (number === index ? leaf : old))!;
}

/** The selection without a leaf; null where nothing is left. */
export function removeLeaf(
  definition: SelectionDefinition,
  index: number,
): SelectionDefinition | null {
  return mapLeaves(definition, (old, number) => (number === index ? null : old));
}

function mapLeaves(
  definition: SelectionDefinition,
  change: (leaf: SelectionLeaf, index: number) => SelectionLeaf | null,
): SelectionDefinition | null {
  let count = 0;
  const map = (node: SelectionDefinition): SelectionDefinition | null => {
    if (!('parts' in node)) return change(node, count++);
    const parts = node.parts.map(map);
    return rebuilt(node.kind, parts);
  };
  return map(definition);
}

/** A combination of what is left of its parts: of a difference without its first part nothing is. */
function rebuilt(
  kind: Combination,
  parts: readonly (SelectionDefinition | null)[],
): SelectionDefinition | null {
  if (kind === 'minus' && parts[0] === null) return null;
  const left = parts.filter((part) => part !== null);
  if (left.length <= 1) return left[0] ?? null;
  return { kind, parts: left };
}

/** A leaf with how it counts: what is taken away counts as `minus`. */
export type ListedLeaf = {
  readonly leaf: SelectionLeaf;
  readonly index: number;
  readonly role: DrawMode;
};

/** The leaves in order, each with how it joins those before. */
export function listLeaves(definition: SelectionDefinition): ListedLeaf[] {
  const listed: ListedLeaf[] = [];
  const visit = (node: SelectionDefinition, role: DrawMode): void => {
    if (!('parts' in node)) {
      listed.push({ leaf: node, index: listed.length, role });
      return;
    }
    node.parts.forEach((part, position) => visit(part, position === 0 ? role : node.kind));
  };
  visit(definition, 'new');
  return listed;
}

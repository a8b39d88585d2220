import type { SelectionDefinition, SelectionLeaf } from './selections.js';

/** All leaves of a tree, from the first to the last. */
export function leavesOf(definition: SelectionDefinition): SelectionLeaf[] {
  return 'parts' in definition ? definition.parts.flatMap(leavesOf) : [definition];
}

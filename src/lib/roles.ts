import type { Role } from '../../server/contract/role.js';

/** All roles, the one that may do most first. */
export const roles = [
  'administrator',
  'planner',
  'manager',
  'prospector',
] as const satisfies readonly Role[];

export type { Role };

/** Whether the role may see reports of imports. */
export function seesImports(role: Role): boolean {
  return role === 'administrator' || role === 'planner';
}

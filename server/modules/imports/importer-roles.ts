import type { Role } from '../../contract/role.js';

/** Who may import, and see what was imported: reports quote rows of any account. */
export const importerRoles: readonly Role[] = ['administrator', 'planner'];

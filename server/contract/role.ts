import { z } from 'zod';

/** Roles, from the one that may do most to the one that may do least. */
export const roles = ['administrator', 'planner', 'manager', 'prospector'] as const;

export const roleSchema = z.enum(roles);

export type Role = z.infer<typeof roleSchema>;

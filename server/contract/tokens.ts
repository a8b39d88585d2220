import { z } from 'zod';
import { timestampSchema } from './common.js';
import { roleSchema } from './role.js';

export const newTokenBody = z.object({
  name: z.string().trim().min(1, 'Give the token a name.').max(200),
  role: roleSchema.optional().describe('Your own role by default, never more than that'),
});

export const tokenSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  role: roleSchema,
  tokenEnd: z.string().describe('Last four characters'),
  userId: z.string().nullable().describe('Null for a service'),
  userName: z.string().nullable(),
  createdAt: timestampSchema,
  lastUsedAt: timestampSchema.nullable(),
});

export const createdTokenSchema = z.object({
  id: z.number().int(),
  token: z.string().describe('Shown this once'),
});

export type Token = z.output<typeof tokenSchema>;

import { z } from 'zod';
import { limitSchema } from './common.js';
import { boundsSchema } from './session.js';

export const searchKinds = [
  'account',
  'region',
  'place',
  'settlement',
  'street',
  'address',
  'postcode',
] as const;

export const searchQuery = z.object({
  q: z.string().trim().min(2, 'Give at least two characters.').max(100),
  limit: limitSchema(20, 50).describe('Most results in all; each kind gets its share'),
});

export const searchResultSchema = z.object({
  kind: z.enum(searchKinds),
  id: z.number().int(),
  title: z.string(),
  subtitle: z.string(),
  lon: z.number().nullable().describe('Null for an account that is not placed'),
  lat: z.number().nullable(),
  bbox: boundsSchema.optional().describe('Regions only'),
  suggested: z
    .literal(true)
    .optional()
    .describe('Spelled otherwise than asked for: something that may be meant'),
});

export type SearchResult = z.infer<typeof searchResultSchema>;

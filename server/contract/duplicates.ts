import { z } from 'zod';
import { accountRowSchema } from './accounts.js';
import { timestampSchema } from './common.js';

const id = z.number().int().positive();

/** Fields of which either value can stay when two accounts become one; `point` is the place on the map. */
export const mergeFields = [
  'name',
  'kind',
  'lifecycle',
  'segment',
  'owner_id',
  'external_id',
  'email',
  'phone',
  'website',
  'street',
  'house_number',
  'postcode',
  'city',
  'country',
  'point',
] as const;
export type MergeField = (typeof mergeFields)[number];

const value = z.string().nullable();

export const duplicatesSchema = z.object({
  items: z.array(
    accountRowSchema.extend({
      reasons: z.array(z.enum(['email', 'phone', 'name'])),
      likeness: z.number().describe('Of the names, 0 to 1'),
      distanceM: z.number().nullable(),
      orders: z.number().int(),
      differences: z
        .array(z.object({ field: z.enum(mergeFields), own: value, other: value }))
        .describe('Fields that differ, to choose what stays'),
    }),
  ),
  merges: z
    .array(z.object({ id, name: z.string(), userName: z.string(), mergedAt: timestampSchema }))
    .describe('Accounts that were merged into this one and can be had back'),
});

export const mergeBody = z.strictObject({
  otherId: id,
  take: z.array(z.enum(mergeFields)).default([]).describe('Fields of the other that stay'),
});

export type Duplicates = z.output<typeof duplicatesSchema>;
export type Duplicate = Duplicates['items'][number];
export type MergeRequest = z.output<typeof mergeBody>;

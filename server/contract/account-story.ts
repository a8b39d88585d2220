import { z } from 'zod';
import { accountRowSchema } from './accounts.js';
import { timestampSchema } from './common.js';

const text = z.string().nullable();

/** Something that happened to an account, the latest first. */
export const accountEventSchema = z.object({
  at: timestampSchema,
  kind: z.enum(['order', 'edit', 'bulk', 'undo', 'merge', 'unmerge', 'created', 'imported']),
  who: text.describe('Who changed it, or the file it was imported from'),
  fields: z
    .array(z.object({ field: z.string(), before: text, after: text }))
    .describe('What was changed; empty for all else'),
  revenue: z.number().nullable().describe('Of an order'),
  channel: text,
});

export const accountStorySchema = z.object({
  months: z
    .array(z.object({ month: z.string(), revenue: z.number(), orders: z.number().int() }))
    .describe('The last 24 months up to the day of the project, months without an order included'),
  products: z.array(
    z.object({
      name: z.string(),
      category: text,
      quantity: z.number(),
      revenue: z.number(),
      lastOrderedAt: timestampSchema,
    }),
  ),
  events: z.array(accountEventSchema),
  similar: z
    .array(accountRowSchema.extend({ distanceM: z.number(), revenue12m: z.number() }))
    .describe('Nearest accounts of the same kind, segment, housing type and zone kind'),
});

export type AccountStory = z.output<typeof accountStorySchema>;
export type AccountEvent = z.output<typeof accountEventSchema>;

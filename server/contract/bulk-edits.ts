import { z } from 'zod';
import { lifecycles } from './account-filter.js';
import { tagSchema } from './accounts.js';
import { timestampSchema } from './common.js';

const id = z.number().int().positive();
const tagList = z.array(tagSchema).min(1).max(20);

/** What becomes of every account meant; what is left out stays. */
export const bulkChangesSchema = z
  .strictObject({
    owner: z.string().max(200).nullable().optional().describe('Id of a user; null for nobody'),
    segment: z.string().trim().min(1).max(200).nullable().optional(),
    lifecycle: z.enum(lifecycles).optional(),
    addTags: tagList.optional(),
    removeTags: tagList.optional(),
  })
  .refine((changes) => Object.values(changes).some((value) => value !== undefined), {
    message: 'Say what is to change.',
  });

/** Which accounts are meant: some by their ids, or all of a filter but for some. */
export const bulkTargetSchema = z.union([
  z.strictObject({ ids: z.array(id).min(1).max(50_000) }),
  z.strictObject({
    filter: z.string().max(8000).describe('Query string of the account filter'),
    except: z.array(id).max(50_000).default([]),
  }),
]);

export const bulkEditBody = z.strictObject({
  target: bulkTargetSchema,
  changes: bulkChangesSchema,
});

export const bulkPreviewSchema = z.object({
  total: z.number().int().describe('Accounts meant'),
  changing: z.number().int().describe('Accounts that will be different'),
  refused: z.number().int().describe('Accounts that are not yours to change'),
  fields: z.array(
    z.object({
      field: z.enum(['owner', 'segment', 'lifecycle', 'tags']),
      to: z.string().nullable().describe('New value; null for none. Of tags those added'),
      from: z
        .array(z.object({ value: z.string().nullable(), count: z.number().int() }))
        .describe('What they have now, the most frequent first'),
      others: z.number().int().describe('Accounts with yet another value'),
    }),
  ),
});

export const bulkEditSchema = z.object({
  id,
  status: z.enum(['running', 'succeeded', 'failed', 'cancelled']),
  total: z.number().int(),
  done: z.number().int(),
  changed: z.number().int(),
  skipped: z
    .number()
    .int()
    .describe('Had the value already, changed since, were gone, or not yours to change'),
  error: z.string().nullable(),
  userName: z.string(),
  changes: z.record(z.string(), z.unknown()),
  undoOf: id.nullable(),
  undoneBy: id.nullable(),
  createdAt: timestampSchema,
  finishedAt: timestampSchema.nullable(),
});

export type BulkChanges = z.output<typeof bulkChangesSchema>;
export type BulkTarget = z.output<typeof bulkTargetSchema>;
export type BulkPreview = z.output<typeof bulkPreviewSchema>;
export type BulkEdit = z.output<typeof bulkEditSchema>;

import { z } from 'zod';
import { limitSchema, timestampSchema } from './common.js';

export const importListQuery = z.object({ limit: limitSchema(50, 200) });

const count = z.number().int();

export const importSchema = z.object({
  id: count,
  importer: z.string(),
  sourceName: z.string(),
  status: z.enum(['running', 'succeeded', 'failed', 'cancelled']),
  startedAt: timestampSchema,
  finishedAt: timestampSchema.nullable(),
  rowsRead: count,
  rowsTotal: count.nullable().describe('Null while it is not known'),
  rowsInserted: count,
  rowsUpdated: count,
  rowsUnchanged: count,
  rowsRejected: count,
  rowsWarned: count,
  error: z.string().nullable(),
});

export const importListSchema = z.object({
  items: z.array(importSchema),
  total: count.describe('Imports there are in all; the newest come first'),
});

export const importDetailSchema = importSchema.extend({
  options: z.record(z.string(), z.unknown()),
  summary: z.record(z.string(), z.unknown()),
  userId: z.string().nullable(),
  hasRejectedRows: z.boolean().describe('Whether they can be downloaded as they stood in the file'),
  issues: z
    .array(
      z.object({
        severity: z.enum(['rejected', 'warning']),
        reason: z.string(),
        field: z.string().nullable(),
        count,
        firstLine: count.nullable(),
      }),
    )
    .describe('Reasons with the number of rows; every row is in issues.csv'),
});

export const issueListQuery = z.object({
  severity: z.enum(['rejected', 'warning']).optional(),
  limit: limitSchema(100, 1000),
});

export const issueListSchema = z.object({
  items: z.array(
    z.object({
      severity: z.enum(['rejected', 'warning']),
      line: count.nullable(),
      field: z.string().nullable(),
      value: z.string().nullable(),
      reason: z.string(),
    }),
  ),
  total: count.describe('Issues there are in all; those of the first lines come first'),
});

export type ImportIssues = z.output<typeof issueListSchema>;
export type ImportIssue = ImportIssues['items'][number];
export type Import = z.output<typeof importSchema>;
export type ImportDetail = z.output<typeof importDetailSchema>;

import { z } from 'zod';
import { limitSchema, timestampSchema } from './common.js';

const count = z.number().int();
const shortText = z.string().trim().max(300);

export const newJobBody = z.object({
  kind: z.enum(['check', 'load']).describe('A check reads everything and writes nothing'),
  uploadId: z.uuid(),
  importer: z.string().max(40),
  options: z.record(z.string().max(40), z.unknown()).default({}),
  linesUploadId: z.uuid().optional().describe('For orders: the file with their lines'),
  source: shortText.optional().describe('Publisher, shown with the data'),
  licence: shortText.optional(),
});

export const jobListQuery = z.object({ limit: limitSchema(20, 100) });

export const jobProgressSchema = z.object({
  label: z.string(),
  rows: count,
  fraction: z.number().nullable().describe('0 to 1; null where it cannot be known'),
  secondsLeft: z.number().nullable(),
});

export const jobStatuses = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;

export const importJobSchema = z.object({
  id: count,
  kind: z.enum(['check', 'load']),
  status: z.enum(jobStatuses),
  importer: z.string(),
  fileName: z.string(),
  uploadId: z.uuid(),
  userName: z.string().nullable(),
  importId: count.nullable().describe('Its report'),
  progress: jobProgressSchema.nullable(),
  ahead: count.describe('Jobs that run or wait before it'),
  error: z.string().nullable(),
  createdAt: timestampSchema,
  startedAt: timestampSchema.nullable(),
  finishedAt: timestampSchema.nullable(),
});

const mergeCounts = z.object({ inserted: count, updated: count, unchanged: count });

export const checkResultSchema = z.object({
  counts: mergeCounts.extend({ read: count, rejected: count, warned: count }),
  isCompared: z.boolean().describe('Whether new, changed and equal rows can be told apart'),
  further: z.array(mergeCounts).describe('For orders: their lines'),
  shapes: z.array(
    z.object({
      layer: z.string(),
      kind: z.enum(['points', 'lines', 'areas']),
      total: count,
      shown: count,
      extent: z.tuple([z.number(), z.number(), z.number(), z.number()]),
      places: z
        .array(z.tuple([z.number(), z.number(), count]))
        .describe('Longitude, latitude, number of rows'),
      shapes: z.array(z.unknown()).describe('GeoJSON geometries'),
    }),
  ),
  placement: z
    .object({ byCoordinates: count, byPostcode: count, byAddress: count, notPlaced: count })
    .nullable(),
});

export const importJobDetailSchema = importJobSchema.extend({
  check: checkResultSchema.nullable(),
  rejectedKept: count.nullable().describe('Rejected rows that can be downloaded'),
});

export type NewImportJob = z.input<typeof newJobBody>;
export type ImportJob = z.output<typeof importJobSchema>;
export type ImportJobDetail = z.output<typeof importJobDetailSchema>;
export type CheckResult = z.output<typeof checkResultSchema>;
export type JobProgress = z.output<typeof jobProgressSchema>;

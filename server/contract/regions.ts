import { z } from 'zod';
import { idSchema } from './common.js';
import { boundsSchema } from './session.js';

export const regionQuery = z.object({
  parent: idSchema.optional().describe('Children of this region; of the project by default'),
  level: z.coerce
    .number()
    .int()
    .min(0)
    .max(8)
    .optional()
    .describe('All regions of a level; with `parent` those inside it'),
});

const figure = z.number().nullable();

export const regionSchema = z.object({
  id: z.number().int(),
  level: z.number().int(),
  code: z.string(),
  name: z.string(),
  parentId: z.number().int().nullable(),
  bbox: boundsSchema.nullable().describe('West, south, east, north; null without a shape'),
  population: figure,
  households: figure,
  dwellings: figure,
  areaKm2: figure,
  hasChildren: z.boolean(),
});

export const regionStepSchema = z.object({
  id: z.number().int(),
  level: z.number().int(),
  name: z.string(),
});

export const regionDetailSchema = regionSchema.extend({
  path: z.array(regionStepSchema).describe('From the project down to the region itself'),
  income: figure.describe('Mean yearly income per household'),
  dwellingValue: figure.describe('Mean value of a dwelling'),
  urbanity: z.string().nullable(),
  statistics: z.record(z.string(), z.unknown()).describe('Further statistics by name'),
  source: z.string().nullable(),
  licence: z.string().nullable(),
});

export type RegionQuery = z.output<typeof regionQuery>;
export type Region = z.infer<typeof regionSchema>;
export type RegionStep = z.infer<typeof regionStepSchema>;
export type RegionDetail = z.infer<typeof regionDetailSchema>;

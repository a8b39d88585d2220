import { z } from 'zod';
import { timestampSchema } from './common.js';

const shortText = z.string().trim().max(300);

export const newRecipeBody = z.object({
  name: z.string().trim().min(1).max(120),
  importer: z.string().max(40),
  options: z.record(z.string().max(40), z.unknown()).default({}),
  source: shortText.optional(),
  licence: shortText.optional(),
  fileName: z.string().trim().min(1).max(255),
  columns: z.array(z.string().max(300)).max(5000).describe('Columns of the file'),
});

export const importRecipeSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  importer: z.string(),
  options: z.record(z.string(), z.unknown()),
  source: z.string().nullable(),
  licence: z.string().nullable(),
  fileName: z.string(),
  columns: z.array(z.string()),
  userName: z.string().nullable(),
  isOwn: z.boolean(),
  updatedAt: timestampSchema,
});

export type NewImportRecipe = z.input<typeof newRecipeBody>;
export type ImportRecipe = z.output<typeof importRecipeSchema>;

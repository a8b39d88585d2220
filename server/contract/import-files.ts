import { z } from 'zod';

const count = z.number().int();

/** How a file is to be read, where that is not left to be found out. */
export const readingSchema = z
  .strictObject({
    separator: z.string().length(1),
    quote: z.string().length(1),
    encoding: z.string().max(40),
    headerLine: count.min(1),
    layer: z.string().max(300),
    crs: z.string().max(100),
    axes: z.enum(['xy', 'yx']),
    geometry: z.string().max(300),
  })
  .partial();

export const fileColumnSchema = z.object({
  name: z.string(),
  type: z.enum(['empty', 'text', 'code', 'integer', 'number', 'date', 'boolean']),
  examples: z.array(z.string()),
  filled: count,
});

export const kindGuessSchema = z.object({
  kind: z.string(),
  score: z.number(),
  because: z.array(z.string()).describe('Columns and types of shapes that speak for it'),
});

export const suggestedColumnSchema = z.object({
  column: z.string(),
  by: z.enum(['name', 'words', 'values']),
});

export const examinedFileSchema = z.object({
  readAs: z.string().describe('How the file is read, as one line'),
  detection: z.object({
    format: z.string(),
    packing: z.array(z.string()),
    encoding: z.object({ name: z.string(), by: z.string() }).optional(),
    separator: z.string().optional(),
    quote: z.string().optional(),
    headerLine: count.optional(),
    layer: z.string().optional(),
    layers: z.array(z.object({ name: z.string(), rows: count.optional() })).optional(),
    crs: z
      .object({ epsg: count.optional(), name: z.string().optional(), by: z.string() })
      .optional(),
    geometry: z.object({ types: z.array(z.string()), column: z.string().optional() }).optional(),
    values: z.object({
      decimal: z.string().optional(),
      dates: z.string().optional(),
      patterns: z.array(z.string()),
    }),
  }),
  columns: z.array(fileColumnSchema),
  rows: count.nullable().describe('About how many; null where all would have to be read'),
  sample: z.array(
    z.object({
      line: count,
      values: z.array(z.string().nullable()).describe('In the order of the columns'),
      problem: z.string().nullable(),
    }),
  ),
  guesses: z.array(kindGuessSchema).describe('The likeliest first'),
  suggestions: z
    .record(z.string(), z.record(z.string(), suggestedColumnSchema))
    .describe('By kind of import, the column for each field'),
});

export const unreadableFileSchema = z.object({
  problem: z.string(),
  layers: z.array(z.string()).describe('Where one has to be chosen'),
});

export const inspectionSchema = z.union([examinedFileSchema, unreadableFileSchema]);

export const importKindSchema = z.object({
  name: z.string(),
  describe: z.string(),
  fields: z
    .array(
      z.object({
        name: z.string(),
        type: z.enum(['text', 'number', 'integer', 'date', 'timestamp', 'choice']),
        required: z.boolean(),
        choices: z.array(z.string()),
        place: z.enum(['map', 'option', 'statistics']),
      }),
    )
    .describe('What comes from a column'),
  options: z.array(
    z.object({
      name: z.string(),
      type: z.enum(['text', 'number', 'choice', 'flag', 'pairs']),
      description: z.string(),
      required: z.boolean(),
      choices: z.array(z.string()).optional(),
      default: z.string().optional(),
    }),
  ),
});

export type Reading = z.output<typeof readingSchema>;
export type FileColumn = z.output<typeof fileColumnSchema>;
export type ExaminedUpload = z.output<typeof examinedFileSchema>;
export type UnreadableUpload = z.output<typeof unreadableFileSchema>;
export type UploadInspection = z.output<typeof inspectionSchema>;
export type ImportKindEntry = z.output<typeof importKindSchema>;

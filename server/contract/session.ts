import { z } from 'zod';
import { roleSchema } from './role.js';

/** West, south, east, north in degrees (EPSG:4326). */
export const boundsSchema = z.tuple([z.number(), z.number(), z.number(), z.number()]);

export const regionLevelSchema = z.object({
  level: z.number().int().min(0).max(8).describe('0 = the whole project, 1 = the coarsest loaded'),
  name: z.string(),
  pluralName: z.string(),
  count: z.number().int().describe('Regions at this level'),
});

export const projectSchema = z.object({
  name: z.string(),
  currency: z.string().describe('ISO 4217 code'),
  bounds: boundsSchema.nullable().describe('Null while nothing is loaded'),
  isDemo: z.boolean(),
  levels: z.array(regionLevelSchema),
  attributions: z.array(z.string()).describe('To be shown wherever the data is'),
});

export const sessionSchema = z.object({
  user: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string().nullable().describe('Null for a token that belongs to nobody'),
    role: roleSchema,
  }),
  project: projectSchema,
});

export type RegionLevel = z.infer<typeof regionLevelSchema>;
export type Project = z.infer<typeof projectSchema>;
export type Session = z.infer<typeof sessionSchema>;

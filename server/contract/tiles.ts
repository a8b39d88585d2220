import { z } from 'zod';
import { accountFilter } from './account-filter.js';

export const accountMeasureNames = ['count', 'revenue', 'revenue_12m'] as const;

/** What a tile may be asked for besides its address. */
export const tileQuery = accountFilter.extend({
  v: z.string().max(40).optional().describe('Version from the catalog; makes the answer last'),
  measure: z
    .enum(accountMeasureNames)
    .default('count')
    .describe('What `value` of accounts sums: accounts, revenue, or revenue of the last 12 months'),
  as: z
    .literal('cells')
    .optional()
    .describe('Accounts as cells at every zoom, also where a tile could hold them as points'),
  level: z.coerce
    .number()
    .int()
    .min(0)
    .max(8)
    .optional()
    .describe('Level of regions; without it the one that fits the zoom'),
});

const tileField = z.object({
  name: z.string(),
  type: z.enum(['string', 'number']),
  description: z.string(),
});

const tileLayer = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  geometryType: z.enum(['point', 'line', 'polygon']),
  fields: z.array(tileField),
  bounds: z
    .tuple([z.number(), z.number(), z.number(), z.number()])
    .nullable()
    .describe('West, south, east, north in degrees; null where the layer is empty'),
  minzoom: z.number().int(),
  maxzoom: z.number().int(),
  version: z.string(),
  count: z.number().int(),
  tiles: z.string().describe('Address with {z}, {x}, {y} to fill in'),
  attribution: z.string().nullable().describe('Whom to name where the layer shows'),
  generalisation: z.string().describe('What tiles leave out or summarise, and by which rule'),
  levels: z
    .array(z.object({ level: z.number().int(), minZoom: z.number().int() }))
    .optional()
    .describe('Regions: from which zoom on each level is the one that fits'),
  modeByZoom: z
    .array(z.enum(['cells', 'points']))
    .optional()
    .describe('Points: what each zoom from 0 holds under the filter that was asked with'),
});

export const tileCatalog = z.object({
  maxTileBytes: z.number().int(),
  layers: z.array(tileLayer),
});

export type TileQuery = z.output<typeof tileQuery>;
export type TileField = z.infer<typeof tileField>;
export type TileLayer = z.infer<typeof tileLayer>;
export type TileCatalog = z.infer<typeof tileCatalog>;

import { z } from 'zod';
import { countedLayers } from './counted-layers.js';

export * from './counted-layers.js';

export const layerClassParams = z.object({ layer: z.enum(countedLayers) });

export const layerClassCounts = z
  .record(z.string(), z.record(z.string(), z.number().int()))
  .describe('Rows by attribute and class; those of an attribute sum to the rows of the layer');

export type LayerClassCounts = z.infer<typeof layerClassCounts>;

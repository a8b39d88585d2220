import { z } from 'zod';

/** Layers whose rows are counted by class, and the attributes that classes are made of. */
export const countedAttributes = {
  land_cover: ['kind'],
  business_zones: ['kind'],
  buildings: ['housing_type'],
  roads: ['class', 'condition'],
  places: ['category'],
} as const;

export type CountedLayer = keyof typeof countedAttributes;

export const countedLayers = Object.keys(countedAttributes) as [CountedLayer, ...CountedLayer[]];

export const layerClassParams = z.object({ layer: z.enum(countedLayers) });

export const layerClassCounts = z
  .record(z.string(), z.record(z.string(), z.number().int()))
  .describe('Rows by attribute and class; those of an attribute sum to the rows of the layer');

export type LayerClassCounts = z.infer<typeof layerClassCounts>;

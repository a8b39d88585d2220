import { z } from 'zod';
import { idSchema } from './common.js';

export const cardLayers = ['roads', 'buildings', 'business_zones', 'places'] as const;

export const cardParams = z.object({ layer: z.enum(cardLayers), id: idSchema });

const text = z.string().nullable();
const figure = z.number().nullable();

const common = {
  id: z.number().int(),
  sourceKey: z.string().describe('Key in the source, for example way/123'),
  name: text,
  lon: z.number(),
  lat: z.number(),
  source: text,
  licence: text,
  accounts: z.number().int().describe('Accounts matched to it that the asker may see'),
};

export const cardSchema = z.discriminatedUnion('layer', [
  z.object({
    layer: z.literal('roads'),
    ...common,
    class: z.string(),
    condition: z.string(),
    conditionSource: text.describe('What told the condition: tagged, surface, tracktype or class'),
    ref: text,
    surface: text,
    smoothness: text,
    maxSpeedKmh: figure,
    oneWay: z.string(),
    lanes: figure,
    toll: z.boolean(),
    bridge: z.boolean(),
    tunnel: z.boolean(),
    lengthM: z.number(),
  }),
  z.object({
    layer: z.literal('buildings'),
    ...common,
    housingType: z.string(),
    housingTypeSource: z.enum(['tagged', 'derived']),
    housingTypeConfidence: figure.describe('How sure a derived type is, 0 to 1'),
    levels: figure,
    year: figure,
    dwellings: figure,
    areaM2: figure,
  }),
  z.object({ layer: z.literal('business_zones'), ...common, kind: z.string(), areaM2: figure }),
  z.object({
    layer: z.literal('places'),
    ...common,
    category: z.string(),
    kind: z.string(),
    phone: text,
    email: text,
    website: text,
    openingHours: text,
    street: text,
    houseNumber: text,
    postcode: text,
    city: text,
    regionName: text,
    zoneKind: text,
  }),
]);

export type Card = z.infer<typeof cardSchema>;
export type CardLayer = (typeof cardLayers)[number];

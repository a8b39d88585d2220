import { z } from 'zod';
import { latSchema, limitSchema, lonSchema } from './common.js';

export const placementStatuses = ['certain', 'doubtful', 'ambiguous', 'none', 'confirmed'] as const;

export const geocodePrecisions = [
  'roof',
  'parcel',
  'interpolated',
  'street',
  'postcode',
  'place',
] as const;

const nearSchema = z
  .string()
  .transform((text) => text.split(',').map(Number))
  .pipe(z.tuple([lonSchema, latSchema]))
  .describe('lon,lat: among answers that fit equally, the nearer come first');

export const geocodeQuery = z.object({
  q: z.string().trim().min(1, 'Give an address, a postcode or a place.').max(300),
  limit: limitSchema(5, 50),
  autocomplete: z
    .enum(['0', '1'])
    .default('0')
    .transform((value) => value === '1')
    .describe('1 while a person is typing: the last word is not finished'),
  near: nearSchema.optional(),
  country: z
    .string()
    .regex(/^[A-Za-z]{2}$/, 'must be a two-letter code')
    .optional()
    .describe('Only answers there, or of which the country is not known'),
});

export const geocodeAnswerSchema = z.object({
  kind: z.enum(['address', 'street', 'postcode', 'settlement', 'region', 'place']),
  label: z.string(),
  lonLat: z.tuple([lonSchema, latSchema]),
  precision: z.enum(geocodePrecisions),
  confidence: z
    .number()
    .min(0)
    .max(1)
    .describe('From 0.8 on every part was found, spelled as given or nearly so'),
  ambiguous: z.boolean().describe('Another answer, somewhere else, fits as well'),
  id: z.number().int(),
  street: z.string().optional(),
  houseNumber: z.string().optional(),
  postcode: z.string().optional(),
  city: z.string().optional(),
  regionId: z.number().int().optional(),
  source: z.string().optional(),
  licence: z.string().optional(),
});

export const reverseQuery = z.object({
  lon: z.coerce.number().pipe(lonSchema),
  lat: z.coerce.number().pipe(latSchema),
});

export const reverseAnswerSchema = z.object({
  address: geocodeAnswerSchema.extend({ distanceMeters: z.number() }).optional(),
  street: z.object({ name: z.string(), distanceMeters: z.number() }).optional(),
  postcode: z.string().optional(),
  regions: z.array(
    z.object({ regionId: z.number().int(), level: z.number().int(), name: z.string() }),
  ),
  zone: z
    .object({ zoneId: z.number().int(), kind: z.string(), name: z.string().nullable() })
    .optional(),
});

export type GeocodeAnswerBody = z.infer<typeof geocodeAnswerSchema>;
export type ReverseAnswerBody = z.infer<typeof reverseAnswerSchema>;
export type PlacementStatus = (typeof placementStatuses)[number];

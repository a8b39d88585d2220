import { z } from 'zod';
import { accountFilter, placements } from './account-filter.js';
import { limitSchema } from './common.js';
import { regionStepSchema } from './regions.js';

export const postcodeDifferencesQuery = accountFilter.extend({
  cursor: z.string().max(200).optional(),
  limit: limitSchema(50, 200),
});

export const postcodeDifferencesSchema = z.object({
  items: z.array(
    z.object({
      id: z.number().int(),
      name: z.string(),
      postcode: z.string().nullable(),
      city: z.string().nullable(),
      placement: z.enum(placements),
      lon: z.number(),
      lat: z.number(),
      mapRegion: regionStepSchema
        .nullable()
        .describe(
          'The region on the map at the level of the postcode’s; null outside every region',
        ),
      postcodeRegion: regionStepSchema,
    }),
  ),
  nextCursor: z.string().nullable(),
  total: z.number().int(),
});

export type PostcodeDifferences = z.infer<typeof postcodeDifferencesSchema>;

import { z } from 'zod';
import { latSchema, limitSchema, lonSchema } from './common.js';
import { geocodePrecisions } from './geocoding.js';

export const reviewStatuses = ['doubtful', 'ambiguous', 'none'] as const;

export const placementReviewQuery = z.object({
  status: z.enum(reviewStatuses).optional().describe('Without it those of every status'),
  after: z.coerce.number().int().optional().describe('Id of the last account of the page before'),
  limit: limitSchema(50, 200),
});

const candidateSchema = z.object({
  rank: z.number().int(),
  label: z.string(),
  precision: z.enum(geocodePrecisions),
  confidence: z.number().describe('0 to 1'),
  lon: z.number(),
  lat: z.number(),
  source: z.string().nullable(),
  licence: z.string().nullable(),
});

export const placementReviewSchema = z.object({
  counts: z.record(z.enum(reviewStatuses), z.number().int()).describe('How many wait, by status'),
  items: z.array(
    z.object({
      id: z.number().int(),
      name: z.string(),
      address: z.string().describe('As it was given'),
      status: z.enum(reviewStatuses),
      placement: z.string(),
      confidence: z.number().nullable(),
      label: z.string().nullable().describe('What the address was taken for'),
      lon: z.number().nullable(),
      lat: z.number().nullable(),
      candidates: z.array(candidateSchema).describe('What the address could mean, best first'),
    }),
  ),
});

/** Where an account is, as a person says: where it stands, at a candidate, or at a point. */
export const placementDecisionBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('confirm') }),
  z.strictObject({ kind: z.literal('candidate'), rank: z.number().int().min(1) }),
  z.strictObject({ kind: z.literal('point'), lonLat: z.tuple([lonSchema, latSchema]) }),
]);

export type PlacementReview = z.output<typeof placementReviewSchema>;
export type PlacementToReview = PlacementReview['items'][number];
export type PlacementDecision = z.output<typeof placementDecisionBody>;

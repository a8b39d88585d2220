import { z } from 'zod';
import { lifecycles } from './account-filter.js';
import { latSchema, lonSchema, numberParam } from './common.js';
import { reverseAnswerSchema } from './geocoding.js';
import { hereRadiusMeters } from './here-radius.js';

export * from './here-radius.js';

export const hereQuery = z.object({
  lon: numberParam.pipe(lonSchema),
  lat: numberParam.pipe(latSchema),
});

const id = z.number().int();

export const hereSchema = z.object({
  lon: z.number(),
  lat: z.number(),
  place: reverseAnswerSchema,
  road: z
    .object({
      id,
      class: z.string(),
      condition: z.string(),
      conditionSource: z.string().nullable(),
      name: z.string().nullable(),
      ref: z.string().nullable(),
      distanceM: z.number(),
    })
    .nullable()
    .describe('The nearest road within a kilometre'),
  building: z
    .object({
      id,
      housingType: z.string(),
      name: z.string().nullable(),
      year: z.number().nullable(),
      levels: z.number().nullable(),
    })
    .nullable()
    .describe('The building at the point'),
  population: z
    .object({
      regionId: id,
      regionName: z.string(),
      inhabitants: z.number(),
      densityKm2: z.number().nullable(),
    })
    .nullable()
    .describe('Of the deepest region here whose population is known'),
  accountsWithin: z
    .number()
    .int()
    .nullable()
    .describe(
      `Accounts within ${hereRadiusMeters} m, as a circle of a selection holds them; null at the poles`,
    ),
  nearest: z.array(
    z.object({ id, name: z.string(), lifecycle: z.enum(lifecycles), distanceM: z.number() }),
  ),
});

export type Here = z.output<typeof hereSchema>;

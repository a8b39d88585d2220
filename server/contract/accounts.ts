import { z } from 'zod';
import { accountFilter, accountKinds, lifecycles, placements } from './account-filter.js';
import { latSchema, limitSchema, lonSchema, numberParam, timestampSchema } from './common.js';
import { regionStepSchema } from './regions.js';

export const accountSorts = [
  'name',
  '-name',
  'city',
  '-city',
  'customerSince',
  '-customerSince',
  'updatedAt',
  '-updatedAt',
] as const;

export const accountMeasures = ['count', 'revenue', 'revenue_12m'] as const;

export const accountListQuery = accountFilter.extend({
  sort: z.enum(accountSorts).default('name').describe('A minus turns the order round'),
  cursor: z.string().max(2000).optional().describe('`nextCursor` of the page before'),
  limit: limitSchema(50, 200),
});

export const accountSummaryQuery = accountFilter.extend({
  measure: z.enum(accountMeasures).default('revenue'),
});

const text = z.string().nullable();
const id = z.number().int();
const point = { lon: z.number().nullable(), lat: z.number().nullable() };

export const accountRowSchema = z.object({
  id,
  externalId: text,
  name: z.string(),
  kind: z.enum(accountKinds),
  lifecycle: z.enum(lifecycles),
  segment: text,
  ownerId: text,
  ownerName: text,
  postcode: text,
  city: text,
  regionId: id.nullable(),
  regionName: text,
  housingType: text,
  zoneKind: text,
  roadClass: text,
  tags: z.array(z.string()),
  placement: z.enum(placements),
  customerSince: text,
  updatedAt: timestampSchema,
  ...point,
});

export const accountListSchema = z.object({
  items: z.array(accountRowSchema),
  nextCursor: text.describe('Null on the last page'),
  total: z.number().int().describe('Accounts in the filter that the asker may see'),
});

export const nearestAccountsQuery = accountFilter.extend({
  lon: numberParam.pipe(lonSchema),
  lat: numberParam.pipe(latSchema),
  limit: limitSchema(10, 100),
});

export const nearestAccountsSchema = z.object({
  items: z.array(
    accountRowSchema.extend({
      distanceM: z.number().describe('Metres along a great circle; equally distant ones by id'),
    }),
  ),
});

export const accountSummarySchema = z.object({
  total: z.number().int(),
  placed: z.number().int(),
  notPlaced: z.number().int(),
  measure: z.enum(accountMeasures),
  value: z.number().describe('The measure over all of them, money in the currency of the project'),
  placedValue: z.number().describe('The measure over those on the map'),
});

export const accountDetailSchema = accountRowSchema.extend({
  origin: text,
  email: text,
  phone: text,
  website: text,
  street: text,
  houseNumber: text,
  country: text,
  leadSince: text,
  formerSince: text,
  attributes: z.record(z.string(), z.unknown()),
  placementSource: text,
  placementLicence: text,
  placementLocked: z.boolean().describe('A person put the point there; imports leave it alone'),
  lockedFields: z.array(z.string()).describe('Fields that a person corrected'),
  createdAt: timestampSchema,
  matchedAt: timestampSchema.nullable(),
  regionPath: z.array(regionStepSchema).describe('By the map, from the project down'),
  postcodeRegionPath: z.array(regionStepSchema).describe('By the postcode, from the project down'),
  populationDensityKm2: z.number().nullable(),
  cell: text.describe('H3 cell at resolution 10'),
  building: z
    .object({
      id,
      housingType: z.string(),
      name: text,
      levels: z.number().nullable(),
      year: z.number().nullable(),
      dwellings: z.number().nullable(),
      areaM2: z.number().nullable(),
    })
    .nullable(),
  road: z
    .object({
      id,
      class: z.string(),
      condition: z.string(),
      name: text,
      surface: text,
      maxSpeedKmh: z.number().nullable(),
      distanceM: z.number().nullable(),
    })
    .nullable(),
  zone: z
    .object({
      id,
      kind: z.string(),
      name: text,
      distanceM: z.number().nullable().describe('0 = inside the zone'),
    })
    .nullable(),
  sales: z.object({
    orders: z.number().int(),
    revenue: z.number(),
    averageOrder: z.number().nullable(),
    firstOrderedAt: timestampSchema.nullable(),
    lastOrderedAt: timestampSchema.nullable(),
  }),
  recentSales: z.array(
    z.object({
      id,
      externalId: text,
      orderedAt: timestampSchema,
      status: text,
      channel: text,
      lines: z.number().int(),
      revenue: z.number(),
    }),
  ),
  neighbours: z
    .array(z.object({ id, name: z.string(), lifecycle: z.enum(lifecycles), distanceM: z.number() }))
    .describe('The nearest other accounts within two kilometres'),
});

/** A tag as a person may type it; it is kept in lower case. */
export const tagSchema = z
  .string()
  .trim()
  .min(1, 'Give a word.')
  .max(60)
  .regex(/^[^,;|%_\\"]*$/, 'A tag has no comma, semicolon, bar, per cent, underscore or quote.')
  .refine((tag) => tag.toLowerCase() !== 'none', 'This word stands for accounts without a tag.');

const optionalText = (max: number) => z.string().trim().max(max).nullable().optional();

/** What a person may correct. Each given field is locked against imports; the point locks the placement. */
export const accountPatchBody = z
  .strictObject({
    name: z.string().trim().min(1, 'Give a name.').max(300).optional(),
    lifecycle: z.enum(lifecycles).optional(),
    segment: optionalText(200),
    owner: z.string().max(200).nullable().optional().describe('Id of a user; null for nobody'),
    tags: z.array(tagSchema).max(50).optional(),
    email: z
      .union([z.literal(''), z.email('Give an e-mail address such as ann@example.org.').max(320)])
      .nullable()
      .optional(),
    phone: optionalText(60),
    website: z
      .union([z.literal(''), z.url({ protocol: /^https?$/, error: 'Give an address with http.' })])
      .nullable()
      .optional(),
    street: optionalText(200),
    houseNumber: optionalText(40),
    postcode: optionalText(20),
    city: optionalText(200),
    country: optionalText(100),
    point: z.tuple([lonSchema, latSchema]).optional().describe('[lon, lat], EPSG:4326'),
  })
  .refine((patch) => Object.values(patch).some((value) => value !== undefined), {
    message: 'Give at least one field to change.',
  });

export type AccountListQuery = z.output<typeof accountListQuery>;
export type AccountSort = (typeof accountSorts)[number];
export type AccountRow = z.output<typeof accountRowSchema>;
export type AccountList = z.output<typeof accountListSchema>;
export type NearestAccounts = z.output<typeof nearestAccountsSchema>;
export type AccountSummary = z.output<typeof accountSummarySchema>;
export type AccountDetail = z.output<typeof accountDetailSchema>;
export type AccountPatch = z.output<typeof accountPatchBody>;

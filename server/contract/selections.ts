import { z } from 'zod';
import { accountFilter, lifecycles } from './account-filter.js';
import { latSchema, lonSchema, timestampSchema } from './common.js';
import { sharingSchema } from './sharing.js';
import { leavesOf } from './selection-leaves.js';

export * from './selection-leaves.js';

/** How two selections become one; of `minus` the first keeps what the others do not hold. */
export const combinations = ['union', 'minus', 'intersect'] as const;

const maxVertices = 5000;
const maxIds = 5000;
const maxShapes = 50;
const maxDepth = 12;

const lonLat = z.tuple([lonSchema, latSchema]).describe('[lon, lat], EPSG:4326');
const ring = z.array(lonLat).min(3).max(maxVertices).describe('Corners, without the first again');
const ids = z.array(z.number().int().positive()).min(1).max(maxIds);
const widthMeters = z.number().min(1).max(100_000).describe('From one side to the other');

const box = z.object({
  kind: z.literal('box'),
  bounds: z
    .tuple([lonSchema, latSchema, lonSchema, latSchema])
    .refine(([west, south, east, north]) => west < east && south < north, {
      message: 'must be west, south, east, north of a box that does not cross the date line',
    }),
});
const polygon = z.object({ kind: z.literal('polygon'), ring });
const lasso = z.object({ kind: z.literal('lasso'), ring });
const circle = z.object({
  kind: z.literal('circle'),
  center: lonLat,
  radiusMeters: z.number().min(1).max(500_000),
});
const corridor = z.object({
  kind: z.literal('corridor'),
  line: z.array(lonLat).min(2).max(maxVertices),
  widthMeters,
});
const road = z.object({
  kind: z.literal('road'),
  roadId: z.number().int().positive(),
  widthMeters,
});
const regions = z.object({ kind: z.literal('regions'), ids });
const accounts = z.object({ kind: z.literal('accounts'), ids });

/** What is drawn or picked at once: shapes of the map, regions, or accounts by hand. */
export const selectionLeafSchema = z.discriminatedUnion('kind', [
  box,
  polygon,
  lasso,
  circle,
  corridor,
  road,
  regions,
  accounts,
]);

export type SelectionLeaf = z.output<typeof selectionLeafSchema>;

export type SelectionDefinition =
  | SelectionLeaf
  | {
      readonly kind: (typeof combinations)[number];
      readonly parts: readonly SelectionDefinition[];
    };

const definitionTree: z.ZodType<SelectionDefinition> = z.lazy(() =>
  z.union([
    selectionLeafSchema,
    z.object({
      kind: z.enum(combinations),
      parts: z.array(definitionTree).min(2).max(maxShapes),
    }),
  ]),
);

/** A tree of what was drawn and how it is combined. */
export const selectionDefinitionSchema = definitionTree
  .refine((definition) => leavesOf(definition).length <= maxShapes, {
    message: `may hold at most ${maxShapes} shapes`,
  })
  .refine((definition) => depthOf(definition) <= maxDepth, {
    message: `may be nested at most ${maxDepth} deep`,
  });

function depthOf(definition: SelectionDefinition): number {
  return 'parts' in definition ? 1 + Math.max(...definition.parts.map(depthOf)) : 1;
}

const name = z.string().trim().min(1, 'Give a name.').max(120).nullable();

export const selectionBody = z.strictObject({
  definition: selectionDefinitionSchema,
  name: name.optional().describe('Left out: it is not in the list of saved ones'),
  sharing: sharingSchema.optional(),
});

export const selectionPatchBody = z
  .strictObject({
    definition: selectionDefinitionSchema.optional(),
    name: name.optional(),
    sharing: sharingSchema.optional(),
  })
  .refine((patch) => Object.values(patch).some((value) => value !== undefined), {
    message: 'Give at least one field to change.',
  });

export const selectionPreviewBody = z.strictObject({ definition: selectionDefinitionSchema });

export const selectionFigures = z.object({
  accounts: z.number().int(),
  byLifecycle: z.object(
    Object.fromEntries(lifecycles.map((stage) => [stage, z.number().int()])) as Record<
      (typeof lifecycles)[number],
      z.ZodNumber
    >,
  ),
  placed: z.number().int().describe('Those with a point on the map'),
  revenue: z.number().describe('Over all time, in the currency of the project'),
  revenue12m: z.number(),
});

const geometry = z
  .object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(z.array(lonLat))) })
  .nullable()
  .describe('What it covers, as GeoJSON; null where it is made of accounts only');

const listed = {
  id: z.number().int(),
  name: z.string().nullable(),
  sharing: sharingSchema,
  ownerName: z.string().nullable(),
  isMine: z.boolean(),
  areaKm2: z.number().nullable(),
  updatedAt: timestampSchema,
};

export const selectionListSchema = z.object({ items: z.array(z.object(listed)) });

export const selectionSchema = z.object({
  ...listed,
  definition: selectionDefinitionSchema,
  geometry,
});

export const selectionPreviewSchema = z.object({
  figures: selectionFigures,
  areaKm2: z.number().nullable(),
  geometry,
});

/** Figures of a selection under the other filters of the screen. */
export const selectionFiguresQuery = accountFilter.omit({ selection: true });

export type Combination = (typeof combinations)[number];
export type SelectionBody = z.output<typeof selectionBody>;
export type SelectionPatch = z.output<typeof selectionPatchBody>;
export type SelectionFigures = z.output<typeof selectionFigures>;
export type SelectionListItem = z.output<typeof selectionListSchema>['items'][number];
export type SavedSelection = z.output<typeof selectionSchema>;
export type SelectionPreview = z.output<typeof selectionPreviewSchema>;

import { z } from 'zod';
import { latSchema, lonSchema } from './common.js';
import { searchWords } from './fold-text.js';
import { lifecycles } from './lifecycles.js';

export * from './lifecycles.js';

export const accountKinds = ['person', 'organisation'] as const;
export const placements = [
  'exact',
  'address',
  'interpolated',
  'street',
  'postcode',
  'place',
  'not_placed',
] as const;
export const housingTypes = [
  'detached',
  'semi_detached',
  'terrace',
  'apartments',
  'farm',
  'houseboat',
  'other_residential',
  'non_residential',
  'unknown',
] as const;
export const zoneKinds = [
  'industrial',
  'commercial',
  'retail',
  'office_park',
  'port',
  'railway',
  'airport',
  'quarry',
  'military',
  'institutional',
  'other',
] as const;
export const roadClasses = [
  'motorway',
  'trunk',
  'primary',
  'secondary',
  'tertiary',
  'residential',
  'service',
  'track',
  'pedestrian',
  'cycleway',
  'path',
  'other',
] as const;

/** Stands in a list for "has no value", for example `zoneKind=retail,none`. */
export const NONE = 'none';

const MAX_LIST_LENGTH = 200;

/** A comma-separated query value as a list of items; absent and empty both mean "not filtered". */
function commaList<Item extends z.ZodType<unknown, string>>(item: Item, description: string) {
  return z
    .string()
    .max(8000)
    .transform((text) => [
      ...new Set(
        text
          .split(',')
          .map((part) => part.trim())
          .filter((part) => part !== ''),
      ),
    ])
    .pipe(z.array(item).max(MAX_LIST_LENGTH))
    .transform((items) => (items.length === 0 ? undefined : items))
    .optional()
    .describe(description);
}

const freeText = z.string().max(200);

/** `west,south,east,north`; a box over the antimeridian is none. */
const bounds = z
  .string()
  .max(200)
  .transform((text) =>
    text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part))),
  )
  .pipe(z.tuple([lonSchema, latSchema, lonSchema, latSchema]))
  .refine(([west, south, east, north]) => west <= east && south <= north, {
    message: 'must be west,south,east,north',
  });

const regionId = z
  .string()
  .regex(/^\d{1,15}$/, 'must be the number of a region')
  .transform(Number);

const selectionId = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, 'must be the number of a selection')
  .transform(Number);

/**
 * The account filter as it stands in a query string; the same names for accounts, tiles and exports.
 *
 * Values of one name are alternatives, different names must all hold. `region` means inside one of these
 * regions by the map; the project's own id therefore means every account, placed or not.
 */
export const accountFilter = z.object({
  region: commaList(regionId, 'Region ids: accounts inside any of them'),
  lifecycle: commaList(z.enum(lifecycles), 'lead, prospect, customer, former'),
  segment: commaList(freeText, 'Segments; "none" = without a segment'),
  housingType: commaList(
    z.enum([...housingTypes, NONE]),
    'Housing types of the building; "none" = no building found',
  ),
  zoneKind: commaList(
    z.enum([...zoneKinds, NONE]),
    'Kinds of the business zone; "none" = in no zone',
  ),
  roadClass: commaList(
    z.enum([...roadClasses, NONE]),
    'Classes of the nearest road; "none" = no road found',
  ),
  kind: commaList(z.enum(accountKinds), 'person, organisation'),
  owner: commaList(freeText, 'User ids of owners; "none" = without an owner'),
  placement: commaList(z.enum(placements), 'Precision of the point'),
  tag: commaList(freeText, 'Tags, in lower case; "none" = without a tag'),
  q: z
    .string()
    .max(200)
    .transform((text) => (searchWords(text).length === 0 ? undefined : text.trim()))
    .optional()
    .describe(
      'Words that all stand in name, city, postcode or external id, without case and accents',
    ),
  bounds: bounds
    .optional()
    .describe('west,south,east,north in degrees: accounts with a point inside that box'),
  selection: commaList(selectionId, 'Id of a selection: accounts that it holds').refine(
    (ids) => ids === undefined || ids.length === 1,
    'must be one selection; several can be combined into one',
  ),
});

export type AccountFilter = z.output<typeof accountFilter>;

/** Names of the filter in a query string, in a fixed order. */
export const accountFilterNames = Object.keys(accountFilter.shape) as (keyof AccountFilter)[];

/** Names of the filter whose value is a list of alternatives, each a value of one column. */
export type AccountListFilterName = Exclude<keyof AccountFilter, 'q' | 'bounds' | 'selection'>;

/** A filter as URL parameters in a fixed order, so that equal filters give equal addresses. */
export function toAccountFilterParams(filter: Partial<AccountFilter>): URLSearchParams {
  const params = new URLSearchParams();
  for (const name of accountFilterNames) {
    const value = filter[name];
    if (value === undefined || value.length === 0) continue;
    params.set(name, textOf(name, value));
  }
  return params;
}

function textOf(name: keyof AccountFilter, value: string | readonly (string | number)[]): string {
  if (typeof value === 'string') return value;
  const items = value.map(String);
  return (name === 'bounds' ? items : items.sort()).join(',');
}

import { firstTag, firstValue, isYes, lookUp, parseCount, type Tags } from './tags.js';

export type HousingType =
  | 'detached'
  | 'semi_detached'
  | 'terrace'
  | 'apartments'
  | 'farm'
  | 'houseboat'
  | 'other_residential'
  | 'non_residential'
  | 'unknown';

/** What tags say of a type; `house` and `residential` leave open which of several it is. */
export type TaggedHousingType = HousingType | 'house' | 'residential';

export type BuildingAttributes = {
  readonly taggedType: TaggedHousingType;
  /** Id of the building in the official register, without leading zeros. */
  readonly registerRef: string | undefined;
  readonly name: string | undefined;
  readonly levels: number | undefined;
  readonly year: number | undefined;
  readonly dwellings: number | undefined;
};

const typeOfValue: Readonly<Record<string, TaggedHousingType>> = {
  detached: 'detached',
  bungalow: 'detached',
  villa: 'detached',
  semi: 'semi_detached',
  'semi-detached': 'semi_detached',
  semidetached: 'semi_detached',
  semi_detached: 'semi_detached',
  semidetached_house: 'semi_detached',
  terrace: 'terrace',
  terraced: 'terrace',
  terraced_house: 'terrace',
  terrace_house: 'terrace',
  row_house: 'terrace',
  townhouse: 'terrace',
  apartment: 'apartments',
  apartments: 'apartments',
  apartment_block: 'apartments',
  apartment_building: 'apartments',
  flat: 'apartments',
  flats: 'apartments',
  apart: 'apartments',
  tower_block: 'apartments',
  farm: 'farm',
  farmhouse: 'farm',
  houseboat: 'houseboat',
  house: 'house',
  residential: 'residential',
  residence: 'residential',
  dormitory: 'other_residential',
  cabin: 'other_residential',
  static_caravan: 'other_residential',
  mobile_home: 'other_residential',
  trullo: 'other_residential',
  stilt_house: 'other_residential',
  ger: 'other_residential',
};

/** Values of `building` that say no more than that there is one. */
const unspecific = new Set(['yes', 'true', '1', 'building', 'undefined', 'unknown', 'general']);

/** Beside an unspecific `building`, these tell that nobody lives there. */
const businessKeys = ['shop', 'office', 'craft', 'industrial', 'man_made', 'aeroway', 'healthcare'];

/** What the tags of an area say about a building; undefined where it is none. */
export function classifyBuilding(tags: Tags): BuildingAttributes | undefined {
  if (!isYes(tags['building'])) return undefined;
  return {
    taggedType: taggedType(tags),
    registerRef: firstTag(tags, 'ref:bag')?.replace(/^0+/, ''),
    name: firstTag(tags, 'name'),
    levels: parseCount(tags['building:levels'], 0, 200),
    year: parseYear(
      firstTag(tags, 'start_date', 'building:year', 'construction_date', 'year_of_construction'),
    ),
    dwellings: parseCount(tags['building:flats'], 0, 10_000),
  };
}

function taggedType(tags: Tags): TaggedHousingType {
  const building = firstValue(tags['building'] ?? '').toLowerCase();
  const subtype = lookUp(typeOfValue, tags['house']) ?? lookUp(typeOfValue, tags['residential']);
  const direct = lookUp(typeOfValue, building);
  if ((direct === 'house' || direct === 'residential') && subtype) return subtype;
  if (direct) return direct;
  return unspecific.has(building) ? typeByUse(tags, subtype) : 'non_residential';
}

function typeByUse(tags: Tags, subtype: TaggedHousingType | undefined): TaggedHousingType {
  if (subtype) return subtype;
  const use = firstTag(tags, 'building:use', 'building:type');
  if (use !== undefined) {
    const byUse = lookUp(typeOfValue, firstValue(use).toLowerCase());
    if (byUse) return byUse;
    if (!unspecific.has(use)) return 'non_residential';
  }
  const flats = parseCount(tags['building:flats'], 0, 10_000) ?? 0;
  if (flats > 1) return 'apartments';
  if (tags['residential'] !== undefined || flats === 1) return 'residential';
  const isBusiness = 'amenity' in tags || businessKeys.some((key) => isYes(tags[key]));
  return isBusiness ? 'non_residential' : 'unknown';
}

/**
 * The year of `start_date`: a year, a date, or one that is said to be about right (`~1900`, `1890s`,
 * `1920..1925` gives the first). Centuries and `before 1900` say too little: undefined.
 */
export function parseYear(value: string | undefined): number | undefined {
  const match = /^\s*[~≈]?\s*(?:c\.?a?\.?|circa)?\s*(1\d{3}|20\d{2})(?:s|\b)/i.exec(value ?? '');
  return match ? Number(match[1]) : undefined;
}

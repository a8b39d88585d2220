import { firstTag, lookUp, type Tags } from './tags.js';

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

export type ZoneKind = (typeof zoneKinds)[number];

export type ZoneAttributes = {
  readonly kind: ZoneKind;
  readonly name: string | undefined;
};

const kindOfLanduse: Readonly<Record<string, ZoneKind>> = {
  industrial: 'industrial',
  commercial: 'commercial',
  retail: 'retail',
  port: 'port',
  harbour: 'port',
  railway: 'railway',
  aerodrome: 'airport',
  quarry: 'quarry',
  military: 'military',
  institutional: 'institutional',
  education: 'institutional',
  office: 'office_park',
  office_park: 'office_park',
  business_park: 'office_park',
  depot: 'other',
  logistics: 'other',
  landfill: 'other',
  greenhouse_horticulture: 'other',
};

const officeValues = new Set(['office', 'offices', 'office_park', 'business_park']);
const officeName =
  /\b(?:office|business|science|technology) park\b|\b(?:kantoren|bedrijven)park\b/i;

/** What the tags of an area say about business land use; undefined where there is none. */
export function classifyZone(tags: Tags): ZoneAttributes | undefined {
  const kind = zoneKind(tags);
  return kind && { kind, name: firstTag(tags, 'name', 'operator') };
}

function zoneKind(tags: Tags): ZoneKind | undefined {
  if (tags['aeroway'] === 'aerodrome') return 'airport';
  if (tags['industrial'] === 'port' || tags['harbour'] === 'yes') return 'port';
  const kind = lookUp(kindOfLanduse, tags['landuse']) ?? kindOfPlace(tags['place']);
  if (kind === 'commercial' && isOfficePark(tags)) return 'office_park';
  return kind;
}

/** Areas that only say that they are called an industrial estate. */
function kindOfPlace(place: string | undefined): ZoneKind | undefined {
  return place === 'industrial' || place === 'industrial_estate' ? 'industrial' : undefined;
}

function isOfficePark(tags: Tags): boolean {
  return officeValues.has(tags['commercial'] ?? '') || officeName.test(tags['name'] ?? '');
}

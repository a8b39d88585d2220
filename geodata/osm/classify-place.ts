import { firstTag, firstValue, isYes, type Tags } from './tags.js';

export type PlaceCategory =
  | 'shop'
  | 'office'
  | 'craft'
  | 'works'
  | 'amenity'
  | 'tourism'
  | 'leisure'
  | 'healthcare'
  | 'other';

export type AddressAttributes = {
  readonly street: string | undefined;
  readonly houseNumber: string | undefined;
  readonly postcode: string | undefined;
  readonly city: string | undefined;
};

export type PlaceAttributes = AddressAttributes & {
  readonly category: PlaceCategory;
  readonly kind: string;
  readonly name: string;
  readonly phone: string | undefined;
  readonly email: string | undefined;
  readonly website: string | undefined;
  readonly openingHours: string | undefined;
};

/** Amenities that belong to health care, whatever else the map says. */
const healthAmenities = new Set(['doctors', 'dentist', 'clinic', 'hospital', 'pharmacy']);

/** Street furniture and the like: named now and then, but nobody to call on. */
const notPlaces: Readonly<Record<string, ReadonlySet<string>>> = {
  amenity: new Set([
    'atm',
    'bbq',
    'bench',
    'bicycle_parking',
    'charging_station',
    'clock',
    'drinking_water',
    'fountain',
    'grave_yard',
    'grit_bin',
    'hunting_stand',
    'motorcycle_parking',
    'parking',
    'parking_entrance',
    'parking_space',
    'post_box',
    'recycling',
    'shelter',
    'taxi',
    'telephone',
    'toilets',
    'vending_machine',
    'waste_basket',
    'waste_disposal',
    'watering_place',
  ]),
  leisure: new Set([
    'bandstand',
    'bird_hide',
    'bleachers',
    'common',
    'dog_park',
    'firepit',
    'garden',
    'nature_reserve',
    'outdoor_seating',
    'park',
    'picnic_table',
    'pitch',
    'playground',
    'slipway',
    'swimming_pool',
    'track',
  ]),
  tourism: new Set(['artwork', 'information', 'picnic_site', 'viewpoint']),
  shop: new Set(['vacant', 'disused', 'closed']),
};

/** What the tags say about a named or branded place of business or service; undefined where it is none. */
export function classifyPlace(tags: Tags): PlaceAttributes | undefined {
  const name = firstTag(tags, 'name', 'brand', 'operator');
  if (name === undefined) return undefined;
  const found = categoryAndKind(tags);
  return (
    found && {
      ...found,
      name,
      phone: firstTag(tags, 'phone', 'contact:phone', 'contact:mobile'),
      email: firstTag(tags, 'email', 'contact:email'),
      website: firstTag(tags, 'website', 'contact:website', 'url'),
      openingHours: firstTag(tags, 'opening_hours'),
      ...addressOf(tags),
    }
  );
}

/** The address parts that the tags give, each where given. */
export function addressOf(tags: Tags): AddressAttributes {
  return {
    street: firstTag(tags, 'addr:street', 'addr:place'),
    houseNumber: firstTag(tags, 'addr:housenumber', 'addr:housename'),
    postcode: firstTag(tags, 'addr:postcode'),
    city: firstTag(tags, 'addr:city'),
  };
}

/** An exact address: at least a house number and the street or place that it counts in. */
export function classifyAddress(tags: Tags): AddressAttributes | undefined {
  const address = addressOf(tags);
  return address.houseNumber && address.street ? address : undefined;
}

type CategoryAndKind = { readonly category: PlaceCategory; readonly kind: string };

function categoryAndKind(tags: Tags): CategoryAndKind | undefined {
  const amenity = valueOf(tags, 'amenity');
  const healthcare = valueOf(tags, 'healthcare');
  if (amenity && healthAmenities.has(amenity)) return { category: 'healthcare', kind: amenity };
  const shop = valueOf(tags, 'shop');
  if (shop) return { category: 'shop', kind: shop };
  if (healthcare) return { category: 'healthcare', kind: healthcare };
  for (const category of ['office', 'craft', 'tourism', 'amenity', 'leisure'] as const) {
    const kind = valueOf(tags, category);
    if (kind) return { category, kind };
  }
  if (tags['man_made'] === 'works') {
    return { category: 'works', kind: firstValue(tags['product'] ?? tags['works'] ?? 'works') };
  }
  const club = valueOf(tags, 'club');
  return club ? { category: 'other', kind: 'club' } : undefined;
}

/** The first of the values that is a place: a car park with a filling station is the filling station. */
function valueOf(tags: Tags, key: string): string | undefined {
  if (!isYes(tags[key])) return undefined;
  const values = (tags[key] ?? '').split(';').map((value) => value.trim());
  return values.find((value) => value !== '' && !notPlaces[key]?.has(value));
}

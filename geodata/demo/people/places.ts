import type { Random } from '../plane/random.js';
import type { Building } from '../buildings/place-buildings.js';
import type { NeighbourhoodKind, SettlementPlan } from '../land/settlements.js';
import { mailboxOf, personName, phoneNumber } from './names.js';

export type PlaceCategory =
  'shop' | 'office' | 'craft' | 'works' | 'amenity' | 'healthcare' | 'tourism' | 'leisure';

/** A named shop, office, works or amenity in a building. */
export type Place = {
  readonly category: PlaceCategory;
  readonly kind: string;
  readonly name: string;
  readonly phone: string | null;
  readonly website: string | null;
  readonly openingHours: string | null;
  /** Index in the list of buildings. */
  readonly building: number;
};

type Sort = readonly [category: PlaceCategory, kind: string, label: string];

const TOWN_LIFE: readonly (readonly [Sort, number])[] = [
  [['shop', 'bakery', 'Bakkerij'], 8],
  [['shop', 'clothes', 'Mode'], 9],
  [['shop', 'supermarket', 'Markt'], 5],
  [['shop', 'florist', 'Bloemen'], 4],
  [['shop', 'bicycle', 'Fietsen'], 4],
  [['shop', 'books', 'Boekhandel'], 3],
  [['shop', 'hairdresser', 'Kapsalon'], 8],
  [['shop', 'optician', 'Optiek'], 3],
  [['amenity', 'restaurant', 'Restaurant'], 12],
  [['amenity', 'cafe', 'Café'], 11],
  [['amenity', 'bar', 'Bar'], 4],
  [['amenity', 'bank', 'Bank'], 2],
  [['healthcare', 'pharmacy', 'Apotheek'], 3],
  [['healthcare', 'dentist', 'Tandarts'], 3],
  [['office', 'lawyer', 'Advocaten'], 4],
  [['office', 'estate_agent', 'Makelaars'], 3],
  [['tourism', 'hotel', 'Hotel'], 3],
  [['tourism', 'museum', 'Museum'], 1],
  [['leisure', 'fitness_centre', 'Sport'], 3],
  [['craft', 'shoemaker', 'Schoenmaker'], 2],
];
const INDUSTRY: readonly (readonly [Sort, number])[] = [
  [['works', 'factory', 'Fabriek'], 5],
  [['works', 'warehouse', 'Distributie'], 7],
  [['craft', 'carpenter', 'Timmerwerken'], 5],
  [['craft', 'electrician', 'Elektro'], 5],
  [['craft', 'metal_construction', 'Metaalbouw'], 5],
  [['craft', 'plumber', 'Installatie'], 5],
  [['shop', 'car', 'Auto'], 5],
  [['shop', 'doityourself', 'Bouwmarkt'], 2],
  [['office', 'logistics', 'Logistiek'], 3],
  [['amenity', 'fuel', 'Tankstation'], 1],
];
const OFFICES: readonly (readonly [Sort, number])[] = [
  [['office', 'company', 'Groep'], 6],
  [['office', 'it', 'Software'], 6],
  [['office', 'insurance', 'Verzekeringen'], 3],
  [['office', 'consulting', 'Advies'], 5],
  [['office', 'accountant', 'Accountants'], 4],
  [['amenity', 'restaurant', 'Lunch'], 1],
];

const SHARE: Partial<Record<NeighbourhoodKind, number>> = {
  port: 0.5,
  industrial: 0.62,
  office: 0.9,
  rural: 0.03,
};

/** Places in non-residential buildings: busy in the centre and in business areas, a few in each neighbourhood. */
export function makePlaces(
  random: Random,
  plan: SettlementPlan,
  buildings: readonly Building[],
): Place[] {
  const places: Place[] = [];
  buildings.forEach((building, index) => {
    if (building.type !== 'non_residential') return;
    const { kind } = plan.seeds[building.neighbourhood]!;
    if (!random.chance(SHARE[kind] ?? 0.72)) return;
    const count = kind === 'office' ? random.int(1, 5) : 1;
    for (let i = 0; i < count; i++) places.push(makePlace(random, kind, index));
  });
  return places;
}

function makePlace(random: Random, kind: NeighbourhoodKind, building: number): Place {
  const [category, sort, label] = random.weighted(sortsOf(kind));
  const owner = personName(random)
    .split(' ')
    .slice(1)
    .join(' ')
    .replace(/^(van den|van der|van|de) /, '');
  const name = random.chance(0.5) ? `${label} ${owner}` : `${owner} ${label}`;
  return {
    category,
    kind: sort,
    name,
    phone: random.chance(0.85) ? phoneNumber(random) : null,
    website: random.chance(0.7)
      ? `https://${mailboxOf(name).replaceAll('.', '-')}.example.org`
      : null,
    openingHours: openingHours(random, category),
    building,
  };
}

function sortsOf(kind: NeighbourhoodKind): readonly (readonly [Sort, number])[] {
  if (kind === 'port' || kind === 'industrial' || kind === 'rural') return INDUSTRY;
  return kind === 'office' ? OFFICES : TOWN_LIFE;
}

function openingHours(random: Random, category: PlaceCategory): string | null {
  if (random.chance(0.2)) return null;
  if (category === 'shop')
    return random.pick(['Mo-Sa 09:00-18:00', 'Mo-Sa 08:00-20:00', 'Tu-Sa 10:00-17:30']);
  if (category === 'amenity')
    return random.pick(['Mo-Su 11:00-23:00', 'We-Su 16:00-24:00', 'Mo-Fr 08:00-17:00']);
  return 'Mo-Fr 08:30-17:00';
}

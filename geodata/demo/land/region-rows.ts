import type { Polygon } from '../plane/geometry.js';
import { ringArea } from '../plane/geometry.js';
import { groupPolygons } from '../plane/trace.js';
import type { Random } from '../plane/random.js';
import type { Building } from '../buildings/place-buildings.js';
import type { HousingType } from '../buildings/housing.js';
import type { Neighbourhoods } from './neighbourhoods.js';
import type { NeighbourhoodKind, SettlementPlan } from './settlements.js';

/** A region as the table has it; sums run exactly from neighbourhood to district. */
export type RegionRow = {
  readonly level: 0 | 1 | 2 | 3;
  readonly code: string;
  readonly name: string;
  readonly parentCode: string | null;
  readonly polygons: readonly Polygon[];
  readonly population: number;
  readonly households: number;
  readonly dwellings: number;
  /** Mean yearly income of a household, euro. */
  readonly income: number;
  /** Mean value of a dwelling, euro. */
  readonly dwellingValue: number;
  readonly urbanity: string;
  readonly statistics: Readonly<Record<string, number>>;
};

const HOUSEHOLD_SIZE: Partial<Record<HousingType, number>> = {
  detached: 2.62,
  semi_detached: 2.55,
  terrace: 2.3,
  apartments: 1.66,
  farm: 2.8,
  houseboat: 1.9,
};
const VALUE: Partial<Record<HousingType, number>> = {
  detached: 565_000,
  semi_detached: 430_000,
  terrace: 342_000,
  apartments: 268_000,
  farm: 690_000,
  houseboat: 310_000,
};
const INCOME: Record<NeighbourhoodKind, number> = {
  historic: 47_000,
  inner: 42_500,
  postwar: 35_500,
  suburb: 56_500,
  new: 61_000,
  town: 46_000,
  village: 52_500,
  rural: 54_000,
  port: 34_000,
  industrial: 37_000,
  office: 52_000,
  park: 58_000,
};
const PRICE_LEVEL: Record<NeighbourhoodKind, number> = {
  historic: 1.38,
  inner: 1.16,
  postwar: 0.84,
  suburb: 1.02,
  new: 1.14,
  town: 0.9,
  village: 0.92,
  rural: 0.9,
  port: 0.78,
  industrial: 0.8,
  office: 1,
  park: 1.3,
};
const DWELLING_TYPES: readonly HousingType[] = [
  'detached',
  'semi_detached',
  'terrace',
  'apartments',
  'farm',
  'houseboat',
];

/** All regions, districts first; figures follow from the buildings that stand in each. */
export function regionRows(
  random: Random,
  plan: SettlementPlan,
  neighbourhoods: Neighbourhoods,
  buildings: readonly Building[],
): RegionRow[] {
  const leaves = plan.seeds.map((seed, i) => {
    const own = buildings.filter((building) => building.neighbourhood === i);
    const polygons = groupPolygons((label) => label === i + 1, neighbourhoods.arcs);
    return leafRow(random, plan, i, own, polygons);
  });
  const municipalities = plan.municipalities.map((municipality, m) => {
    const code = municipalityCode(m);
    const parts = leaves.filter((leaf) => leaf.parentCode === code);
    const isPart = (label: number) => label > 0 && plan.seeds[label - 1]!.municipality === m;
    const polygons = groupPolygons(isPart, neighbourhoods.arcs);
    return total(parts, {
      level: 2,
      code,
      name: municipality.name,
      parentCode: districtCode(municipality.district),
      polygons,
    });
  });
  const districts = plan.districts.map((name, d) => {
    const parts = municipalities.filter((row) => row.parentCode === districtCode(d));
    const isPart = (label: number) => {
      return label > 0 && plan.municipalities[plan.seeds[label - 1]!.municipality]!.district === d;
    };
    const polygons = groupPolygons(isPart, neighbourhoods.arcs);
    return total(parts, { level: 1, code: districtCode(d), name, parentCode: null, polygons });
  });
  const island = groupPolygons((label) => label > 0, neighbourhoods.arcs);
  const project = {
    level: 0,
    code: 'project',
    name: 'Zandermark',
    parentCode: null,
    polygons: island,
  } as const;
  return [total(districts, project), ...districts, ...municipalities, ...leaves];
}

const districtCode = (index: number): string => `ZD${index + 1}`;
const municipalityCode = (index: number): string => `ZM${String(index + 1).padStart(2, '0')}`;
/** Code of the neighbourhood that grew from a seed. */
export const neighbourhoodCode = (seed: number): string => `ZN${String(seed + 1).padStart(3, '0')}`;
/** Postcode of a neighbourhood; real ones never begin with 0. */
export const postcodeOf = (seed: number): string => `0${101 + seed} ZM`;

function leafRow(
  random: Random,
  plan: SettlementPlan,
  index: number,
  buildings: readonly Building[],
  polygons: readonly Polygon[],
): RegionRow {
  const seed = plan.seeds[index]!;
  const counts = new Map<HousingType, number>();
  for (const { type, dwellings } of buildings)
    counts.set(type, (counts.get(type) ?? 0) + dwellings);
  const dwellings = DWELLING_TYPES.reduce((sum, type) => sum + (counts.get(type) ?? 0), 0);
  const inhabited = random.range(0.95, 0.985);
  const households = Math.round(dwellings * inhabited);
  const mean = (table: Partial<Record<HousingType, number>>) =>
    DWELLING_TYPES.reduce((sum, type) => sum + (counts.get(type) ?? 0) * table[type]!, 0) /
    Math.max(1, dwellings);
  const population = Math.round(households * mean(HOUSEHOLD_SIZE) * random.range(0.96, 1.04));
  const young = Math.round(population * random.range(0.15, seed.kind === 'new' ? 0.29 : 0.22));
  const old = Math.round(population * random.range(0.12, seed.kind === 'new' ? 0.15 : 0.25));
  const areaKm2 = polygons.reduce((sum, [outer]) => sum + ringArea(outer!) / 1e6, 0);
  return {
    level: 3,
    code: neighbourhoodCode(index),
    name: seed.name,
    parentCode: municipalityCode(seed.municipality),
    polygons,
    population,
    households,
    dwellings,
    income: Math.round(INCOME[seed.kind] * random.range(0.9, 1.12)),
    dwellingValue: Math.round(mean(VALUE) * PRICE_LEVEL[seed.kind] * random.range(0.93, 1.08)),
    urbanity: urbanityOf(dwellings / areaKm2),
    statistics: {
      ...Object.fromEntries(
        DWELLING_TYPES.map((type) => [`dwellings_${type}`, counts.get(type) ?? 0]),
      ),
      population_0_17: young,
      population_18_64: population - young - old,
      population_65_plus: old,
      buildings: buildings.length,
    },
  };
}

function urbanityOf(dwellingsPerKm2: number): string {
  if (dwellingsPerKm2 >= 2_500) return 'very urban';
  if (dwellingsPerKm2 >= 1_500) return 'urban';
  if (dwellingsPerKm2 >= 1_000) return 'moderately urban';
  if (dwellingsPerKm2 >= 500) return 'hardly urban';
  return 'rural';
}

type Identity = Pick<RegionRow, 'level' | 'code' | 'name' | 'parentCode' | 'polygons'>;

function total(parts: readonly RegionRow[], identity: Identity): RegionRow {
  const sum = (value: (row: RegionRow) => number) =>
    parts.reduce((all, row) => all + value(row), 0);
  const areaKm2 = identity.polygons.reduce((all, [outer]) => all + ringArea(outer!) / 1e6, 0);
  const names = Object.keys(parts[0]?.statistics ?? {});
  const households = sum((row) => row.households);
  const dwellings = sum((row) => row.dwellings);
  return {
    ...identity,
    population: sum((row) => row.population),
    households,
    dwellings,
    income: Math.round(sum((row) => row.income * row.households) / Math.max(1, households)),
    dwellingValue: Math.round(
      sum((row) => row.dwellingValue * row.dwellings) / Math.max(1, dwellings),
    ),
    urbanity: urbanityOf(dwellings / areaKm2),
    statistics: Object.fromEntries(
      names.map((name) => [name, sum((row) => row.statistics[name]!)]),
    ),
  };
}

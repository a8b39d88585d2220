import type { NeighbourhoodKind } from '../land/settlements.js';

export type HousingType =
  | 'detached'
  | 'semi_detached'
  | 'terrace'
  | 'apartments'
  | 'farm'
  | 'houseboat'
  | 'non_residential';

/** One way to build along a street; lengths in metres, ranges from and to. */
export type Typology = {
  readonly type: HousingType;
  readonly width: readonly [number, number];
  readonly depth: readonly [number, number];
  /** Units that stand wall to wall. */
  readonly row: readonly [number, number];
  /** Between rows. */
  readonly gap: readonly [number, number];
  readonly setback: readonly [number, number];
  readonly levels: readonly [number, number];
  readonly years: readonly [number, number];
};

type Weighted = readonly (readonly [Typology, number])[];
type Span = readonly [number, number];

const typology = (
  type: HousingType,
  sizes: readonly [width: Span, depth: Span, row: Span, gap: Span, setback: Span],
  levels: Span,
  years: Span,
): Typology => {
  const [width, depth, row, gap, setback] = sizes;
  return { type, width, depth, row, gap, setback, levels, years };
};

const canalHouses = typology(
  'apartments',
  [
    [6, 9],
    [12, 16],
    [4, 12],
    [0, 3],
    [1.2, 1.6],
  ],
  [3, 5],
  [1620, 1890],
);
const shopHouses = typology(
  'non_residential',
  [
    [7, 14],
    [12, 18],
    [2, 6],
    [0, 3],
    [1.2, 1.6],
  ],
  [2, 4],
  [1650, 1960],
);
const oldTerrace = typology(
  'terrace',
  [
    [5.4, 6.6],
    [9, 11],
    [6, 16],
    [2, 6],
    [1.8, 3],
  ],
  [2, 3],
  [1875, 1932],
);
const oldFlats = typology(
  'apartments',
  [
    [10, 16],
    [11, 13],
    [3, 9],
    [2, 6],
    [1.8, 3],
  ],
  [3, 4],
  [1890, 1938],
);
const postwarTerrace = typology(
  'terrace',
  [
    [5.8, 6.8],
    [9, 10],
    [5, 9],
    [9, 22],
    [4.5, 6],
  ],
  [2, 2],
  [1948, 1972],
);
const slabs = typology(
  'apartments',
  [
    [42, 78],
    [11, 13],
    [1, 1],
    [18, 34],
    [7, 11],
  ],
  [4, 10],
  [1955, 1978],
);
const porchFlats = typology(
  'apartments',
  [
    [24, 36],
    [10, 11],
    [1, 2],
    [12, 20],
    [5, 7],
  ],
  [3, 4],
  [1950, 1968],
);
const terrace = typology(
  'terrace',
  [
    [5.6, 6.6],
    [9, 11],
    [4, 8],
    [7, 18],
    [4.5, 6.5],
  ],
  [2, 3],
  [1974, 1999],
);
const newTerrace = typology(
  'terrace',
  [
    [5.4, 6.4],
    [10, 12],
    [4, 9],
    [6, 16],
    [2.5, 4.5],
  ],
  [3, 3],
  [2001, 2025],
);
const newFlats = typology(
  'apartments',
  [
    [26, 44],
    [14, 18],
    [1, 1],
    [12, 24],
    [3, 6],
  ],
  [4, 9],
  [2002, 2026],
);
const pairs = typology(
  'semi_detached',
  [
    [6.5, 8],
    [9, 11],
    [2, 2],
    [7, 13],
    [5, 8],
  ],
  [2, 2],
  [1960, 2012],
);
const villas = typology(
  'detached',
  [
    [10, 15],
    [9, 13],
    [1, 1],
    [10, 22],
    [7, 12],
  ],
  [1, 2],
  [1930, 2022],
);
const villageHouses = typology(
  'detached',
  [
    [8, 12],
    [8, 11],
    [1, 1],
    [9, 26],
    [4, 9],
  ],
  [1, 2],
  [1890, 2015],
);
const halls = typology(
  'non_residential',
  [
    [34, 76],
    [26, 48],
    [1, 1],
    [10, 26],
    [9, 15],
  ],
  [1, 2],
  [1965, 2024],
);
const workshops = typology(
  'non_residential',
  [
    [16, 30],
    [14, 22],
    [1, 3],
    [6, 16],
    [7, 10],
  ],
  [1, 2],
  [1960, 2018],
);
const warehouses = typology(
  'non_residential',
  [
    [60, 130],
    [36, 62],
    [1, 1],
    [18, 40],
    [12, 22],
  ],
  [1, 2],
  [1958, 2022],
);
const offices = typology(
  'non_residential',
  [
    [28, 52],
    [16, 24],
    [1, 1],
    [16, 34],
    [9, 16],
  ],
  [4, 12],
  [1984, 2023],
);
const cornerShops = typology(
  'non_residential',
  [
    [9, 18],
    [10, 14],
    [1, 2],
    [4, 9],
    [2, 4],
  ],
  [1, 2],
  [1930, 2005],
);
export const farmhouse = typology(
  'farm',
  [
    [13, 20],
    [10, 15],
    [1, 1],
    [0, 0],
    [16, 34],
  ],
  [1, 2],
  [1860, 1990],
);
export const barn = typology(
  'non_residential',
  [
    [16, 30],
    [14, 22],
    [1, 1],
    [0, 0],
    [40, 52],
  ],
  [1, 1],
  [1920, 2015],
);

const PROFILES: Record<NeighbourhoodKind, Weighted> = {
  historic: [
    [canalHouses, 50],
    [shopHouses, 24],
    [oldTerrace, 26],
  ],
  inner: [
    [oldTerrace, 52],
    [oldFlats, 34],
    [shopHouses, 6],
    [cornerShops, 5],
    [newFlats, 3],
  ],
  postwar: [
    [postwarTerrace, 50],
    [porchFlats, 22],
    [slabs, 18],
    [pairs, 6],
    [cornerShops, 4],
  ],
  suburb: [
    [terrace, 44],
    [pairs, 30],
    [villas, 23],
    [cornerShops, 3],
  ],
  new: [
    [newTerrace, 56],
    [newFlats, 16],
    [pairs, 14],
    [villas, 11],
    [cornerShops, 3],
  ],
  town: [
    [oldTerrace, 32],
    [villageHouses, 26],
    [shopHouses, 18],
    [pairs, 16],
    [oldFlats, 8],
  ],
  village: [
    [villageHouses, 62],
    [pairs, 22],
    [terrace, 10],
    [cornerShops, 6],
  ],
  rural: [],
  port: [
    [warehouses, 66],
    [halls, 34],
  ],
  industrial: [
    [halls, 55],
    [workshops, 33],
    [offices, 12],
  ],
  office: [
    [offices, 88],
    [halls, 12],
  ],
  park: [],
};

const stores = typology(
  'non_residential',
  [
    [22, 46],
    [18, 30],
    [1, 3],
    [5, 14],
    [4, 9],
  ],
  [1, 3],
  [1972, 2019],
);
const faculties = typology(
  'non_residential',
  [
    [32, 62],
    [16, 24],
    [1, 1],
    [12, 26],
    [8, 14],
  ],
  [3, 8],
  [1962, 2018],
);

const SPOT_PROFILES: Record<string, Weighted> = {
  retail: [
    [stores, 80],
    [newFlats, 12],
    [cornerShops, 8],
  ],
  commercial: [
    [offices, 62],
    [stores, 24],
    [newFlats, 14],
  ],
  institutional: [[faculties, 100]],
};
const CENTRE_PROFILE: Weighted = [
  [shopHouses, 64],
  [canalHouses, 36],
];

/** What stands in a business spot: shop houses where the spot is an old centre, large buildings elsewhere. */
export function spotProfileOf(zone: string, kind: NeighbourhoodKind): Weighted {
  if (kind === 'historic' || kind === 'town') return CENTRE_PROFILE;
  return SPOT_PROFILES[zone] ?? PROFILES[kind];
}

/** What stands in a kind of neighbourhood, with weights by length of street. */
export const profileOf = (kind: NeighbourhoodKind): Weighted => PROFILES[kind];

const SQUARE_METRES_PER_FLAT = 92;

/** Dwellings in a building of that type. */
export function dwellingsIn(type: HousingType, areaM2: number, levels: number): number {
  if (type === 'non_residential') return 0;
  if (type !== 'apartments') return 1;
  return Math.max(1, Math.round((areaM2 * levels) / SQUARE_METRES_PER_FLAT));
}

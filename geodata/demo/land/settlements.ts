import { distance, type Point } from '../plane/geometry.js';
import type { Random } from '../plane/random.js';
import { CITY, HALF_HEIGHT, HALF_WIDTH, LAKE, RIVER, SEA, type Terrain } from './terrain.js';

export type NeighbourhoodKind =
  | 'historic'
  | 'inner'
  | 'postwar'
  | 'suburb'
  | 'new'
  | 'town'
  | 'village'
  | 'rural'
  | 'port'
  | 'industrial'
  | 'office'
  | 'park';

/** The seed from which a neighbourhood grows; `reach` (metres) says how far against its rivals. */
export type NeighbourhoodSeed = {
  readonly kind: NeighbourhoodKind;
  readonly centre: Point;
  readonly reach: number;
  /** Index in `municipalities`. */
  readonly municipality: number;
  readonly name: string;
};

export type Settlement = {
  readonly name: string;
  readonly centre: Point;
  readonly size: 'town' | 'village';
};

export type SettlementPlan = {
  readonly districts: readonly string[];
  readonly municipalities: readonly { readonly name: string; readonly district: number }[];
  readonly settlements: readonly Settlement[];
  readonly seeds: readonly NeighbourhoodSeed[];
};

const CITY_MUNICIPALITIES = [
  'Zanderhaven',
  'Noorderwaard',
  'Hollewijk',
  'Zuiderlanden',
  'Havenmond',
];
const TOWNS = [
  'Bruinswaard',
  'Veldrecht',
  'Osterlee',
  'Zilverduin',
  'Klaarmeer',
  'Tessenburg',
  'Hagemonde',
];
const VILLAGES = [
  'Rietwolde',
  'Kleiburen',
  'Wulpendam',
  'Duinhem',
  'Aalskerk',
  'Grutterzijl',
  'Molenhorn',
  'Lisvoort',
  'Kwelderzand',
  'Barnsdiep',
  'Sterndijk',
  'Elzenga',
  'Wierhuizen',
  'Vlasmeer',
];
const HISTORIC = [
  'Oude Markt',
  'Grachtenhoek',
  'Sint-Jansbuurt',
  'Visserseiland',
  'Koopmanskwartier',
  'Bleekveld',
];
const INNER = [
  'Singelbuurt',
  'Ververswijk',
  'Stationskwartier',
  'Plantagebuurt',
  'Kanaalstraatbuurt',
  'Vestingpark',
  'Molenwijk',
  'Schippersbuurt',
  'Lindenkwartier',
  'Oosterpoort',
];
const POSTWAR = [
  'Componistenwijk',
  'Sterrenbuurt',
  'Rozenoord',
  'Vredenhof',
  'Zeeheldenbuurt',
  'Ooievaarswijk',
  'Merelveld',
  'Kastelenbuurt',
  'Zonneveld',
  'Ambachtswijk',
  'Waterkant',
  'Bloemenhof',
  'Schildersveld',
];
const SUBURB = [
  'De Hoven',
  'Eikenrode',
  'Berkenbosch',
  'Ruiterslaan',
  'Waterlelie',
  'De Velden',
  'Hoogezand',
  'Parkzicht',
  'Nieuw-Zuid',
  'Akkerwinde',
  'Vogelplas',
  'De Lanen',
  'Zilvermeer',
  'Buitenhof',
  'Weidevenne',
  'Havikshof',
];
const RURAL = ['polder', 'veen', 'duin', 'broek', 'land', 'heide', 'gors', 'akker'];

const RING_REACH = { historic: 250, inner: 340, postwar: 410, suburb: 490 };

/** Where city, towns, villages and countryside lie, and what each neighbourhood is. */
export function planSettlements(random: Random, terrain: Terrain): SettlementPlan {
  const settlements = placeSettlements(random.fork('settlements'), terrain);
  const towns = settlements.filter((settlement) => settlement.size === 'town');
  const municipalities = [
    ...CITY_MUNICIPALITIES.map((name) => ({ name, district: 0 })),
    ...towns.map((town) => ({
      name: town.name,
      district: town.centre.y > 0.1 * town.centre.x - 400 ? 1 : 2,
    })),
  ];
  const seeds = [
    ...citySeeds(random.fork('city'), terrain),
    ...townSeeds(random.fork('towns'), towns, terrain),
    ...villageSeeds(settlements, towns),
  ];
  const rural = ruralSeeds(random.fork('rural'), terrain, seeds, towns);
  return {
    districts: ['Zanderhaven en omstreken', 'Noordermark', 'Zuidermark'],
    municipalities,
    settlements,
    seeds: [...seeds, ...rural],
  };
}

function placeSettlements(random: Random, terrain: Terrain): Settlement[] {
  const placed: Settlement[] = [];
  const place = (
    names: readonly string[],
    size: Settlement['size'],
    fromCity: number,
    apart: number,
  ) => {
    for (const name of names) {
      const centre = findSpot(random, (point) => {
        const near = placed.some((other) => distance(other.centre, point) < apart);
        return !near && distance(CITY, point) > fromCity && isDryAround(terrain, point, 520);
      });
      if (centre) placed.push({ name, centre, size });
    }
  };
  place(TOWNS, 'town', 4_700, 3_900);
  place(VILLAGES, 'village', 3_900, 1_900);
  return placed;
}

function findSpot(random: Random, fits: (point: Point) => boolean): Point | undefined {
  for (let attempt = 0; attempt < 600; attempt++) {
    const point = {
      x: random.range(-HALF_WIDTH, HALF_WIDTH),
      y: random.range(-HALF_HEIGHT, HALF_HEIGHT),
    };
    if (fits(point)) return point;
  }
  return undefined;
}

function isDryAround(terrain: Terrain, point: Point, radius: number): boolean {
  if (terrain.cover.get(point.x, point.y, SEA) !== 0) return false;
  for (let i = 0; i < 12; i++) {
    const angle = (i / 12) * 2 * Math.PI;
    const cover = terrain.cover.get(
      point.x + radius * Math.cos(angle),
      point.y + radius * Math.sin(angle),
      SEA,
    );
    if (cover === SEA || cover === LAKE) return false;
  }
  return true;
}

function citySeeds(random: Random, terrain: Terrain): NeighbourhoodSeed[] {
  const seeds: NeighbourhoodSeed[] = specialSeeds();
  const add = (
    kind: NeighbourhoodKind,
    reach: number,
    names: readonly string[],
    radius: number,
    turn: number,
  ) => {
    const spaced = names.map((name, i) => ({
      name,
      angle: turn + (i / names.length) * 2 * Math.PI,
    }));
    for (const { name, angle } of spaced) {
      const away = radius * random.range(0.94, 1.06);
      const centre = { x: CITY.x + away * Math.cos(angle), y: CITY.y + away * Math.sin(angle) };
      const taken = seeds.some(
        (seed) => distance(seed.centre, centre) < 0.55 * (seed.reach + reach),
      );
      const wet = terrain.cover.get(centre.x, centre.y, SEA) !== 0;
      if (taken || wet) continue;
      seeds.push({ kind, centre, reach, municipality: cityMunicipality(centre, radius), name });
    }
  };
  add('historic', RING_REACH.historic, HISTORIC, 270, 0.3);
  add('inner', RING_REACH.inner, INNER, 760, 0.1);
  add('postwar', RING_REACH.postwar, POSTWAR, 1_330, 0.35);
  add('suburb', RING_REACH.suburb, SUBURB, 1_980, 0.05);
  return seeds.map((seed) =>
    seed.kind === 'suburb' && isNew(seed.name) ? { ...seed, kind: 'new' } : seed,
  );
}

function isNew(name: string): boolean {
  return ['Nieuw-Zuid', 'Waterlelie', 'Zilvermeer', 'Weidevenne'].includes(name);
}

/** Harbour, business areas and the city park: their places follow from river and motorway. */
function specialSeeds(): NeighbourhoodSeed[] {
  const at = (
    kind: NeighbourhoodKind,
    dx: number,
    dy: number,
    reach: number,
    municipality: number,
    name: string,
  ): NeighbourhoodSeed => ({
    kind,
    centre: { x: CITY.x + dx, y: CITY.y + dy },
    reach,
    municipality,
    name,
  });
  return [
    at('port', -2_750, 480, 620, 4, 'Oude Haven'),
    at('port', -3_500, -760, 700, 4, 'Ertshaven'),
    at('port', -4_250, 420, 560, 4, 'Westpunt'),
    at('industrial', -2_350, -1_750, 520, 4, 'De Vaart'),
    at('industrial', 1_650, -2_250, 560, 3, 'Zuidpoort'),
    at('industrial', 2_750, 950, 560, 2, 'Oosterveld'),
    at('office', 2_350, -450, 420, 2, 'Zanderpark'),
    at('park', -250, -1_080, 330, 0, 'Koningspark'),
  ];
}

function cityMunicipality(centre: Point, radius: number): number {
  if (radius < 1_000) return 0;
  const angle = Math.atan2(centre.y - CITY.y, centre.x - CITY.x);
  if (angle > 0.55 && angle < 2.75) return 1;
  if (Math.abs(angle) <= 0.62) return 2;
  if (angle < -0.5 && angle > -2.55) return 3;
  return 4;
}

function townSeeds(
  random: Random,
  towns: readonly Settlement[],
  terrain: Terrain,
): NeighbourhoodSeed[] {
  return towns.flatMap((town, index) => {
    const municipality = CITY_MUNICIPALITIES.length + index;
    const turn = random.range(0, 6.28);
    const centre: NeighbourhoodSeed = {
      kind: 'town',
      centre: town.centre,
      reach: 330,
      municipality,
      name: `${town.name} Centrum`,
    };
    const parts: [NeighbourhoodKind, string, number][] = [
      ['suburb', `${town.name} Noord`, 360],
      ['postwar', `${town.name} Zuid`, 320],
      ['industrial', `Bedrijvenpark ${town.name}`, 230],
    ];
    const around = parts.map(([kind, name, reach], part) => {
      const angle = turn + (part / parts.length) * 2 * Math.PI;
      const spot = {
        x: town.centre.x + 580 * Math.cos(angle),
        y: town.centre.y + 580 * Math.sin(angle),
      };
      return { kind, centre: spot, reach, municipality, name };
    });
    return [centre, ...around.filter((seed) => isDryAround(terrain, seed.centre, 120))];
  });
}

function villageSeeds(
  settlements: readonly Settlement[],
  towns: readonly Settlement[],
): NeighbourhoodSeed[] {
  const villages = settlements.filter((settlement) => settlement.size === 'village');
  return villages.map((village) => ({
    kind: 'village' as const,
    centre: village.centre,
    reach: 310,
    municipality: CITY_MUNICIPALITIES.length + nearest(towns, village.centre),
    name: village.name,
  }));
}

function ruralSeeds(
  random: Random,
  terrain: Terrain,
  others: readonly NeighbourhoodSeed[],
  towns: readonly Settlement[],
): NeighbourhoodSeed[] {
  const rural: NeighbourhoodSeed[] = [];
  for (let n = 0; n < 26; n++) {
    const spot = findSpot(random, (point) => {
      const crowded = others.some((seed) => distance(seed.centre, point) < seed.reach + 900);
      const near = rural.some((seed) => distance(seed.centre, point) < 2_100);
      const cover = terrain.cover.get(point.x, point.y, SEA);
      return !crowded && !near && cover !== SEA && cover !== LAKE && cover !== RIVER;
    });
    if (!spot) break;
    const town = nearest(towns, spot);
    const villages = others.filter((seed) => seed.kind === 'village');
    const village = villages[nearest(villages, spot)];
    const stem = (village ?? towns[town]!).name.replace(
      /(dam|hem|kerk|zijl|horn|voort|zand|diep|dijk|wolde|buren|huizen|meer|ga)$/,
      '',
    );
    rural.push({
      kind: 'rural',
      centre: spot,
      reach: 1_500,
      municipality: CITY_MUNICIPALITIES.length + town,
      name: uniqueName(`${stem}er${RURAL[n % RURAL.length]!}`, rural),
    });
  }
  return rural;
}

function uniqueName(name: string, taken: readonly { readonly name: string }[]): string {
  return taken.some((other) => other.name === name) ? `Buiten-${name}` : name;
}

function nearest(places: readonly { readonly centre: Point }[], point: Point): number {
  let best = 0;
  places.forEach((place, i) => {
    if (distance(place.centre, point) < distance(places[best]!.centre, point)) best = i;
  });
  return best;
}

import { Random } from '../plane/random.js';
import type { Point } from '../plane/geometry.js';
import type { Geography } from '../geography.js';
import { postcodeOf } from '../land/region-rows.js';
import type { Building } from '../buildings/place-buildings.js';
import type { HousingType } from '../buildings/housing.js';
import type { NeighbourhoodKind } from '../land/settlements.js';
import type { RoadClass } from '../streets/street-network.js';
import { dateBefore, HISTORY_DAYS } from './calendar.js';
import { companyName, mailboxOf, personName, phoneNumber } from './names.js';

export type Lifecycle = 'lead' | 'prospect' | 'customer' | 'former';

export type Segment =
  'Families' | 'Starters' | 'Seniors' | 'Self-employed' | 'Small business' | 'Large business';

/** An account as it is loaded; days are counted back from the demo's today. */
export type Account = {
  readonly id: number;
  readonly kind: 'person' | 'organisation';
  readonly name: string;
  readonly lifecycle: Lifecycle;
  readonly segment: Segment;
  readonly origin: string;
  readonly ownerId: string | null;
  readonly email: string;
  readonly phone: string | null;
  readonly address: {
    readonly street: string | null;
    readonly houseNumber: string | null;
    readonly postcode: string;
    readonly city: string;
  } | null;
  /** Null where only the postcode is known, or nothing. */
  readonly point: Point | null;
  readonly leadSince: string;
  readonly customerSince: string | null;
  readonly formerSince: string | null;
  /** Days ago between which it buys; null where it never did. */
  readonly buying: { readonly from: number; readonly to: number } | null;
  /** How much it buys against an average customer. */
  readonly appetite: number;
};

export type AccountOptions = {
  readonly seed: number;
  readonly count: number;
  readonly owners: readonly string[];
};

const PERSON_SHARE = 0.79;

/** How likely a dwelling holds an account, against a terraced house. */
const PERSON_PULL: Partial<Record<HousingType, number>> = {
  detached: 1.75,
  semi_detached: 1.4,
  terrace: 1,
  apartments: 0.5,
  farm: 1.9,
  houseboat: 2,
};
const BUSINESS_PULL: Record<NeighbourhoodKind, number> = {
  historic: 2.4,
  inner: 1.2,
  postwar: 0.7,
  suburb: 0.8,
  new: 0.8,
  town: 1.5,
  village: 0.9,
  rural: 0.35,
  port: 4.2,
  industrial: 3.8,
  office: 9,
  park: 0.5,
};
const KIND_PULL: Partial<Record<NeighbourhoodKind, number>> = {
  new: 1.35,
  suburb: 1.12,
  postwar: 0.8,
  historic: 1.15,
};

/**
 * Accounts by number, 1 to `count`. Each is made from the seed and its number alone, so any number of them can be
 * streamed, twice if need be, without keeping one.
 */
export class AccountMaker {
  private readonly persons: Sampler;
  private readonly businesses: Sampler;
  private readonly random: Random;
  readonly personCount: number;

  constructor(
    private readonly geography: Geography,
    private readonly options: AccountOptions,
  ) {
    this.random = new Random(options.seed).fork('accounts');
    this.personCount = Math.round(options.count * PERSON_SHARE);
    const roadClasses = streetClasses(geography);
    const kindOf = (building: Building) => geography.plan.seeds[building.neighbourhood]!.kind;
    this.persons = new Sampler(
      geography.buildings.map((building) => {
        return (
          building.dwellings *
          (PERSON_PULL[building.type] ?? 0) *
          (KIND_PULL[kindOf(building)] ?? 1)
        );
      }),
    );
    this.businesses = new Sampler(
      geography.buildings.map((building) => {
        const onMainRoad = ['secondary', 'tertiary', 'pedestrian'].includes(
          roadClasses.get(building.street) ?? '',
        );
        const pull = building.type === 'non_residential' ? BUSINESS_PULL[kindOf(building)] : 0.012;
        return pull * (onMainRoad ? 1.7 : 1);
      }),
    );
  }

  account(id: number): Account {
    const random = this.random.fork('account', id);
    const isPerson = id <= this.personCount;
    const index = isPerson
      ? this.persons.pick(id - 1, this.personCount, random.next())
      : this.businesses.pick(
          id - this.personCount - 1,
          this.options.count - this.personCount,
          random.next(),
        );
    const building = this.geography.buildings[index]!;
    const { kind } = this.geography.plan.seeds[building.neighbourhood]!;
    const segment = isPerson
      ? personSegment(random, building, kind)
      : businessSegment(random, building);
    const name = isPerson ? personName(random) : companyName(random);
    const life = lifeOf(random, kind);
    return {
      id,
      kind: isPerson ? 'person' : 'organisation',
      name,
      segment,
      ...life,
      origin: random.weighted(ORIGINS),
      ownerId: this.owner(random, life.lifecycle),
      email: `${mailboxOf(name)}.${id}@example.org`,
      phone: random.chance(0.82) ? phoneNumber(random) : null,
      ...this.whereabouts(random, building),
      appetite: appetiteOf(random, segment, building.type, kind),
    };
  }

  private owner(random: Random, lifecycle: Lifecycle): string | null {
    const { owners } = this.options;
    const isOpen = lifecycle === 'lead' ? random.chance(0.6) : random.chance(0.1);
    const owner = owners.length > 0 ? random.pick(owners) : null;
    return isOpen ? null : owner;
  }

  /** Nearly all have an address and a point; some only a postcode, a few nothing at all. */
  private whereabouts(random: Random, building: Building): Pick<Account, 'address' | 'point'> {
    const { plan, streetNames } = this.geography;
    const luck = random.next();
    if (luck < 0.003) return { address: null, point: null };
    const seed = plan.seeds[building.neighbourhood]!;
    const base = {
      postcode: postcodeOf(building.neighbourhood),
      city: plan.municipalities[seed.municipality]!.name,
    };
    if (luck < 0.018) return { address: { ...base, street: null, houseNumber: null }, point: null };
    const street = building.street < 0 ? null : streetNames[building.street]!;
    const houseNumber = street === null ? null : String(building.houseNumber);
    return { address: { ...base, street, houseNumber }, point: spotInside(random, building) };
  }
}

const ORIGINS: readonly (readonly [string, number])[] = [
  ['Website', 34],
  ['Referral', 22],
  ['Shop', 18],
  ['Fair', 7],
  ['Campaign', 12],
  ['Telephone', 7],
];

function spotInside(random: Random, { footprint }: Building): Point {
  const a = random.range(-0.32, 0.32) * footprint.width;
  const b = random.range(-0.32, 0.32) * footprint.depth;
  return {
    x: footprint.x + a * footprint.ux - b * footprint.uy,
    y: footprint.y + a * footprint.uy + b * footprint.ux,
  };
}

function personSegment(random: Random, building: Building, kind: NeighbourhoodKind): Segment {
  if (building.type === 'apartments')
    return random.weighted([
      ['Starters', 56],
      ['Seniors', 28],
      ['Families', 16],
    ]);
  if (kind === 'new')
    return random.weighted([
      ['Families', 74],
      ['Starters', 20],
      ['Seniors', 6],
    ]);
  if (building.type === 'detached')
    return random.weighted([
      ['Families', 48],
      ['Seniors', 46],
      ['Starters', 6],
    ]);
  return random.weighted([
    ['Families', 50],
    ['Seniors', 30],
    ['Starters', 20],
  ]);
}

function businessSegment(random: Random, building: Building): Segment {
  if (building.type !== 'non_residential') return 'Self-employed';
  const area = building.footprint.width * building.footprint.depth * building.levels;
  if (area > 3_500)
    return random.weighted([
      ['Large business', 62],
      ['Small business', 38],
    ]);
  if (area > 900)
    return random.weighted([
      ['Large business', 14],
      ['Small business', 70],
      ['Self-employed', 16],
    ]);
  return random.weighted([
    ['Small business', 58],
    ['Self-employed', 42],
  ]);
}

type Life = Pick<Account, 'lifecycle' | 'leadSince' | 'customerSince' | 'formerSince' | 'buying'>;

/** Leads are more in new neighbourhoods; customers came over eight years, and some left. */
function lifeOf(random: Random, kind: NeighbourhoodKind): Life {
  const lead = kind === 'new' ? 21 : kind === 'suburb' ? 16.5 : 13.2;
  const lifecycle = random.weighted<Lifecycle>([
    ['lead', lead],
    ['prospect', 8],
    ['former', 8],
    ['customer', 84 - lead],
  ]);
  if (lifecycle === 'lead' || lifecycle === 'prospect') {
    const leadSince = dateBefore(random.int(1, lifecycle === 'lead' ? 240 : 420));
    return { lifecycle, leadSince, customerSince: null, formerSince: null, buying: null };
  }
  const isFormer = lifecycle === 'former';
  const joined = Math.floor(2_900 * Math.pow(random.next(), 0.95)) + (isFormer ? 240 : 1);
  const left = isFormer ? random.int(1, Math.min(joined - 120, 900)) : 0;
  return {
    lifecycle,
    leadSince: dateBefore(joined + random.int(3, 150)),
    customerSince: dateBefore(joined),
    formerSince: isFormer ? dateBefore(left) : null,
    buying: {
      from: Math.min(joined, HISTORY_DAYS - 1),
      to: isFormer ? left + random.int(5, 90) : 0,
    },
  };
}

const SEGMENT_APPETITE: Record<Segment, number> = {
  Families: 1,
  Starters: 0.62,
  Seniors: 0.82,
  'Self-employed': 1.35,
  'Small business': 2.2,
  'Large business': 5.2,
};
const HOUSING_APPETITE: Partial<Record<HousingType, number>> = {
  detached: 1.6,
  semi_detached: 1.25,
  terrace: 1,
  apartments: 0.62,
  farm: 1.9,
  houseboat: 1.3,
};

function appetiteOf(
  random: Random,
  segment: Segment,
  type: HousingType,
  kind: NeighbourhoodKind,
): number {
  const place = kind === 'new' ? 1.18 : kind === 'postwar' ? 0.85 : 1;
  const own = Math.exp(random.normal(-0.18, 0.6));
  return SEGMENT_APPETITE[segment] * (HOUSING_APPETITE[type] ?? 1) * place * own;
}

function streetClasses(geography: Geography): Map<number, RoadClass> {
  return new Map(geography.roads.roads.map((road) => [road.street, road.class]));
}

/** Draws buildings in proportion to their weight, evenly spread: neighbours in number are strangers in place. */
class Sampler {
  private readonly sums: Float64Array;

  constructor(weights: readonly number[]) {
    this.sums = new Float64Array(weights.length);
    weights.reduce((sum, weight, i) => (this.sums[i] = sum + weight), 0);
  }

  /** The building of draw `n` out of `count`; `jitter` in [0, 1). */
  pick(n: number, count: number, jitter: number): number {
    const stride = strideFor(count);
    const target = ((((n * stride) % count) + jitter) / count) * this.sums[this.sums.length - 1]!;
    let low = 0;
    let high = this.sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sums[middle]! > target) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** A step near the golden section of `count` that shares no divisor with it, so that it visits every place once. */
function strideFor(count: number): number {
  let stride = Math.max(1, Math.floor(count * 0.381966));
  while (divisor(stride, count) !== 1) stride++;
  return stride;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

import {
  between,
  directionAt,
  distance,
  isInside,
  lineLength,
  resample,
  type Point,
} from '../plane/geometry.js';
import type { Random } from '../plane/random.js';
import type { Neighbourhoods } from '../land/neighbourhoods.js';
import type { ZoneSpot } from '../land/land-cover.js';
import type { NeighbourhoodKind, SettlementPlan } from '../land/settlements.js';
import { CITY, type Terrain } from '../land/terrain.js';
import {
  CANAL,
  GREEN,
  halfWidthOf,
  ROAD,
  WATER,
  type Ground,
  type StreetLayout,
} from '../streets/build-streets.js';
import type { Street } from '../streets/street-network.js';
import { CANAL_RADIUS, coreCircle } from '../streets/street-plans.js';
import { cornersOf, FootprintIndex, type Footprint } from './footprints.js';
import {
  barn,
  dwellingsIn,
  farmhouse,
  profileOf,
  spotProfileOf,
  type HousingType,
  type Typology,
} from './housing.js';

export type Building = {
  readonly type: HousingType;
  readonly footprint: Footprint;
  readonly levels: number;
  readonly year: number;
  readonly dwellings: number;
  /** Index of the neighbourhood's seed. */
  readonly neighbourhood: number;
  /** Index of the street it faces, or -1 (afloat). */
  readonly street: number;
  /** Odd on the left of the street, even on the right; 0 where there is none. */
  readonly houseNumber: number;
};

type Profile = ReturnType<typeof profileOf>;
type Lot = { readonly street: Street; readonly index: number; readonly side: 1 | -1 };

/** Everything that was laid out before the first house. */
export type BuildingSite = {
  readonly terrain: Terrain;
  readonly plan: SettlementPlan;
  readonly neighbourhoods: Neighbourhoods;
  readonly layout: StreetLayout;
  readonly spots: readonly ZoneSpot[];
};

/** Puts buildings along every street, each facing it, without one standing in another, in water or on a road. */
export function placeBuildings(random: Random, site: BuildingSite): Building[] {
  const { terrain, layout } = site;
  const builder = new Builder(random, site);
  layout.streets.forEach((street, index) => {
    if (street.class === 'motorway' || street.class === 'cycleway') return;
    for (const side of [1, -1] as const) builder.buildAlong({ street, index, side });
  });
  builder.moorHouseboats(coreCircle(terrain.noise, CANAL_RADIUS), 5.2, 26);
  builder.moorHouseboats(terrain.river.slice(30, 110), 27, 60);
  return builder.buildings;
}

class Builder {
  readonly buildings: Building[] = [];
  private readonly taken = new FootprintIndex();

  private readonly plan: SettlementPlan;
  private readonly neighbourhoods: Neighbourhoods;
  private readonly ground: Ground;
  private readonly spots: readonly ZoneSpot[];

  constructor(
    private readonly random: Random,
    site: BuildingSite,
  ) {
    this.plan = site.plan;
    this.neighbourhoods = site.neighbourhoods;
    this.ground = site.layout.ground;
    this.spots = site.spots;
  }

  buildAlong(lot: Lot): void {
    const random = this.random.fork('lot', lot.index * 2 + (lot.side > 0 ? 0 : 1));
    const frontage = new Frontage(lot.street.points, lot.side);
    let number = lot.side > 0 ? 1 : 2;
    let typology: Typology | undefined;
    let at = random.range(6, 14);
    while (at < frontage.length - 6) {
      const label = this.labelBeside(frontage, at);
      const seed = label > 0 ? this.plan.seeds[label - 1] : undefined;
      if (!seed || profileOf(seed.kind).length === 0) {
        number =
          seed?.kind === 'rural' ? this.maybeFarm(random, lot, frontage, at, number) : number;
        at += 45;
        continue;
      }
      const isMixed = random.chance(0.25);
      const profile = this.profileAt(seed.kind, frontage.spot(at, 16).point);
      if (!typology || isMixed || !profile.some(([option]) => option === typology)) {
        typology = this.choose(random, profile, seed.kind, lot.street);
      }
      const row = this.buildRow(random, typology, lot, frontage, at, number);
      number = row.number;
      at = row.end + random.range(...typology.gap) * (seed.kind === 'village' ? 1.5 : 1);
    }
  }

  private profileAt(kind: NeighbourhoodKind, point: Point): Profile {
    const spot = this.spots.find(({ ring }) => isInside(point, ring));
    return spot ? spotProfileOf(spot.kind, kind) : profileOf(kind);
  }

  private choose(
    random: Random,
    profile: Profile,
    kind: NeighbourhoodKind,
    street: Street,
  ): Typology {
    const isShopping = kind === 'historic' && (street.class === 'pedestrian' || random.chance(0.1));
    const options = profile.map(([option, weight]) => {
      const isShop = option.type === 'non_residential';
      return [option, weight * (isShopping && isShop ? 5 : 1)] as const;
    });
    return random.weighted(options);
  }

  private labelBeside(frontage: Frontage, at: number): number {
    const { point } = frontage.spot(at, 16);
    return this.neighbourhoods.labels.get(point.x, point.y);
  }

  private buildRow(
    random: Random,
    typology: Typology,
    lot: Lot,
    frontage: Frontage,
    from: number,
    firstNumber: number,
  ): { end: number; number: number } {
    const units = random.int(...typology.row);
    const width = random.range(...typology.width);
    const depth = random.range(...typology.depth);
    const setback = random.range(...typology.setback) + halfWidthOf(lot.street.class);
    const year = this.yearOf(random, typology);
    const levels = random.int(...typology.levels);
    const start = frontage.spot(from, setback + depth / 2).point;
    const finish = frontage.spot(
      Math.min(frontage.length, from + units * width),
      setback + depth / 2,
    ).point;
    const chord = distance(start, finish);
    let number = firstNumber;
    for (let unit = 0; unit < units; unit++) {
      const along = (unit + 0.5) * width;
      if (from + along + width / 2 > frontage.length + 2) break;
      const centre = between(start, finish, along / (units * width));
      const footprint = {
        ...centre,
        ux: (finish.x - start.x) / chord,
        uy: (finish.y - start.y) / chord,
        width: Math.min(width, (chord / (units * width)) * width),
        depth,
      };
      if (
        this.raise({
          typology,
          footprint,
          levels,
          year: year + random.int(0, 2),
          street: lot.index,
          number,
        })
      )
        number += 2;
    }
    return { end: from + units * width, number };
  }

  private yearOf(random: Random, typology: Typology): number {
    const [from, to] = typology.years;
    return Math.min(to, Math.round(from + (to - from) * Math.pow(random.next(), 0.8)));
  }

  /** Farmsteads stand on their own along country roads: house, then barn behind. */
  private maybeFarm(
    random: Random,
    lot: Lot,
    frontage: Frontage,
    at: number,
    number: number,
  ): number {
    if (!random.chance(lot.street.class === 'track' ? 0.025 : 0.05)) return number;
    const year = this.yearOf(random, farmhouse);
    const raise = (typology: Typology, shift: number) => {
      const depth = random.range(...typology.depth);
      const { point, direction } = frontage.spot(
        at + shift,
        random.range(...typology.setback) + depth / 2,
      );
      const footprint = {
        ...point,
        ux: direction.x,
        uy: direction.y,
        width: random.range(...typology.width),
        depth,
      };
      return this.raise({
        typology,
        footprint,
        levels: random.int(...typology.levels),
        year,
        street: lot.index,
        number,
      });
    };
    if (!raise(farmhouse, 0)) return number;
    if (random.chance(0.8)) raise(barn, random.range(-8, 12));
    if (random.chance(0.35)) raise(barn, random.range(26, 40));
    return number + 2;
  }

  moorHouseboats(line: readonly Point[], fromAxis: number, every: number): void {
    const random = this.random.fork('houseboats', line.length);
    for (const side of [1, -1] as const) {
      const frontage = new Frontage(line, side);
      for (let at = 20; at < frontage.length; at += every * random.range(0.7, 1.8)) {
        const { point, direction } = frontage.spot(at, fromAxis);
        const cover = this.ground.get(point.x, point.y);
        const nearCity = Math.hypot(point.x - CITY.x, point.y - CITY.y) < 3_200;
        if ((cover & (WATER | CANAL)) === 0 || (cover & ROAD) !== 0 || !nearCity) continue;
        const footprint = {
          ...point,
          ux: direction.x,
          uy: direction.y,
          width: random.range(15, 20),
          depth: random.range(4, 5),
        };
        this.float(footprint, random.int(1925, 2015));
      }
    }
  }

  private float(footprint: Footprint, year: number): void {
    const neighbourhood = this.neighbourhoods.labels.get(footprint.x, footprint.y) - 1;
    if (neighbourhood < 0 || !this.taken.isFree(footprint)) return;
    this.taken.add(footprint);
    this.buildings.push({
      type: 'houseboat',
      footprint,
      levels: 1,
      year,
      dwellings: 1,
      neighbourhood,
      street: -1,
      houseNumber: 0,
    });
  }

  private raise(draft: {
    typology: Typology;
    footprint: Footprint;
    levels: number;
    year: number;
    street: number;
    number: number;
  }): boolean {
    const { footprint, typology, levels, year } = draft;
    const neighbourhood = this.neighbourhoods.labels.get(footprint.x, footprint.y) - 1;
    if (neighbourhood < 0 || !this.isBuildable(footprint) || !this.taken.isFree(footprint))
      return false;
    this.taken.add(footprint);
    const area = footprint.width * footprint.depth;
    const dwellings = dwellingsIn(typology.type, area, levels);
    const { street, number: houseNumber } = draft;
    this.buildings.push({
      type: typology.type,
      footprint,
      levels,
      year,
      dwellings,
      neighbourhood,
      street,
      houseNumber,
    });
    return true;
  }

  private isBuildable(footprint: Footprint): boolean {
    const corners = cornersOf(footprint);
    const edges = corners.flatMap((corner, i) => resample([corner, corners[(i + 1) % 4]!], 6));
    return [...edges, footprint].every(({ x, y }) => {
      return (this.ground.get(x, y, WATER) & (WATER | GREEN | ROAD | CANAL)) === 0;
    });
  }
}

/** One side of a street, addressed by the distance walked along it. */
class Frontage {
  readonly length: number;
  private readonly points: readonly Point[];

  constructor(
    line: readonly Point[],
    private readonly side: 1 | -1,
  ) {
    this.points = resample(line, 8);
    this.length = lineLength(line);
  }

  /** The point `away` metres beside the street, and the direction of the street there. */
  spot(at: number, away: number): { point: Point; direction: Point } {
    const share = Math.min(1, Math.max(0, at / this.length)) * (this.points.length - 1);
    const i = Math.min(this.points.length - 2, Math.floor(share));
    const on = between(this.points[i]!, this.points[i + 1]!, share - i);
    const direction = directionAt(this.points, Math.round(share));
    return {
      point: { x: on.x - direction.y * away * this.side, y: on.y + direction.x * away * this.side },
      direction,
    };
  }
}

import { distance, offset, resample, ribbon, type Point } from '../plane/geometry.js';
import type { Random } from '../plane/random.js';
import type { Raster } from '../plane/raster.js';
import type { Neighbourhoods } from '../land/neighbourhoods.js';
import type { NeighbourhoodKind, SettlementPlan } from '../land/settlements.js';
import { CITY, emptyRaster, type Terrain, type Water } from '../land/terrain.js';
import type { Arterials } from './arterials.js';
import { layStreet, type LayOptions } from './lay-street.js';
import { StreetNetwork, type RoadClass, type Street } from './street-network.js';
import {
  CANAL_RADIUS,
  coreCircle,
  coreStreets,
  latticeStreets,
  styleOf,
  type StreetPlan,
} from './street-plans.js';

/** Bits of the ground plan. */
export const WATER = 1;
export const GREEN = 2;
export const NEAR_MAIN_ROAD = 4;
export const ROAD = 8;
export const CANAL = 16;

/** What covers the ground, cells of 4 m: keeps streets off the water and buildings off the streets. */
export type Ground = Raster<Uint8Array>;

export type StreetLayout = {
  readonly streets: readonly Street[];
  readonly ground: Ground;
  readonly canals: readonly Water[];
};

type Site = {
  readonly random: Random;
  readonly terrain: Terrain;
  readonly plan: SettlementPlan;
  readonly neighbourhoods: Neighbourhoods;
  readonly network: StreetNetwork;
  readonly ground: Ground;
};

const HALF_WIDTHS: Record<RoadClass, number> = {
  motorway: 8,
  primary: 7,
  secondary: 5.5,
  tertiary: 4.5,
  residential: 3.5,
  service: 3.5,
  track: 2,
  pedestrian: 3,
  cycleway: 2,
};

/** Half the width of the paved surface, metres. */
export const halfWidthOf = (roadClass: RoadClass): number => HALF_WIDTHS[roadClass];

/** Lays every street: main roads first, then the borders of neighbourhoods, then the streets inside. */
export function buildStreets(
  random: Random,
  terrain: Terrain,
  plan: SettlementPlan,
  arterials: Arterials,
  neighbourhoods: Neighbourhoods,
): StreetLayout {
  const ground = emptyRaster(4);
  markGreen(ground, terrain, plan, neighbourhoods);
  const site: Site = {
    random,
    terrain,
    plan,
    neighbourhoods,
    network: new StreetNetwork(),
    ground,
  };
  const canals = digCanals(terrain);
  for (const water of terrain.waters) ground.fill(water.ring, (i) => mark(ground, i, WATER));
  for (const canal of canals) ground.fill(canal.ring, (i) => mark(ground, i, CANAL));
  layArterials(site, arterials);
  layBorders(site);
  plan.seeds.forEach((seed, index) => {
    if (seed.kind !== 'historic' && seed.kind !== 'rural') layNeighbourhood(site, index);
  });
  layCore(site);
  plan.seeds.forEach((seed, index) => {
    if (seed.kind === 'rural') layNeighbourhood(site, index);
  });
  addRamps(site, arterials);
  const streets = connectedStreets(site.network.streets());
  for (const street of streets) {
    ground.stroke(street.points, halfWidthOf(street.class) + 1.2, (i) => mark(ground, i, ROAD));
  }
  return { streets, ground, canals };
}

/** Small parks in the younger neighbourhoods, where streets and houses leave room. */
function markGreen(
  ground: Ground,
  terrain: Terrain,
  plan: SettlementPlan,
  neighbourhoods: Neighbourhoods,
): void {
  const { labels } = neighbourhoods;
  for (let i = 0; i < labels.cells.length; i++) {
    const label = labels.cells[i]!;
    if (label === 0 || !GREEN_KINDS.has(plan.seeds[label - 1]!.kind)) continue;
    const { x, y } = labels.centre(i);
    if (!isPocketPark(terrain, x, y)) continue;
    const half = labels.size / 2;
    const corners = [
      { x: x - half, y: y - half },
      { x: x + half, y: y - half },
      { x: x + half, y: y + half },
      { x: x - half, y: y + half },
    ];
    ground.fill(corners, (index) => mark(ground, index, GREEN));
  }
}

const GREEN_KINDS: ReadonlySet<NeighbourhoodKind> = new Set([
  'inner',
  'postwar',
  'suburb',
  'new',
  'town',
]);

/** Whether a small park lies here, given a neighbourhood that has some. */
export function isPocketPark(terrain: Terrain, x: number, y: number): boolean {
  return terrain.noise.at(x + 70_000, y, 430) > 0.6;
}

/** The streets of the largest connected net: an isolated lane is no street. */
function connectedStreets(streets: readonly Street[]): Street[] {
  const groups = new Map<Point, Point>();
  const find = (point: Point): Point => {
    let root = point;
    for (let up = groups.get(root); up && up !== root; up = groups.get(root)) root = up;
    groups.set(point, root);
    return root;
  };
  for (const { points } of streets) {
    const root = find(points[0]!);
    for (const point of points) groups.set(find(point), root);
  }
  const sizes = new Map<Point, number>();
  for (const { points } of streets)
    sizes.set(find(points[0]!), (sizes.get(find(points[0]!)) ?? 0) + 1);
  const largest = [...sizes].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
  return streets.filter(({ points }) => find(points[0]!) === largest);
}

function mark(ground: Ground, index: number, bit: number): void {
  ground.cells[index] = ground.cells[index]! | bit;
}

function digCanals(terrain: Terrain): Water[] {
  const loop = coreCircle(terrain.noise, CANAL_RADIUS);
  const half = loop.length >> 1;
  return [
    { name: 'Oude Gracht', ring: ribbon(loop.slice(0, half + 1), () => 8) },
    { name: 'Nieuwe Gracht', ring: ribbon(loop.slice(half), () => 8) },
  ];
}

function layArterials(site: Site, arterials: Arterials): void {
  for (const chain of arterials.chains) {
    site.network.add(chain.points, { class: chain.rank, neighbourhood: -1, oneWay: false });
    keepClear(site.ground, chain.points, 27);
  }
  for (const side of [1, -1]) {
    const lane = offset(arterials.motorway, -11 * side);
    const points = side > 0 ? lane : lane.reverse();
    site.network.add(points, { class: 'motorway', neighbourhood: -1, oneWay: true }, false);
  }
  keepClear(site.ground, arterials.motorway, 48);
}

function keepClear(ground: Ground, line: readonly Point[], radius: number): void {
  ground.stroke(line, radius, (i) => mark(ground, i, NEAR_MAIN_ROAD));
}

const BUILT_UP: ReadonlySet<NeighbourhoodKind> = new Set([
  'historic',
  'inner',
  'postwar',
  'suburb',
  'new',
  'town',
  'village',
  'port',
  'industrial',
  'office',
  'park',
]);

/** Collector roads along the borders between built-up neighbourhoods. */
function layBorders(site: Site): void {
  const { plan, neighbourhoods, ground, network } = site;
  const kindOf = (label: number) => (label > 0 ? plan.seeds[label - 1]!.kind : undefined);
  const isSite = (kind: NeighbourhoodKind | undefined) => kind !== undefined && BUILT_UP.has(kind);
  const borders = neighbourhoods.arcs.filter(({ left, right }) => {
    const kinds = [kindOf(left), kindOf(right)];
    return kinds.every(isSite) && !kinds.every((kind) => kind === 'historic');
  });
  for (const arc of borders) {
    layStreet(network, arc.points, {
      ...obstacles(site, () => true),
      kind: { class: 'tertiary', neighbourhood: Math.min(arc.left, arc.right) - 1, oneWay: false },
      reach: 110,
      minLength: 60,
      keepEnds: true,
    });
  }
  for (const arc of borders) keepClear(ground, arc.points, 25);
}

function obstacles(
  site: Site,
  isWithin: (x: number, y: number) => boolean,
): Pick<LayOptions, 'isBlocked' | 'isWater'> {
  const { ground } = site;
  return {
    isBlocked: (x, y) =>
      (ground.get(x, y, WATER) & (WATER | GREEN | NEAR_MAIN_ROAD)) !== 0 || !isWithin(x, y),
    isWater: (x, y) => (ground.get(x, y, WATER) & WATER) !== 0,
  };
}

function layNeighbourhood(site: Site, index: number): void {
  const { plan, neighbourhoods, terrain } = site;
  const seed = plan.seeds[index]!;
  const random = site.random.fork('streets', index);
  const frame = {
    centre: seed.centre,
    angle: orientation(site, index, random),
    radius: seed.reach * 2.6,
  };
  const look = styleOf(seed.kind);
  const streets = latticeStreets(random, terrain.noise, frame, look);
  const isWithin = (x: number, y: number) => neighbourhoods.labels.get(x, y) === index + 1;
  layPlan(site, streets, index, isWithin);
}

/** Streets follow the way to the centre in the old rings, and their own mind elsewhere. */
function orientation(site: Site, index: number, random: Random): number {
  const seed = site.plan.seeds[index]!;
  if (seed.kind === 'port') return -0.05;
  const around = Math.atan2(seed.centre.y - CITY.y, seed.centre.x - CITY.x);
  if (seed.kind === 'inner') return around + random.range(-0.15, 0.15);
  if (seed.kind === 'postwar')
    return around + random.pick([0, Math.PI / 2]) + random.range(-0.3, 0.3);
  return random.range(0, Math.PI);
}

function layCore(site: Site): void {
  const { plan, neighbourhoods } = site;
  const inCore = (x: number, y: number) => {
    const label = neighbourhoods.labels.get(x, y);
    return label > 0 && plan.seeds[label - 1]!.kind === 'historic';
  };
  const index = plan.seeds.findIndex((seed) => seed.kind === 'historic');
  layPlan(site, coreStreets(site.random.fork('core'), site.terrain.noise), index, inCore);
}

function layPlan(
  site: Site,
  streets: StreetPlan,
  index: number,
  isWithin: (x: number, y: number) => boolean,
): void {
  const { kind } = site.plan.seeds[index]!;
  const look = styleOf(kind);
  const random = site.random.fork('one-way', index);
  const shared = { ...obstacles(site, isWithin), minLength: kind === 'rural' ? 250 : 48 };
  const oneWayShare = kind === 'historic' ? 0.4 : kind === 'inner' ? 0.25 : 0.04;
  const lay = (line: readonly Point[], roadClass: RoadClass) =>
    layStreet(site.network, line, {
      ...shared,
      reach: 75,
      keepEnds: line[0] === line[line.length - 1],
      kind: { class: roadClass, neighbourhood: index, oneWay: random.chance(oneWayShare) },
    });
  for (const line of streets.long) lay(line, look.class);
  for (const line of streets.cross) lay(line, crossClass(kind, look.crossClass, random));
}

function crossClass(kind: NeighbourhoodKind, usual: RoadClass, random: Random): RoadClass {
  if (kind === 'historic' && random.chance(0.45)) return 'pedestrian';
  if (kind === 'suburb' && random.chance(0.12)) return 'cycleway';
  return usual;
}

/** Slip roads where the motorway crosses main roads, at least 900 m apart. */
function addRamps(site: Site, arterials: Arterials): void {
  const line = arterials.motorway;
  const mains = arterials.chains.filter((chain) => chain.rank !== 'tertiary');
  let lastAt = -Infinity;
  line.forEach((point, i) => {
    if (i < 9 || i > line.length - 10 || i - lastAt < 24) return;
    const meets = mains.some((chain) => chain.points.some((other) => distance(other, point) < 26));
    if (!meets) return;
    lastAt = i;
    for (const [along, side] of [
      [-8, -1],
      [8, -1],
      [-8, 1],
      [8, 1],
    ] as const)
      addRamp(site, line, i, along, side);
  });
  joinMotorwayEnds(site, line);
}

function addRamp(
  site: Site,
  line: readonly Point[],
  at: number,
  along: number,
  side: number,
): void {
  const isMotorway = (kind: { class: RoadClass }) => kind.class === 'motorway';
  const isMain = (kind: { class: RoadClass }) =>
    kind.class === 'primary' || kind.class === 'secondary';
  const on = site.network.joinNearest(offset(line, 11 * side)[at + along]!, 12, isMotorway);
  const foot = offset(line, 62 * side)[at]!;
  const off = site.network.joinNearest(foot, 75, isMain);
  if (!on || !off) return;
  const bow = offset(line, 44 * side)[at + Math.round(along / 2)]!;
  const isLeaving = along * side > 0;
  const points = resample([on, bow, off], 30);
  points[0] = on;
  points[points.length - 1] = off;
  site.network.add(
    isLeaving ? points : points.reverse(),
    { class: 'motorway', neighbourhood: -1, oneWay: true },
    false,
  );
}

function joinMotorwayEnds(site: Site, line: readonly Point[]): void {
  const isMain = (kind: { class: RoadClass }) =>
    kind.class !== 'motorway' && kind.class !== 'track';
  for (const [at, next] of [
    [0, 1],
    [line.length - 1, line.length - 2],
  ] as const) {
    const join = site.network.joinNearest(line[at]!, 900, isMain);
    if (!join) continue;
    for (const side of [1, -1]) {
      const lane = site.network.joinNearest(
        offset(line, 11 * side)[at]!,
        12,
        (kind) => kind.class === 'motorway',
      );
      const isTowards = at < next !== side > 0;
      if (!lane) continue;
      const points = isTowards ? [lane, join] : [join, lane];
      site.network.add(points, { class: 'primary', neighbourhood: -1, oneWay: true });
    }
  }
}

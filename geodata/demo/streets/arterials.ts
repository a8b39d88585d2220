import { distance, resample, smooth, spline, type Point } from '../plane/geometry.js';
import type { Random } from '../plane/random.js';
import type { SettlementPlan, Settlement } from '../land/settlements.js';
import { CITY, HALF_HEIGHT, HALF_WIDTH, LAKE, RIVER, SEA, type Terrain } from '../land/terrain.js';
import { RouteGrid, type Chain } from './route-grid.js';

/** Main roads, laid out before anything else: rings, radials and the roads between settlements. */
export type Arterials = {
  readonly chains: readonly Chain[];
  /** Centre line of the motorway; its carriageways run on both sides. */
  readonly motorway: readonly Point[];
};

const GRID = 60;

export function planArterials(random: Random, terrain: Terrain, plan: SettlementPlan): Arterials {
  const grid = new RouteGrid(-HALF_WIDTH, -HALF_HEIGHT, GRID, HALF_WIDTH, HALF_HEIGHT, (p) =>
    roadCost(terrain, p),
  );
  const spots = { core: circle(random, 500, 7), ring: circle(random, 1_640, 11) };
  connectRing(grid, spots.core, 'secondary');
  connectRing(grid, spots.ring, 'primary');
  connectCoreWithRing(grid, spots.core, spots.ring);
  const towns = plan.settlements.filter((settlement) => settlement.size === 'town');
  for (const town of towns)
    grid.connect(town.centre, nearestOf(spots.ring, town.centre), 'primary');
  connectPort(grid, spots.ring);
  for (const [a, b] of neighbourPairs(towns, 8_500)) grid.connect(a.centre, b.centre, 'secondary');
  for (const [a, b] of neighbourPairs(plan.settlements, 4_200)) {
    if (a.size === 'village' || b.size === 'village') grid.connect(a.centre, b.centre, 'tertiary');
  }
  for (const village of plan.settlements.filter((settlement) => settlement.size === 'village')) {
    const others = plan.settlements.filter((settlement) => settlement !== village);
    grid.connect(
      village.centre,
      nearestOf(
        others.map((other) => other.centre),
        village.centre,
      ),
      'tertiary',
    );
  }
  for (const seed of plan.seeds) {
    if (seed.kind === 'industrial' || seed.kind === 'office')
      grid.connect(
        seed.centre,
        nearestOf([...spots.ring, ...towns.map((t) => t.centre)], seed.centre),
        'secondary',
      );
  }
  return { chains: warped(grid.chains(), terrain).map(smoothChain), motorway: makeMotorway() };
}

/** Bends the grid's straight runs; shared end points stay shared. */
function warped(chains: readonly Chain[], terrain: Terrain): Chain[] {
  const moved = new Map<Point, Point>();
  const move = (point: Point): Point => {
    const known = moved.get(point);
    if (known) return known;
    const sway = (shift: number) =>
      95 * terrain.noise.octaves(point.x + shift, point.y - shift, 900, 2);
    const bent = { x: point.x + sway(31_000), y: point.y + sway(57_000) };
    const isDry = terrain.cover.get(bent.x, bent.y, SEA) !== LAKE;
    moved.set(point, isDry ? bent : point);
    return moved.get(point)!;
  };
  return chains.map((chain) => ({ ...chain, points: chain.points.map(move) }));
}

function smoothChain(chain: Chain): Chain {
  const curved = smooth(chain.points, 5);
  const even = resample(curved, 30);
  even[0] = chain.points[0]!;
  even[even.length - 1] = chain.points[chain.points.length - 1]!;
  return { rank: chain.rank, points: even };
}

function roadCost(terrain: Terrain, point: Point): number {
  const cover = terrain.cover.get(point.x, point.y, SEA);
  if (cover === SEA || cover === LAKE) return Infinity;
  const bridge = cover === RIVER ? 9 : 1;
  return bridge * (1 + 0.55 * terrain.noise.octaves(point.x + 5_000, point.y, 1_100, 2));
}

function circle(random: Random, radius: number, count: number): Point[] {
  return Array.from({ length: count }, (_, i) => {
    const angle = ((i + random.range(-0.12, 0.12)) / count) * 2 * Math.PI;
    const away = radius * random.range(0.95, 1.06);
    return { x: CITY.x + away * Math.cos(angle), y: CITY.y + away * Math.sin(angle) };
  });
}

function connectRing(grid: RouteGrid, spots: readonly Point[], rank: Chain['rank']): void {
  spots.forEach((spot, i) => grid.connect(spot, spots[(i + 1) % spots.length]!, rank));
}

function connectCoreWithRing(
  grid: RouteGrid,
  core: readonly Point[],
  ring: readonly Point[],
): void {
  for (const spot of core) grid.connect(spot, nearestOf(ring, spot), 'secondary');
}

function connectPort(grid: RouteGrid, ring: readonly Point[]): void {
  const gates: Point[] = [
    { x: CITY.x - 3_000, y: CITY.y + 1_150 },
    { x: CITY.x - 3_300, y: CITY.y - 1_050 },
  ];
  for (const gate of gates) grid.connect(gate, nearestOf(ring, gate), 'secondary');
}

/** Pairs with no third settlement clearly between them, so that roads form a net without doubles. */
function neighbourPairs(places: readonly Settlement[], reach: number): [Settlement, Settlement][] {
  const pairs: [Settlement, Settlement][] = [];
  places.forEach((a, i) => {
    for (const b of places.slice(i + 1)) {
      const apart = distance(a.centre, b.centre);
      const isBlocked = places.some(
        (c) =>
          c !== a &&
          c !== b &&
          Math.max(distance(a.centre, c.centre), distance(b.centre, c.centre)) < apart,
      );
      if (apart < reach && !isBlocked) pairs.push([a, b]);
    }
  });
  return pairs;
}

function nearestOf(spots: readonly Point[], point: Point): Point {
  return spots.reduce((best, spot) =>
    distance(spot, point) < distance(best, point) ? spot : best,
  );
}

function makeMotorway(): Point[] {
  const control = [
    [-4_350, -1_420],
    [-3_600, -1_720],
    [-2_300, -2_300],
    [-700, -2_640],
    [900, -2_560],
    [2_150, -1_800],
    [2_720, -600],
    [2_850, 900],
    [3_300, 2_300],
    [4_500, 3_300],
    [6_000, 3_700],
  ];
  return resample(
    spline(
      control.map(([x, y]) => ({ x: CITY.x + x!, y: CITY.y + y! })),
      40,
    ),
    40,
  );
}

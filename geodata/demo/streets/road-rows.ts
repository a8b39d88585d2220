import { between, distance, lineLength, type Point } from '../plane/geometry.js';
import type { Random } from '../plane/random.js';
import type { SettlementPlan } from '../land/settlements.js';
import { streetName } from '../people/names.js';
import { CANAL, WATER, type Ground } from './build-streets.js';
import type { RoadClass, Street } from './street-network.js';

export type RoadCondition = 'good' | 'fair' | 'poor' | 'bad';

/** A road as the table has it: one stretch of street, either on a bridge or not. */
export type RoadRow = {
  readonly id: number;
  readonly street: number;
  readonly class: RoadClass;
  readonly name: string | null;
  readonly ref: string | null;
  readonly surface: string;
  readonly smoothness: string;
  readonly condition: RoadCondition;
  readonly maxSpeed: number;
  readonly oneWay: boolean;
  readonly lanes: number;
  readonly bridge: boolean;
  readonly lengthM: number;
  readonly points: readonly Point[];
};

export type RoadEdge = {
  readonly roadId: number;
  readonly sequence: number;
  readonly from: number;
  readonly to: number;
  readonly lengthM: number;
  readonly points: readonly Point[];
};

export type RoadGraph = {
  readonly roads: readonly RoadRow[];
  /** Point of node id `i + 1`. */
  readonly nodes: readonly Point[];
  readonly edges: readonly RoadEdge[];
};

const SPEEDS: Record<RoadClass, number> = {
  motorway: 100,
  primary: 70,
  secondary: 60,
  tertiary: 50,
  residential: 30,
  service: 30,
  track: 15,
  pedestrian: 10,
  cycleway: 25,
};

/** Names of streets by index; null for motorway and cycle paths. */
export function nameStreets(
  random: Random,
  plan: SettlementPlan,
  streets: readonly Street[],
): (string | null)[] {
  const used = new Set<string>();
  return streets.map((street) => {
    if (street.class === 'motorway' || street.class === 'cycleway') return null;
    const kind = street.neighbourhood < 0 ? 'main' : plan.seeds[street.neighbourhood]!.kind;
    const municipality =
      street.neighbourhood < 0 ? -1 : plan.seeds[street.neighbourhood]!.municipality;
    for (let attempt = 0; ; attempt++) {
      const name = streetName(random, kind);
      const key = `${municipality}/${name}`;
      if (used.has(key) && attempt < 12) continue;
      used.add(key);
      return name;
    }
  });
}

/** Streets as rows, with junctions as nodes and the pieces between junctions as edges. */
export function roadGraph(
  random: Random,
  plan: SettlementPlan,
  streets: readonly Street[],
  names: readonly (string | null)[],
  ground: Ground,
): RoadGraph {
  const roads: RoadRow[] = [];
  streets.forEach((street, index) => {
    const look = surfaceOf(random, plan, street);
    for (const piece of splitAtBridges(street.points, ground)) {
      roads.push({
        id: roads.length + 1,
        street: index,
        class: street.class,
        name: names[index] ?? null,
        ref: refOf(street, index),
        ...look,
        maxSpeed:
          SPEEDS[street.class] + (street.class === 'primary' && random.chance(0.3) ? 10 : 0),
        oneWay: street.oneWay,
        lanes: lanesOf(street),
        bridge: piece.bridge,
        lengthM: lineLength(piece.points),
        points: piece.points,
      });
    }
  });
  return { roads, ...splitAtJunctions(roads) };
}

function refOf(street: Street, index: number): string | null {
  if (street.class === 'motorway') return 'A1';
  if (street.class === 'primary') return `N${100 + (index % 60)}`;
  return null;
}

function lanesOf(street: Street): number {
  if (street.class === 'motorway' || street.class === 'primary') return 2;
  return street.oneWay || street.class === 'cycleway' || street.class === 'track' ? 1 : 2;
}

type Surface = Pick<RoadRow, 'surface' | 'smoothness' | 'condition'>;

const CONDITIONS: Record<RoadCondition, string> = {
  good: 'good',
  fair: 'intermediate',
  poor: 'bad',
  bad: 'very_bad',
};

function surfaceOf(random: Random, plan: SettlementPlan, street: Street): Surface {
  const kind = street.neighbourhood < 0 ? 'main' : plan.seeds[street.neighbourhood]!.kind;
  const condition = random.weighted<RoadCondition>(wearOf(street.class, kind));
  return {
    surface: pavingOf(random, street.class, kind),
    condition,
    smoothness: CONDITIONS[condition],
  };
}

function pavingOf(random: Random, roadClass: RoadClass, kind: string): string {
  if (roadClass === 'track')
    return random.weighted([
      ['gravel', 5],
      ['ground', 2],
      ['asphalt', 2],
    ]);
  if (kind === 'historic')
    return random.weighted([
      ['sett', 6],
      ['paving_stones', 4],
    ]);
  if (roadClass === 'residential')
    return random.weighted([
      ['paving_stones', 6],
      ['asphalt', 4],
    ]);
  return random.weighted([
    ['asphalt', 18],
    ['concrete', 1],
  ]);
}

function wearOf(roadClass: RoadClass, kind: string): (readonly [RoadCondition, number])[] {
  if (roadClass === 'motorway' || roadClass === 'primary')
    return [
      ['good', 88],
      ['fair', 11],
      ['poor', 1],
    ];
  if (roadClass === 'track')
    return [
      ['good', 8],
      ['fair', 32],
      ['poor', 40],
      ['bad', 20],
    ];
  if (kind === 'historic' || kind === 'port')
    return [
      ['good', 34],
      ['fair', 40],
      ['poor', 22],
      ['bad', 4],
    ];
  if (kind === 'new')
    return [
      ['good', 90],
      ['fair', 10],
    ];
  if (kind === 'rural')
    return [
      ['good', 40],
      ['fair', 36],
      ['poor', 20],
      ['bad', 4],
    ];
  if (kind === 'postwar')
    return [
      ['good', 48],
      ['fair', 36],
      ['poor', 15],
      ['bad', 1],
    ];
  return [
    ['good', 66],
    ['fair', 27],
    ['poor', 7],
  ];
}

function splitAtBridges(
  points: readonly Point[],
  ground: Ground,
): { points: Point[]; bridge: boolean }[] {
  const pieces: { points: Point[]; bridge: boolean }[] = [];
  for (let i = 1; i < points.length; i++) {
    const bridge = isWet(points[i - 1]!, points[i]!, ground);
    const last = pieces[pieces.length - 1];
    if (last && last.bridge === bridge) last.points.push(points[i]!);
    else pieces.push({ points: [points[i - 1]!, points[i]!], bridge });
  }
  return pieces;
}

function isWet(a: Point, b: Point, ground: Ground): boolean {
  const steps = Math.max(2, Math.ceil(distance(a, b) / 5));
  for (let i = 1; i < steps; i++) {
    const { x, y } = between(a, b, i / steps);
    if ((ground.get(x, y) & (WATER | CANAL)) !== 0) return true;
  }
  return false;
}

function splitAtJunctions(roads: readonly RoadRow[]): Pick<RoadGraph, 'nodes' | 'edges'> {
  const uses = new Map<Point, number>();
  for (const { points } of roads)
    for (const point of points) uses.set(point, (uses.get(point) ?? 0) + 1);
  const ids = new Map<Point, number>();
  const idOf = (point: Point): number => {
    if (!ids.has(point)) ids.set(point, ids.size + 1);
    return ids.get(point)!;
  };
  const edges: RoadEdge[] = [];
  for (const road of roads) {
    let start = 0;
    let sequence = 0;
    for (let i = 1; i < road.points.length; i++) {
      if (i < road.points.length - 1 && uses.get(road.points[i]!)! < 2) continue;
      const points = road.points.slice(start, i + 1);
      edges.push({
        roadId: road.id,
        sequence,
        from: idOf(points[0]!),
        to: idOf(points[points.length - 1]!),
        lengthM: lineLength(points),
        points,
      });
      sequence += 1;
      start = i;
    }
  }
  return { nodes: [...ids.keys()], edges };
}

import { ringArea, type Point, type Polygon } from '../plane/geometry.js';
import { Raster } from '../plane/raster.js';
import { groupPolygons, groupRings, traceArcs } from '../plane/trace.js';
import {
  GREEN,
  isPocketPark,
  NEAR_MAIN_ROAD,
  WATER,
  type StreetLayout,
} from '../streets/build-streets.js';
import type { Neighbourhoods } from './neighbourhoods.js';
import type { NeighbourhoodKind, SettlementPlan } from './settlements.js';
import { blob, CITY, type Terrain } from './terrain.js';
import type { Random } from '../plane/random.js';

export type LandCoverKind =
  'water' | 'park' | 'forest' | 'grass' | 'farmland' | 'beach' | 'residential';
export type LandCover = {
  readonly kind: LandCoverKind;
  readonly name: string | null;
  readonly polygon: Polygon;
};

export type ZoneKind =
  'industrial' | 'commercial' | 'retail' | 'office_park' | 'port' | 'institutional';
export type BusinessZone = {
  readonly kind: ZoneKind;
  readonly name: string;
  readonly polygons: readonly Polygon[];
};

const KINDS: readonly LandCoverKind[] = [
  'residential',
  'park',
  'forest',
  'grass',
  'farmland',
  'beach',
];
const BUSINESS: ReadonlySet<NeighbourhoodKind> = new Set(['port', 'industrial', 'office']);

/** The quiet background of the map: sea, water, parks, woods, fields, dunes and built-up land. */
export function coverLand(
  terrain: Terrain,
  plan: SettlementPlan,
  neighbourhoods: Neighbourhoods,
  layout: StreetLayout,
): LandCover[] {
  const grid = paint(terrain, plan, neighbourhoods);
  const arcs = traceArcs(grid, 6, 6);
  const land = KINDS.flatMap((kind, i) =>
    groupPolygons((label) => label === i + 1, arcs)
      .filter(([outer]) => ringArea(outer!) > 3_000)
      .map((polygon) => ({ kind, name: null, polygon })),
  );
  const waters = [...terrain.waters, ...layout.canals].map(({ name, ring }) => {
    const outer = ringArea(ring) > 0 ? ring : [...ring].reverse();
    return { kind: 'water' as const, name, polygon: [outer] };
  });
  return [sea(neighbourhoods), ...land, ...waters];
}

/** Half the sea's width and height, metres: its rim is out of sight on a wide screen down to zoom 7. */
const SEA_HALF_WIDTH = 700_000;
const SEA_HALF_HEIGHT = 450_000;

/** The sea as far as a map of the region reaches, with the island left out. */
function sea(neighbourhoods: Neighbourhoods): LandCover {
  const w = SEA_HALF_WIDTH;
  const h = SEA_HALF_HEIGHT;
  const frame: Point[] = [
    { x: -w, y: -h },
    { x: w, y: -h },
    { x: w, y: h },
    { x: -w, y: h },
  ];
  return {
    kind: 'water',
    name: 'Zanderzee',
    polygon: [frame, ...groupRings((label) => label === 0, neighbourhoods.arcs)],
  };
}

function paint(
  terrain: Terrain,
  plan: SettlementPlan,
  neighbourhoods: Neighbourhoods,
): Raster<Int16Array> {
  const { labels } = neighbourhoods;
  const cells = new Int16Array(labels.cells.length);
  const shore = nearSea(labels, 6);
  for (let i = 0; i < cells.length; i++) {
    const label = labels.cells[i]!;
    if (label === 0) continue;
    const { kind } = plan.seeds[label - 1]!;
    const { x, y } = labels.centre(i);
    cells[i] = KINDS.indexOf(coverAt(terrain, kind, x, y, shore[i]!)) + 1;
  }
  return new Raster(cells, labels.west, labels.south, labels.size, labels.width, labels.height);
}

function coverAt(
  terrain: Terrain,
  kind: NeighbourhoodKind,
  x: number,
  y: number,
  shore: number,
): LandCoverKind {
  const { noise } = terrain;
  if (kind === 'park') return 'park';
  if (kind !== 'rural') {
    const hasParks = !BUSINESS.has(kind) && kind !== 'historic' && kind !== 'village';
    return hasParks && isPocketPark(terrain, x, y) ? 'park' : 'residential';
  }
  const dune = shore > 0 && noise.at(x, y + 40_000, 2_600) > -0.35;
  if (dune) return shore > 2 + 2 * noise.at(x, y, 300) ? 'beach' : 'grass';
  if (noise.octaves(x - 3_000, y + 9_000, 2_300, 3) > 0.24) return 'forest';
  return noise.octaves(x + 12_000, y, 1_500, 2) > 0.05 ? 'grass' : 'farmland';
}

/** For each cell how near the sea is: `reach` at the water, 0 beyond `reach` cells. */
function nearSea(labels: Raster<Int16Array>, reach: number): Uint8Array {
  const near = new Uint8Array(labels.cells.length);
  let front: number[] = [];
  for (let i = 0; i < near.length; i++) if (labels.cells[i] === 0) front.push(i);
  for (let value = reach; value > 0; value--) {
    const next: number[] = [];
    for (const i of front) {
      for (const j of [i - 1, i + 1, i - labels.width, i + labels.width]) {
        if (j < 0 || j >= near.length || near[j] !== 0 || labels.cells[j] === 0) continue;
        near[j] = value;
        next.push(j);
      }
    }
    front = next;
  }
  return near;
}

/** Harbour, industry and offices fill their neighbourhoods; shops and campuses are spots within others. */
export function drawZones(
  spots: readonly ZoneSpot[],
  terrain: Terrain,
  plan: SettlementPlan,
  neighbourhoods: Neighbourhoods,
  layout: StreetLayout,
): BusinessZone[] {
  const { labels } = neighbourhoods;
  const cells = new Int16Array(labels.cells.length);
  for (let i = 0; i < cells.length; i++) {
    const label = labels.cells[i]!;
    if (label === 0 || !BUSINESS.has(plan.seeds[label - 1]!.kind)) continue;
    const { x, y } = labels.centre(i);
    const isWet = terrain.cover.cells[i] !== 0;
    const isCut = (layout.ground.get(x, y) & (WATER | GREEN | NEAR_MAIN_ROAD)) !== 0;
    if (!isWet && !isCut) cells[i] = label;
  }
  const grid = new Raster(
    cells,
    labels.west,
    labels.south,
    labels.size,
    labels.width,
    labels.height,
  );
  spots.forEach((spot, s) => {
    grid.fill(spot.ring, (i) => {
      const { x, y } = labels.centre(i);
      const isFree =
        labels.cells[i] !== 0 && cells[i] === 0 && (layout.ground.get(x, y, WATER) & WATER) === 0;
      if (isFree) cells[i] = 1_000 + s;
    });
  });
  const arcs = traceArcs(grid, 4, 5);
  const large = (label: number) =>
    groupPolygons((other) => other === label, arcs).filter(([outer]) => ringArea(outer!) > 6_000);
  const named = plan.seeds.flatMap((seed, i) => {
    if (!BUSINESS.has(seed.kind)) return [];
    const kind =
      seed.kind === 'port' ? 'port' : seed.kind === 'office' ? 'office_park' : 'industrial';
    return [{ kind: kind as ZoneKind, name: seed.name, polygons: large(i + 1) }];
  });
  const small = spots.map((spot, s) => ({
    kind: spot.kind,
    name: spot.name,
    polygons: large(1_000 + s),
  }));
  return [...named, ...small].filter((zone) => zone.polygons.length > 0);
}

/** A business area within neighbourhoods of another kind. */
export type ZoneSpot = {
  readonly kind: ZoneKind;
  readonly name: string;
  readonly ring: readonly Point[];
};

/** Shopping centres, furniture malls, station quarter, university and hospital. */
export function spotZones(random: Random, plan: SettlementPlan): ZoneSpot[] {
  const at = (kind: ZoneKind, name: string, dx: number, dy: number, radius: number): ZoneSpot => ({
    kind,
    name,
    ring: blob(random, { x: CITY.x + dx, y: CITY.y + dy }, radius),
  });
  const towns = plan.seeds.filter((seed) => seed.kind === 'town');
  return [
    at('retail', 'Binnenstad', 0, 0, 225),
    at('commercial', 'Stationsplein', 60, 880, 170),
    at('institutional', 'Universiteit Zanderhaven', -900, -640, 190),
    at('institutional', 'Zander Ziekenhuis', 1_340, 700, 180),
    at('retail', 'Meubelboulevard Zuidpoort', 1_000, -2_120, 210),
    at('retail', 'Noorderpassage', -300, 1_780, 150),
    at('commercial', 'Oosterpoort Plaza', 1_560, -330, 140),
    at('retail', 'Westerwinkels', -1_640, -180, 130),
    ...towns.map((seed) => ({
      kind: 'retail' as const,
      name: seed.name,
      ring: blob(random, seed.centre, 130),
    })),
  ];
}

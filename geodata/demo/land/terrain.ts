import { offset, resample, ribbon, spline, type Point } from '../plane/geometry.js';
import { Noise, type Random } from '../plane/random.js';
import { Raster } from '../plane/raster.js';

/** Half the width and height of the modelled plane, metres. */
export const HALF_WIDTH = 12_000;
export const HALF_HEIGHT = 9_000;
export const CITY: Point = { x: -2_600, y: -700 };

export const SEA = 1;
export const LAKE = 2;
export const RIVER = 3;

export type Water = { readonly name: string; readonly ring: readonly Point[] };

/** The island before anything was built: coast, river, lakes and docks. */
export type Terrain = {
  /** 0 land, else SEA, LAKE or RIVER; cells of 20 m. */
  readonly cover: Raster<Uint8Array>;
  readonly river: readonly Point[];
  readonly waters: readonly Water[];
  readonly noise: Noise;
};

/** Half the width of the river in metres at a share (0 spring, 1 mouth) of its length. */
function riverHalfWidth(share: number): number {
  if (share < 0.7) return 20 + 30 * share;
  return 41 + 240 * ((share - 0.7) / 0.3) ** 2.4;
}

export function makeTerrain(random: Random): Terrain {
  const noise = new Noise(random.fork('terrain').seed);
  const cover = emptyRaster(20);
  paintSea(cover, noise);
  const river = makeRiver(random.fork('river'));
  const riverRing = ribbon(river, (i) => riverHalfWidth(i / (river.length - 1)));
  cover.fill(riverRing, (index) => {
    if (cover.cells[index] === 0) cover.cells[index] = RIVER;
  });
  const waters: Water[] = [{ name: 'Zander', ring: riverRing }];
  const still = [...makeLakes(random.fork('lakes'), river), ...makeDocks(river)];
  for (const water of still) {
    cover.fill(water.ring, (index) => {
      if (cover.cells[index] !== SEA) cover.cells[index] = LAKE;
    });
  }
  return { cover, river, waters: [...waters, ...still], noise };
}

/** A grid over the whole plane, filled with zeros. */
export function emptyRaster(size: number): Raster<Uint8Array> {
  const width = (2 * HALF_WIDTH) / size;
  const height = (2 * HALF_HEIGHT) / size;
  return new Raster(new Uint8Array(width * height), -HALF_WIDTH, -HALF_HEIGHT, size, width, height);
}

function paintSea(cover: Raster<Uint8Array>, noise: Noise): void {
  for (let index = 0; index < cover.cells.length; index++) {
    const { x, y } = cover.centre(index);
    const rim = Math.hypot(x / (HALF_WIDTH - 1_400), y / (HALF_HEIGHT - 1_300)) ** 2;
    const coast = rim + 0.72 * noise.octaves(x, y, 5_600, 6);
    if (coast > 0.88) cover.cells[index] = SEA;
  }
  keepLargestIsland(cover);
}

/** Turns inland "sea" into land and islets into sea, so that one coast remains. */
function keepLargestIsland(cover: Raster<Uint8Array>): void {
  const reached = new Uint8Array(cover.cells.length);
  flood(cover, reached, 0, (cell) => cell === SEA);
  for (let i = 0; i < reached.length; i++) if (reached[i] === 0) cover.cells[i] = 0;
  reached.fill(0);
  flood(cover, reached, cover.index(0, 0), (cell) => cell === 0);
  for (let i = 0; i < reached.length; i++) if (reached[i] === 0) cover.cells[i] = SEA;
}

function flood(
  raster: Raster<Uint8Array>,
  reached: Uint8Array,
  start: number,
  passable: (cell: number) => boolean,
): void {
  const stack = [start];
  reached[start] = 1;
  while (stack.length > 0) {
    const index = stack.pop()!;
    const column = index % raster.width;
    const next = [index - raster.width, index + raster.width];
    if (column > 0) next.push(index - 1);
    if (column < raster.width - 1) next.push(index + 1);
    for (const neighbour of next) {
      if (reached[neighbour] !== 0 || neighbour < 0 || neighbour >= reached.length) continue;
      if (!passable(raster.cells[neighbour]!)) continue;
      reached[neighbour] = 1;
      stack.push(neighbour);
    }
  }
}

function makeRiver(random: Random): Point[] {
  const wander = () => random.range(-350, 350);
  const control: Point[] = [
    { x: 6_900, y: 2_500 },
    { x: 5_200, y: 2_300 + wander() },
    { x: 3_700, y: 1_000 + wander() },
    { x: 2_000, y: 900 + wander() },
    { x: 600, y: -500 + wander() / 2 },
    { x: -1_000, y: -750 + wander() / 3 },
    { x: CITY.x - 100, y: CITY.y + 640 },
    { x: CITY.x - 1_400, y: CITY.y + 330 },
    { x: CITY.x - 3_000, y: CITY.y - 250 + wander() / 3 },
    { x: CITY.x - 5_200, y: CITY.y - 400 + wander() },
    { x: -10_800, y: CITY.y - 900 },
    { x: -12_000, y: CITY.y - 1_100 },
  ];
  return resample(spline(control, 60), 60);
}

function makeLakes(random: Random, river: readonly Point[]): Water[] {
  const spring = river[0]!;
  const lakes: [string, Point, number][] = [
    ['Zandermeer', { x: spring.x + 250, y: spring.y + 200 }, 820],
    ['Klaarplas', { x: -4_900 + random.range(-300, 300), y: 3_150 }, 430],
    ['Holleplas', { x: 1_900, y: -3_600 + random.range(-300, 300) }, 520],
    ['Rietgat', { x: 900 + random.range(-300, 300), y: 3_700 }, 300],
    ['Zwaanvijver', { x: CITY.x + 1_750, y: CITY.y - 1_150 }, 170],
  ];
  return lakes.map(([name, centre, radius]) => ({ name, ring: blob(random, centre, radius) }));
}

/** A soft, irregular round shape. */
export function blob(random: Random, centre: Point, radius: number): Point[] {
  const waves = [2, 3, 4, 5].map((n) => ({
    n,
    size: random.range(0.05, 0.36 / n),
    at: random.range(0, 6.28),
  }));
  return Array.from({ length: 72 }, (_, i) => {
    const angle = (i / 72) * 2 * Math.PI;
    const swing = waves.reduce(
      (sum, wave) => sum + wave.size * Math.sin(wave.n * angle + wave.at),
      1,
    );
    return {
      x: centre.x + Math.cos(angle) * radius * swing,
      y: centre.y + Math.sin(angle) * radius * swing * 0.8,
    };
  });
}

/** Dock basins, dug into the banks of the lower river. */
function makeDocks(river: readonly Point[]): Water[] {
  const docks: [name: string, x: number, side: number, depth: number, width: number][] = [
    ['Houthaven', CITY.x - 2_350, 1, 430, 120],
    ['Oosterdok', CITY.x - 2_800, 1, 560, 130],
    ['Westerdok', CITY.x - 3_250, 1, 640, 140],
    ['Ertshaven', CITY.x - 3_150, -1, 520, 150],
    ['Containerhaven', CITY.x - 3_800, -1, 760, 210],
  ];
  return docks.map(([name, x, side, depth, width]) => {
    const at = river.reduce((best, p) => (Math.abs(p.x - x) < Math.abs(best.x - x) ? p : best));
    const axis = [
      { x: at.x, y: at.y },
      { x: at.x - 0.35 * depth, y: at.y + side * depth },
    ];
    return { name, ring: [...offset(axis, -width / 2), ...offset(axis, width / 2).reverse()] };
  });
}

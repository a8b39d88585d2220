import { toLonLat, toWorld, worldSize } from '../world.js';

type LonLat = readonly [lon: number, lat: number];

/** Where a position is: surely outside, surely inside, or so near the border that it takes exact coordinates. */
export const OUTSIDE = 0;
export const INSIDE = 1;
export const ON_BORDER = 2;

export type Side = typeof OUTSIDE | typeof INSIDE | typeof ON_BORDER;

/** Of the two steps that a stored position may be off: half by rounding down, the rest by rounding of numbers. */
const doubtDegrees = (2 * 360) / worldSize;
/** By how many positions the grid reaches beyond the shape. */
const margin = 8;
const smallestGrid = 16;
const largestGrid = 512;
/** Beyond it positions are on the edge of the world square and say nothing of the latitude. */
const mercatorLimit = 85.05;

type Edge = { x1: number; y1: number; x2: number; y2: number };

/**
 * A multipolygon prepared for telling on which side stored positions are: a grid laid over it knows the cells
 * without any edge as a whole, and for the others which edges are near.
 *
 * Edges are straight in longitude and latitude, as for ST_Covers. Positions of the store are kept to 9 mm:
 * what is nearer to an edge than they may be off is ON_BORDER, to be decided by PostGIS.
 */
export class Area {
  readonly #west: number;
  readonly #north: number;
  readonly #columnWidth: number;
  readonly #rowHeight: number;
  readonly #size: number;
  readonly #sides: Uint8Array;
  readonly #edgesOfRow: Edge[][];
  readonly #reachesPoles: boolean;

  /** @param polygons as in GeoJSON: polygons of rings, each closed */
  constructor(polygons: readonly (readonly (readonly LonLat[])[])[]) {
    const edges = polygons.flatMap((rings) => rings.flatMap(edgesOf));
    const box = boxOf(edges);
    this.#reachesPoles = box.north > mercatorLimit || box.south < -mercatorLimit;
    const northWest = toWorld(box.west, box.north);
    const southEast = toWorld(box.east, box.south);
    this.#west = northWest.x - margin;
    this.#north = northWest.y - margin;
    const wanted = Math.ceil(4 * Math.sqrt(edges.length));
    this.#size = Math.min(largestGrid, Math.max(smallestGrid, wanted));
    this.#columnWidth = (southEast.x + margin - this.#west) / this.#size;
    this.#rowHeight = (southEast.y + margin - this.#north) / this.#size;
    this.#edgesOfRow = Array.from({ length: this.#size }, () => []);
    this.#sides = new Uint8Array(this.#size * this.#size);
    for (const edge of edges) this.#mark(edge);
    this.#fill();
  }

  /** On which side a stored position is. */
  at(x: number, y: number): Side {
    if (this.#reachesPoles && (y === 0 || y === worldSize - 1)) return ON_BORDER;
    const column = Math.floor((x - this.#west) / this.#columnWidth);
    const row = Math.floor((y - this.#north) / this.#rowHeight);
    if (column < 0 || row < 0 || column >= this.#size || row >= this.#size) return OUTSIDE;
    const side = this.#sides[row * this.#size + column] as Side;
    if (side !== ON_BORDER) return side;
    const [lon, lat] = toLonLat(x + 0.5, y + 0.5);
    return sideOf(lon, lat, this.#edgesOfRow[row]!);
  }

  /** Marks the cells that an edge passes, and keeps it for their rows. */
  #mark(edge: Edge): void {
    const north = toWorld(0, Math.max(edge.y1, edge.y2)).y - margin / 2;
    const south = toWorld(0, Math.min(edge.y1, edge.y2)).y + margin / 2;
    const first = this.#clamp((north - this.#north) / this.#rowHeight);
    const last = this.#clamp((south - this.#north) / this.#rowHeight);
    for (let row = first; row <= last; row++) {
      this.#edgesOfRow[row]!.push(edge);
      const top = this.#north + row * this.#rowHeight;
      const [west, east] = reachBetween(edge, latAt(top + this.#rowHeight), latAt(top));
      const from = this.#clamp(
        (this.#columnOf(west) - this.#west - margin / 2) / this.#columnWidth,
      );
      const to = this.#clamp((this.#columnOf(east) - this.#west + margin / 2) / this.#columnWidth);
      this.#sides.fill(ON_BORDER, row * this.#size + from, row * this.#size + to + 1);
    }
  }

  /** Settles the cells without an edge: one look for each run of them in a row. */
  #fill(): void {
    for (let row = 0; row < this.#size; row++) {
      const lat = latAt(this.#north + (row + 0.5) * this.#rowHeight);
      let known: number = ON_BORDER;
      for (let column = 0; column < this.#size; column++) {
        const cell = row * this.#size + column;
        if (this.#sides[cell] === ON_BORDER) {
          known = ON_BORDER;
          continue;
        }
        if (known === ON_BORDER) {
          const x = this.#west + (column + 0.5) * this.#columnWidth;
          known = sideOf((x / worldSize) * 360 - 180, lat, this.#edgesOfRow[row]!);
        }
        this.#sides[cell] = known;
      }
    }
  }

  #clamp(index: number): number {
    return Math.min(this.#size - 1, Math.max(0, Math.floor(index)));
  }

  #columnOf(lon: number): number {
    return ((lon + 180) / 360) * worldSize;
  }
}

function edgesOf(ring: readonly LonLat[]): Edge[] {
  return ring.slice(1).map(([x2, y2], index) => {
    const [x1, y1] = ring[index]!;
    return { x1, y1, x2, y2 };
  });
}

function boxOf(edges: readonly Edge[]) {
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const { x1, y1 } of edges) {
    box.west = Math.min(box.west, x1);
    box.east = Math.max(box.east, x1);
    box.south = Math.min(box.south, y1);
    box.north = Math.max(box.north, y1);
  }
  return box;
}

function latAt(y: number): number {
  return toLonLat(0, y)[1];
}

/** Between which longitudes an edge is within two latitudes, with what a position may be off. */
function reachBetween({ x1, y1, x2, y2 }: Edge, south: number, north: number): [number, number] {
  const at = (lat: number) => x1 + ((x2 - x1) * (lat - y1)) / (y2 - y1);
  const low = Math.max(Math.min(y1, y2), south - 2 * doubtDegrees);
  const high = Math.min(Math.max(y1, y2), north + 2 * doubtDegrees);
  if (y1 === y2 || low >= high) return [Math.min(x1, x2), Math.max(x1, x2)];
  const [one, other] = [at(low), at(high)];
  return [Math.min(one, other), Math.max(one, other)];
}

/** Even-odd rule, for the rings of a valid multipolygon. */
function sideOf(lon: number, lat: number, edges: readonly Edge[]): Side {
  let inside = false;
  for (const edge of edges) {
    const { x1, y1, x2, y2 } = edge;
    if (isNear(lon, lat, edge)) return ON_BORDER;
    if (y1 > lat !== y2 > lat && lon < x1 + ((x2 - x1) * (lat - y1)) / (y2 - y1)) inside = !inside;
  }
  return inside ? INSIDE : OUTSIDE;
}

/** Whether an edge passes through the square of where the true point may be. */
function isNear(lon: number, lat: number, { x1, y1, x2, y2 }: Edge): boolean {
  if (lat < Math.min(y1, y2) - doubtDegrees || lat > Math.max(y1, y2) + doubtDegrees) return false;
  if (lon < Math.min(x1, x2) - doubtDegrees || lon > Math.max(x1, x2) + doubtDegrees) return false;
  const dx = x2 - x1;
  const dy = y2 - y1;
  const across = Math.abs(dx * (lat - y1) - dy * (lon - x1));
  return across <= doubtDegrees * (Math.abs(dx) + Math.abs(dy));
}

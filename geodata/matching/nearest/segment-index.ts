import Flatbush from 'flatbush';
import { alongGreatCircle } from './great-circle.js';
import { metresPerDegree } from './metres-per-degree.js';

export type Nearest = { readonly id: number; readonly metres: number };

/** First radius searched: most addresses have a street within it. */
const firstRadiusMetres = 60;
const growth = 4;
/** Distances that differ by less are the same distance: a shared end of two roads is computed twice. */
const sameMetres = 0.001;
/** The plane at the point is wrong by less than this share within 20 km. */
const inQuestion = 1.02;

/** Line segments of features, for finding the feature nearest to a point. Coordinates in EPSG:4326. */
export class SegmentIndex {
  readonly #ids: number[] = [];
  readonly #ends: number[] = [];
  #tree: Flatbush | undefined;

  /** Adds the segments of one line: lon, lat, lon, lat…; a single position is a segment of no length. */
  add(id: number, line: ArrayLike<number>): void {
    const last = Math.max(2, line.length - 2);
    for (let n = 0; n < last; n += 2) {
      const end = line.length > 2 ? n + 2 : n;
      const ends = alongGreatCircle([line[n]!, line[n + 1]!], [line[end]!, line[end + 1]!]);
      for (let k = 1; k < ends.length; k++) {
        this.#ids.push(id);
        this.#ends.push(...ends[k - 1]!, ...ends[k]!);
      }
    }
    this.#tree = undefined;
  }

  /**
   * The feature nearest to the point within so many metres, of equally near ones that with the smallest id.
   *
   * Metres on the WGS 84 spheroid, to a few centimetres within 20 km: a plane true at the point tells which
   * segments come into question, one true half-way tells their distance. Does not wrap at the antimeridian.
   */
  nearest(lon: number, lat: number, maxMetres: number): Nearest | undefined {
    if (this.#ids.length === 0) return undefined;
    const tree = (this.#tree ??= this.#build());
    const scale = metresPerDegree(lat);
    for (let radius = Math.min(firstRadiusMetres, maxMetres); ; radius *= growth) {
      const reach = Math.min(radius, maxMetres);
      const found = this.#nearestOf(tree, { lon, lat, scale, reach });
      if (found !== undefined || reach === maxMetres) return found;
    }
  }

  #nearestOf(
    tree: Flatbush,
    { lon, lat, scale, reach }: { lon: number; lat: number; scale: Scale; reach: number },
  ): Nearest | undefined {
    const [dx, dy] = [reach / scale.lon, reach / scale.lat];
    const segments = tree.search(lon - dx, lat - dy, lon + dx, lat + dy);
    const planes = segments.map((segment) => this.#distance(segment, lon, lat, scale).metres);
    const least = planes.reduce((a, b) => Math.min(a, b), Infinity);
    let best = Infinity;
    let bestId = Infinity;
    for (const [n, segment] of segments.entries()) {
      if (planes[n]! > least * inQuestion + sameMetres) continue;
      const metres = this.#metres(segment, lon, lat, scale);
      if (metres > reach || metres > best + sameMetres) continue;
      const id = this.#ids[segment]!;
      if (metres < best - sameMetres || id < bestId) bestId = id;
      best = Math.min(best, metres);
    }
    return best === Infinity ? undefined : { id: bestId, metres: best };
  }

  #metres(segment: number, lon: number, lat: number, scale: Scale): number {
    const near = this.#distance(segment, lon, lat, scale);
    const halfWay = metresPerDegree(lat + near.y / scale.lat / 2);
    return Math.hypot((near.x / scale.lon) * halfWay.lon, (near.y / scale.lat) * halfWay.lat);
  }

  /** Metres on the plane, and east and north to the nearest position of the segment. */
  #distance(segment: number, lon: number, lat: number, scale: Scale): Offset {
    const at = 4 * segment;
    const ax = (this.#ends[at]! - lon) * scale.lon;
    const ay = (this.#ends[at + 1]! - lat) * scale.lat;
    const bx = (this.#ends[at + 2]! - lon) * scale.lon - ax;
    const by = (this.#ends[at + 3]! - lat) * scale.lat - ay;
    const length = bx * bx + by * by;
    const share = length === 0 ? 0 : Math.min(1, Math.max(0, -(ax * bx + ay * by) / length));
    const [x, y] = [ax + share * bx, ay + share * by];
    return { metres: Math.sqrt(x * x + y * y), x, y };
  }

  #build(): Flatbush {
    const tree = new Flatbush(this.#ids.length);
    for (let n = 0; n < this.#ends.length; n += 4) {
      const [ax, ay, bx, by] = [0, 1, 2, 3].map((k) => this.#ends[n + k]!) as Segment;
      tree.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
    }
    tree.finish();
    return tree;
  }
}

type Offset = { readonly metres: number; readonly x: number; readonly y: number };
type Scale = { readonly lon: number; readonly lat: number };
type Segment = [number, number, number, number];

import {
  directionAt,
  distance,
  lineLength,
  resample,
  simplify,
  type Point,
} from '../plane/geometry.js';
import type { StreetKind, StreetNetwork } from './street-network.js';

export type LayOptions = {
  readonly kind: StreetKind;
  /** Where the street may not run. */
  readonly isBlocked: (x: number, y: number) => boolean;
  /** What an end may not cross on its way to the street that it joins. */
  readonly isWater: (x: number, y: number) => boolean;
  /** How far an end looks for a street to join, metres. */
  readonly reach: number;
  readonly minLength: number;
  /** Ends that are shared vertices already (borders of neighbourhoods) stay as they are. */
  readonly keepEnds?: boolean;
};

const STEP = 10;

/** Lays the parts of a line that are free; each end is drawn on until it meets a street, or stays a dead end. */
export function layStreet(
  network: StreetNetwork,
  line: readonly Point[],
  options: LayOptions,
): void {
  const samples = resample(line, STEP);
  for (const run of freeRuns(samples, options)) layRun(network, samples, run, options);
}

type Run = { readonly first: number; readonly last: number };

function freeRuns(samples: readonly Point[], options: LayOptions): Run[] {
  const runs: Run[] = [];
  let first = -1;
  samples.forEach((point, i) => {
    const isFree = !options.isBlocked(point.x, point.y);
    if (isFree && first < 0) first = i;
    if (isFree && i < samples.length - 1) return;
    const last = isFree ? i : i - 1;
    if (first >= 0 && last > first) runs.push({ first, last });
    first = -1;
  });
  return runs;
}

function layRun(
  network: StreetNetwork,
  samples: readonly Point[],
  run: Run,
  options: LayOptions,
): void {
  const body = simplify(samples.slice(run.first, run.last + 1), 1.2);
  const keepsStart = options.keepEnds === true && run.first === 0;
  const keepsEnd = options.keepEnds === true && run.last === samples.length - 1;
  const start = keepsStart ? undefined : findJoin(network, body, 'start', options);
  const end = keepsEnd ? undefined : findJoin(network, body, 'end', options);
  const isTied = (keepsStart || start !== undefined) && (keepsEnd || end !== undefined);
  const length = lineLength(body);
  if (length < (isTied ? 12 : options.minLength)) return;
  const points = [...(start ? [start] : []), ...body, ...(end ? [end] : [])];
  network.add(withoutTwins(points), options.kind);
}

function findJoin(
  network: StreetNetwork,
  body: readonly Point[],
  side: 'start' | 'end',
  options: LayOptions,
): Point | undefined {
  const at = side === 'start' ? 0 : body.length - 1;
  const forward = directionAt(body, at);
  const sign = side === 'start' ? -1 : 1;
  const direction = { x: forward.x * sign, y: forward.y * sign };
  const from = body[at]!;
  const hit = network.firstHit(from, direction, options.reach);
  if (!hit) return undefined;
  for (let along = 0; along < hit.distance; along += 8) {
    if (options.isWater(from.x + direction.x * along, from.y + direction.y * along))
      return undefined;
  }
  return network.join(hit);
}

/** Drops vertices that lie on their neighbour, but never a shared end. */
function withoutTwins(points: readonly Point[]): Point[] {
  const last = points.length - 1;
  return points.filter((point, i) => {
    if (i === 0 || i === last) return true;
    return distance(point, points[0]!) > 1 && distance(point, points[last]!) > 1;
  });
}

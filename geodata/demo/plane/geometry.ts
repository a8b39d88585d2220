/** A point of the local plane: metres east and north of the centre of the region. */
export type Point = { readonly x: number; readonly y: number };
export type LonLat = readonly [lon: number, lat: number];
/** Rings of points: the outer one first, then holes; not closed. */
export type Polygon = readonly (readonly Point[])[];

export const distance = (a: Point, b: Point): number => Math.hypot(b.x - a.x, b.y - a.y);

export const between = (a: Point, b: Point, t: number): Point => ({
  x: a.x + (b.x - a.x) * t,
  y: a.y + (b.y - a.y) * t,
});

/** Length of a line in metres. */
export function lineLength(line: readonly Point[]): number {
  let sum = 0;
  for (let i = 1; i < line.length; i++) sum += distance(line[i - 1]!, line[i]!);
  return sum;
}

/** Points every `step` metres along a line, both ends included. */
export function resample(line: readonly Point[], step: number): Point[] {
  const total = lineLength(line);
  const count = Math.max(1, Math.round(total / step));
  const result: Point[] = [line[0]!];
  let index = 1;
  let walked = 0;
  for (let i = 1; i < count; i++) {
    const target = (total * i) / count;
    while (walked + distance(line[index - 1]!, line[index]!) < target) {
      walked += distance(line[index - 1]!, line[index]!);
      index++;
    }
    const a = line[index - 1]!;
    const b = line[index]!;
    result.push(between(a, b, (target - walked) / distance(a, b)));
  }
  result.push(line[line.length - 1]!);
  return result;
}

/** Moving average over neighbours, several passes; the ends of an open line stay where they are. */
export function smooth(line: readonly Point[], passes: number, closed = false): Point[] {
  let current = [...line];
  for (let pass = 0; pass < passes; pass++) {
    const n = current.length;
    current = current.map((point, i) => {
      if (!closed && (i === 0 || i === n - 1)) return point;
      const before = current[(i - 1 + n) % n]!;
      const after = current[(i + 1) % n]!;
      return {
        x: (before.x + 2 * point.x + after.x) / 4,
        y: (before.y + 2 * point.y + after.y) / 4,
      };
    });
  }
  return current;
}

/** Douglas-Peucker: drops points nearer than `tolerance` metres to the simplified line. */
export function simplify(line: readonly Point[], tolerance: number): Point[] {
  if (line.length < 3) return [...line];
  const keep = new Uint8Array(line.length);
  keep[0] = keep[line.length - 1] = 1;
  const stack: [number, number][] = [[0, line.length - 1]];
  while (stack.length > 0) {
    const [first, last] = stack.pop()!;
    let worst = tolerance;
    let at = -1;
    for (let i = first + 1; i < last; i++) {
      const off = distanceToSegment(line[i]!, line[first]!, line[last]!).distance;
      if (off > worst) {
        worst = off;
        at = i;
      }
    }
    if (at < 0) continue;
    keep[at] = 1;
    stack.push([first, at], [at, last]);
  }
  return line.filter((_, i) => keep[i]);
}

/** Distance of a point to a segment, and where along it (0 to 1) the nearest point lies. */
export function distanceToSegment(p: Point, a: Point, b: Point): { distance: number; t: number } {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const squared = dx * dx + dy * dy;
  const raw = squared === 0 ? 0 : ((p.x - a.x) * dx + (p.y - a.y) * dy) / squared;
  const t = Math.min(1, Math.max(0, raw));
  return { distance: Math.hypot(p.x - a.x - t * dx, p.y - a.y - t * dy), t };
}

/** A smooth curve through control points (Catmull-Rom), a point about every `step` metres. */
export function spline(control: readonly Point[], step: number): Point[] {
  const result: Point[] = [];
  for (let i = 0; i + 1 < control.length; i++) {
    const p1 = control[i]!;
    const p2 = control[i + 1]!;
    const p0 = control[i - 1] ?? p1;
    const p3 = control[i + 2] ?? p2;
    const count = Math.max(2, Math.round(distance(p1, p2) / step));
    for (let k = 0; k < count; k++) {
      const t = k / count;
      const curve = (a: number, b: number, c: number, d: number) =>
        0.5 *
        (2 * b +
          (c - a) * t +
          (2 * a - 5 * b + 4 * c - d) * t * t +
          (3 * b - a - 3 * c + d) * t ** 3);
      result.push({ x: curve(p0.x, p1.x, p2.x, p3.x), y: curve(p0.y, p1.y, p2.y, p3.y) });
    }
  }
  result.push(control[control.length - 1]!);
  return result;
}

/** Unit direction of a line at vertex `i`, averaged over both neighbours. */
export function directionAt(line: readonly Point[], i: number): Point {
  const a = line[Math.max(0, i - 1)]!;
  const b = line[Math.min(line.length - 1, i + 1)]!;
  const length = distance(a, b) || 1;
  return { x: (b.x - a.x) / length, y: (b.y - a.y) / length };
}

/** The line moved sideways; positive is left of its direction. `by` may depend on the vertex. */
export function offset(line: readonly Point[], by: number | ((i: number) => number)): Point[] {
  return line.map((point, i) => {
    const direction = directionAt(line, i);
    const amount = typeof by === 'number' ? by : by(i);
    return { x: point.x - direction.y * amount, y: point.y + direction.x * amount };
  });
}

/** A ribbon around a line; `halfWidth` in metres, by vertex. */
export function ribbon(line: readonly Point[], halfWidth: (i: number) => number): Point[] {
  return [...offset(line, (i) => -halfWidth(i)), ...offset(line, halfWidth).reverse()];
}

/** Signed area in m²; positive when counter-clockwise. */
export function ringArea(ring: readonly Point[]): number {
  let sum = 0;
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i]!;
    const b = ring[(i + 1) % ring.length]!;
    sum += a.x * b.y - b.x * a.y;
  }
  return sum / 2;
}

export function isInside(point: Point, ring: readonly Point[]): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[i]!;
    const b = ring[j]!;
    if (a.y > point.y !== b.y > point.y) {
      if (point.x < ((b.x - a.x) * (point.y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
    }
  }
  return inside;
}

/** A straight piece of so much latitude (about 500 m) strays less than a centimetre from the great circle. */
const pieceDegrees = 0.005;
const radian = Math.PI / 180;

export type Position = readonly [lon: number, lat: number];

/**
 * Positions from `a` to `b` along the great circle, close enough together to take the way between them as
 * straight in degrees; just the two where they are close already.
 */
export function alongGreatCircle(a: Position, b: Position): Position[] {
  const pieces = Math.ceil(Math.max(Math.abs(b[0] - a[0]), Math.abs(b[1] - a[1])) / pieceDegrees);
  if (pieces <= 1) return [a, b];
  const [from, to] = [toVector(a), toVector(b)];
  const cosine = from[0] * to[0] + from[1] * to[1] + from[2] * to[2];
  const angle = Math.acos(Math.min(1, cosine));
  if (angle === 0) return [a, b];
  const between = Array.from({ length: pieces - 1 }, (_, n): Position => {
    const share = (n + 1) / pieces;
    const [p, q] = [Math.sin((1 - share) * angle), Math.sin(share * angle)];
    return toPosition([p * from[0] + q * to[0], p * from[1] + q * to[1], p * from[2] + q * to[2]]);
  });
  return [a, ...between, b];
}

type Vector = readonly [number, number, number];

function toVector([lon, lat]: Position): Vector {
  const across = Math.cos(lat * radian);
  return [across * Math.cos(lon * radian), across * Math.sin(lon * radian), Math.sin(lat * radian)];
}

function toPosition([x, y, z]: Vector): Position {
  return [Math.atan2(y, x) / radian, Math.atan2(z, Math.hypot(x, y)) / radian];
}

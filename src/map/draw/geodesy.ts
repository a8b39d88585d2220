import type { Position } from './sketch.js';

/** WGS 84. */
const semiMajor = 6_378_137;
const flattening = 1 / 298.257223563;
const semiMinor = semiMajor * (1 - flattening);
const radians = Math.PI / 180;

/** Metres along the shortest line on the spheroid (Vincenty 1975); on a sphere for nearly opposite points. */
export function distanceMeters([lon1, lat1]: Position, [lon2, lat2]: Position): number {
  const u1 = Math.atan((1 - flattening) * Math.tan(lat1 * radians));
  const u2 = Math.atan((1 - flattening) * Math.tan(lat2 * radians));
  const difference = (lon2 - lon1) * radians;
  let lambda = difference;
  for (let round = 0; round < 100; round++) {
    const step = vincentyStep(u1, u2, lambda, difference);
    if (step === 0) return 0;
    if (Math.abs(step.lambda - lambda) < 1e-12) return step.meters;
    lambda = step.lambda;
  }
  return sphereMeters([lon1, lat1], [lon2, lat2]);
}

function vincentyStep(u1: number, u2: number, lambda: number, difference: number) {
  const across = Math.cos(u2) * Math.sin(lambda);
  const along = Math.cos(u1) * Math.sin(u2) - Math.sin(u1) * Math.cos(u2) * Math.cos(lambda);
  const sinSigma = Math.hypot(across, along);
  if (sinSigma === 0) return 0;
  const cosSigma = Math.sin(u1) * Math.sin(u2) + Math.cos(u1) * Math.cos(u2) * Math.cos(lambda);
  const sigma = Math.atan2(sinSigma, cosSigma);
  const sinAlpha = (Math.cos(u1) * Math.cos(u2) * Math.sin(lambda)) / sinSigma;
  const cosSquareAlpha = 1 - sinAlpha ** 2;
  // Along the equator there is no middle to speak of.
  const cosMiddle =
    cosSquareAlpha === 0 ? 0 : cosSigma - (2 * Math.sin(u1) * Math.sin(u2)) / cosSquareAlpha;
  const c = (flattening / 16) * cosSquareAlpha * (4 + flattening * (4 - 3 * cosSquareAlpha));
  const bracket = cosMiddle + c * cosSigma * (2 * cosMiddle ** 2 - 1);
  return {
    lambda: difference + (1 - c) * flattening * sinAlpha * (sigma + c * sinSigma * bracket),
    meters: metersAlong({ sigma, sinSigma, cosSigma, cosMiddle, cosSquareAlpha }),
  };
}

function metersAlong(arc: {
  readonly sigma: number;
  readonly sinSigma: number;
  readonly cosSigma: number;
  readonly cosMiddle: number;
  readonly cosSquareAlpha: number;
}): number {
  const { sigma, sinSigma, cosSigma, cosMiddle, cosSquareAlpha } = arc;
  const square = (cosSquareAlpha * (semiMajor ** 2 - semiMinor ** 2)) / semiMinor ** 2;
  const a = 1 + (square / 16384) * (4096 + square * (-768 + square * (320 - 175 * square)));
  const b = (square / 1024) * (256 + square * (-128 + square * (74 - 47 * square)));
  const inner = cosSigma * (2 * cosMiddle ** 2 - 1);
  const outer = (b / 6) * cosMiddle * (4 * sinSigma ** 2 - 3) * (4 * cosMiddle ** 2 - 3);
  return semiMinor * a * (sigma - b * sinSigma * (cosMiddle + (b / 4) * (inner - outer)));
}

function sphereMeters([lon1, lat1]: Position, [lon2, lat2]: Position): number {
  const half = (degrees: number) => Math.sin((degrees * radians) / 2) ** 2;
  const share =
    half(lat2 - lat1) + Math.cos(lat1 * radians) * Math.cos(lat2 * radians) * half(lon2 - lon1);
  return 2 * 6_371_008.8 * Math.asin(Math.min(1, Math.sqrt(share)));
}

/** Metres along a line. */
export function lengthMeters(line: readonly Position[]): number {
  return line.slice(1).reduce((sum, point, index) => sum + distanceMeters(line[index]!, point), 0);
}

/**
 * Square metres inside a ring on the spheroid: exact on the sphere of the same area at authalic latitudes, its
 * edges taken as straight there.
 */
export function areaSquareMeters(ring: readonly Position[]): number {
  let sum = 0;
  for (const [index, [lon1, lat1]] of ring.entries()) {
    const [lon2, lat2] = ring[(index + 1) % ring.length]!;
    sum += (lon2 - lon1) * radians * (authalic(lat1) + authalic(lat2));
  }
  return Math.abs(sum / 2) * authalicRadius ** 2;
}

const eccentricity = Math.sqrt(flattening * (2 - flattening));
const q = (sine: number) =>
  (1 - eccentricity ** 2) *
  (sine / (1 - (eccentricity * sine) ** 2) + Math.atanh(eccentricity * sine) / eccentricity);
const authalicRadius = semiMajor * Math.sqrt(q(1) / 2);

/** Sine of the authalic latitude. */
function authalic(lat: number): number {
  return q(Math.sin(lat * radians)) / q(1);
}

/** The point at a distance from another, due east, near enough to put a handle there. */
export function eastOf([lon, lat]: Position, meters: number): Position {
  const perDegree = distanceMeters([lon, lat], [lon + 0.01, lat]) * 100;
  return [lon + meters / Math.max(1, perDegree), lat];
}

/** A circle as the map shows it while it is drawn. */
export function circleRing([lon, lat]: Position, radiusMeters: number): Position[] {
  const steps = 96;
  const perLat = distanceMeters([lon, lat - 0.005], [lon, lat + 0.005]) * 100;
  const perLon = Math.max(1, distanceMeters([lon, lat], [lon + 0.01, lat]) * 100);
  return Array.from({ length: steps }, (_, step) => {
    const angle = (step / steps) * 2 * Math.PI;
    return [
      lon + (Math.cos(angle) * radiusMeters) / perLon,
      lat + (Math.sin(angle) * radiusMeters) / perLat,
    ];
  });
}

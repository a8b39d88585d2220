/** Mean radius of the earth in metres, as PostGIS uses it for ST_DistanceSphere. */
const earthRadiusMeters = 6371008.7714150598;
const radians = Math.PI / 180;

/** A box of degrees; west is never greater than east. */
export type DegreeBox = {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
};

/**
 * How far apart points are, seen from one of them: the haversine, which grows with the great-circle
 * distance and costs no inverse function. Degrees in, sin² of half the angle out; the antimeridian and the
 * poles need no care.
 */
export class Surroundings {
  readonly #lon: number;
  readonly #lat: number;
  readonly #sin: number;
  readonly #cos: number;

  constructor(lon: number, lat: number) {
    this.#lon = lon;
    this.#lat = lat;
    this.#sin = Math.sin(lat * radians);
    this.#cos = Math.cos(lat * radians);
  }

  /** Haversine of the angle to a point. */
  to(lon: number, lat: number): number {
    return half(lat - this.#lat) + this.#cos * Math.cos(lat * radians) * half(lon - this.#lon);
  }

  /** A lower bound of the haversines to all points of a box, exact but for rounding. */
  toBox({ west, south, east, north }: DegreeBox): number {
    if (this.#lon >= west && this.#lon <= east) {
      if (this.#lat < south) return half(south - this.#lat);
      return this.#lat > north ? half(this.#lat - north) : 0;
    }
    return Math.min(this.#toMeridian(west, south, north), this.#toMeridian(east, south, north));
  }

  /** To the nearest point of a meridian between two latitudes. */
  #toMeridian(lon: number, south: number, north: number): number {
    // cos d = sin φ sin θ + cos φ cos Δλ cos θ is greatest at this θ, and falls on both sides of it.
    const across = this.#cos * Math.cos((lon - this.#lon) * radians);
    const nearest = Math.atan2(this.#sin, across) / radians;
    if (nearest >= south && nearest <= north) return this.to(lon, nearest);
    return Math.min(this.to(lon, south), this.to(lon, north));
  }
}

/** Metres along the sphere of a haversine. */
export function metersOf(haversine: number): number {
  return 2 * earthRadiusMeters * Math.asin(Math.min(1, Math.sqrt(haversine)));
}

/** sin² of half an angle in degrees. */
function half(degrees: number): number {
  const sine = Math.sin((degrees * radians) / 2);
  return sine * sine;
}

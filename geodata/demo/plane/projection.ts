import type { LonLat, Point } from './geometry.js';

/** Centre of the fictional region: open sea in reality. */
export const CENTRE: LonLat = [3.12, 52.58];

const METRES_PER_DEGREE_LAT = 111_270;
const METRES_PER_DEGREE_LON = 111_320 * Math.cos((CENTRE[1] * Math.PI) / 180) * 1.0022;

/** EPSG:4326 of a point of the plane, to the centimetre; the plane is flat, true to 0.3 % at its rim. */
export function toLonLat(point: Point): LonLat {
  return [
    round(CENTRE[0] + point.x / METRES_PER_DEGREE_LON),
    round(CENTRE[1] + point.y / METRES_PER_DEGREE_LAT),
  ];
}

function round(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}

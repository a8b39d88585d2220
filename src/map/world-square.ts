import type { Bbox, LonLat } from './contract.js';
import type { WorldBox } from './points/point-set.js';

/** Positions on each axis of the world square that accounts are placed on. */
export const worldSize = 2 ** 32;

/** Latitude where web mercator ends. */
const lastLatitude = 85.0511287798066;

/** The place of a point on the world square, x to the east and y to the south. */
export function toWorld({ lon, lat }: LonLat): { readonly x: number; readonly y: number } {
  const sine = Math.sin((Math.min(Math.max(lat, -lastLatitude), lastLatitude) * Math.PI) / 180);
  const x = (lon + 180) / 360;
  const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  return { x: clamp(x * worldSize), y: clamp(y * worldSize) };
}

/** Degrees of a place on the world square. */
export function toLonLat(x: number, y: number): LonLat {
  const n = Math.PI * (1 - (2 * y) / worldSize);
  return { lon: (x / worldSize) * 360 - 180, lat: (Math.atan(Math.sinh(n)) * 180) / Math.PI };
}

/** The box of the world square that a box of degrees covers. */
export function worldBoxOf([west, south, east, north]: Bbox): WorldBox {
  const first = toWorld({ lon: west, lat: north });
  const last = toWorld({ lon: east, lat: south });
  return { west: first.x, north: first.y, east: last.x, south: last.y };
}

/** Units of the world square that a CSS pixel covers at a zoom. */
export function unitsPerPixel(zoom: number): number {
  return worldSize / (512 * 2 ** zoom);
}

/** A box with a margin on each side, within the square. */
export function widened({ west, north, east, south }: WorldBox, margin: number): WorldBox {
  return {
    west: clamp(west - margin),
    north: clamp(north - margin),
    east: clamp(east + margin),
    south: clamp(south + margin),
  };
}

function clamp(coordinate: number): number {
  return Math.min(worldSize - 1, Math.max(0, Math.floor(coordinate)));
}

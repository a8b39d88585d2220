declare module 'topojson-server' {
  import type { GeoJsonObject } from 'geojson';

  /** A topology whose objects are the given ones, their shared lines kept once. */
  export function topology(objects: Readonly<Record<string, GeoJsonObject>>): object;
}

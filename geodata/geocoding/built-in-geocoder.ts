import type { Database } from '../../server/db/database.js';
import { geocodeMany } from './geocode-many.js';
import type { Geocoder } from './geocoder.js';
import { reverseGeocode } from './reverse-geocode.js';

/** The geocoder over what is loaded in the project: no network, no other service. */
export function builtInGeocoder(database: Database): Geocoder {
  return {
    geocode: async (request, options) =>
      (await geocodeMany(database.pool, [request], options))[0] ?? [],
    geocodeMany: (requests, options) => geocodeMany(database.pool, requests, options),
    reverse: (lonLat) => reverseGeocode(database.pool, lonLat),
  };
}

import { z } from 'zod';
import { builtInGeocoder } from '../../../geodata/geocoding/built-in-geocoder.js';
import {
  geocodeAnswerSchema,
  geocodeQuery,
  reverseAnswerSchema,
  reverseQuery,
} from '../../contract/geocoding.js';
import type { AppDependencies } from '../../dependencies.js';
import type { App } from '../../http/app.js';

/** GET /api/geocode and /api/reverse: text to points and back, over what is loaded. */
export async function geocodingRoutes(app: App, { database }: AppDependencies): Promise<void> {
  const geocoder = builtInGeocoder(database);
  app.get(
    '/api/geocode',
    {
      schema: {
        tags: ['Search'],
        querystring: geocodeQuery,
        response: { 200: z.array(geocodeAnswerSchema) },
      },
    },
    async (request) => {
      const { q, limit, autocomplete, near, country } = request.query;
      const options = { limit, autocomplete, near, country: country?.toUpperCase() };
      return (await geocoder.geocode({ text: q }, options)) as z.input<
        typeof geocodeAnswerSchema
      >[];
    },
  );
  app.get(
    '/api/reverse',
    {
      schema: {
        tags: ['Search'],
        querystring: reverseQuery,
        response: { 200: reverseAnswerSchema },
      },
    },
    async ({ query: { lon, lat } }) =>
      (await geocoder.reverse([lon, lat])) as z.input<typeof reverseAnswerSchema>,
  );
}

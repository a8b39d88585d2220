import type { z } from 'zod';
import { reverseGeocode } from '../../../geodata/geocoding/reverse-geocode.js';
import { principalOf } from '../../auth/principal.js';
import { AccountSet } from '../../column-store/areas/account-set.js';
import { hereQuery, hereRadiusMeters, hereSchema } from '../../contract/here.js';
import type { AppDependencies } from '../../dependencies.js';
import type { App } from '../../http/app.js';
import type { RowPolicy } from '../../policy/row-policy.js';
import { describeNearest } from '../accounts/nearest-accounts.repository.js';
import { resolveShapes } from '../selections/resolve-shapes.js';
import { toMembership } from '../selections/to-membership.js';
import { findAround } from './here.repository.js';

const nearestAccounts = 5;
/** The latitude where web mercator, and with it the map, ends. */
const mapEdge = 85.05;

/** GET /api/here: what is at a place, and which accounts are near that the asker may see. */
export async function hereRoutes(app: App, { database, stores }: AppDependencies): Promise<void> {
  /** Null at the poles, where no circle can be drawn. */
  const countWithin = async (center: [number, number], policy: RowPolicy) => {
    if (Math.abs(center[1]) > mapEdge) return null;
    const circle = toMembership({ kind: 'circle', center, radiusMeters: hereRadiusMeters });
    const { shapes } = await resolveShapes(database.pool, circle);
    const within = await stores.tallyOf(new AccountSet(circle.membership, shapes), {}, policy);
    return within.reduce((sum, { count }) => sum + count, 0);
  };

  app.get(
    '/api/here',
    { schema: { tags: ['Geography'], querystring: hereQuery, response: { 200: hereSchema } } },
    async (request) => {
      const { lon, lat } = request.query;
      const { policy } = principalOf(request);
      const place = await reverseGeocode(database.pool, [lon, lat]);
      const regionIds = place.regions.map(({ regionId }) => regionId);
      const around = await findAround(database, [lon, lat], regionIds);
      const accountsWithin = await countWithin([lon, lat], policy);
      const near = stores.accounts.nearest(stores.select({}, policy), [lon, lat], nearestAccounts);
      return {
        lon,
        lat,
        place: place as z.input<typeof hereSchema>['place'],
        ...around,
        accountsWithin,
        nearest: await describeNearest(database, near, policy),
      };
    },
  );
}

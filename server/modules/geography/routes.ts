import { principalOf } from '../../auth/principal.js';
import { cardParams, cardSchema } from '../../contract/geography.js';
import type { AppDependencies } from '../../dependencies.js';
import { AppError } from '../../errors.js';
import type { App } from '../../http/app.js';
import { findCard } from './cards.repository.js';

/** GET /api/geography/:layer/:id: the card of a road, building, business zone or place. */
export async function geographyRoutes(app: App, { database }: AppDependencies): Promise<void> {
  app.get(
    '/api/geography/:layer/:id',
    { schema: { tags: ['Geography'], params: cardParams, response: { 200: cardSchema } } },
    async (request) => {
      const card = await findCard(database, request.params, principalOf(request).policy);
      if (!card)
        throw new AppError('not_found', 'There is no such feature. It may have been updated.');
      return card;
    },
  );
}

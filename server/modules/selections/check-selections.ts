import type { FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';
import { principalOf } from '../../auth/principal.js';
import type { AppDependencies } from '../../dependencies.js';
import { AppError } from '../../errors.js';
import { visibleSelections } from './selections.repository.js';

/** A map asks for many tiles at once: for so long an answer holds, also for another server process. */
const rememberMs = 2_000;
const maxRemembered = 5_000;

/**
 * Before every route: a selection in the account filter must be one that the asker may use, and is made ready for
 * the column store. One of somebody else's that is not shared is as one that is not there.
 */
export function checkSelections({
  database,
  stores,
}: Pick<AppDependencies, 'database' | 'stores'>): preHandlerAsyncHookHandler {
  const visibleUntil = new Map<string, number>();

  const assertVisible = async (id: number, userId: string) => {
    const key = `${id} ${userId}`;
    if ((visibleUntil.get(key) ?? 0) > Date.now()) return;
    visibleUntil.delete(key);
    if ((await visibleSelections(database, [id], userId)).length === 0) throw selectionNotFound();
    if (visibleUntil.size >= maxRemembered) visibleUntil.clear();
    visibleUntil.set(key, Date.now() + rememberMs);
  };

  return async (request) => {
    for (const id of selectionsIn(request)) {
      await assertVisible(id, principalOf(request).userId);
      if (!(await stores.useSelection(id))) throw selectionNotFound();
    }
  };
}

/** Ids as the schema of the account filter left them. */
function selectionsIn({ query }: FastifyRequest): number[] {
  const { selection } = (query ?? {}) as { readonly selection?: unknown };
  return Array.isArray(selection) ? selection.filter((id) => typeof id === 'number') : [];
}

/** The same answer for a selection that is not there and for one that the asker may not see. */
export function selectionNotFound(): AppError {
  return new AppError('not_found', 'There is no such selection, or it is not shared with you.');
}

import type { FastifyBaseLogger } from 'fastify';
import type { AppDependencies } from '../../dependencies.js';

/** Lets the next tile show what was just committed; the stores try again by themselves where it fails. */
export async function followChange(
  { stores, status }: Pick<AppDependencies, 'stores' | 'status'>,
  log: FastifyBaseLogger,
): Promise<void> {
  if (status.component('tiles') !== 'ready') return;
  await stores.catchUp().catch((error: unknown) => {
    log.warn({ err: error }, 'the map will follow the change later');
  });
}

import { msg } from '@lit/localize';
import { CubeApi, type Cube, type Query } from '@cubejs-client/core';
import { ApiError } from './api-error.js';
import { SessionTransport } from './cube-transport.js';

export type CubeQuery = Query;
export type CubeValue = string | number | boolean | null;
export type CubeRow = Readonly<Record<string, CubeValue>>;

const client = new CubeApi({ apiUrl: '/cubejs-api/v1', transport: new SessionTransport() });

export interface CubeLoadOptions {
  readonly signal?: AbortSignal;
  /** Called whenever the cube says that it is still working. */
  readonly onProgress?: () => void;
}

/** Runs a query, waiting as long as the cube asks to; numbers come as numbers. Throws `ApiError`. */
export async function loadCube(
  query: CubeQuery,
  { signal, onProgress }: CubeLoadOptions = {},
): Promise<readonly CubeRow[]> {
  try {
    const result = await client.load(query, {
      castNumerics: true,
      ...(signal ? { signal } : {}),
      ...(onProgress ? { progressCallback: onProgress } : {}),
    });
    signal?.throwIfAborted();
    return result.rawData() as readonly CubeRow[];
  } catch (error) {
    signal?.throwIfAborted();
    throw toApiError(error);
  }
}

/** The views of the model with their measures and dimensions. */
export async function loadCubeMeta(signal?: AbortSignal): Promise<readonly Cube[]> {
  try {
    const meta = await client.meta(signal ? { signal } : {});
    return meta.cubes;
  } catch (error) {
    signal?.throwIfAborted();
    throw toApiError(error);
  }
}

function toApiError(error: unknown): ApiError {
  const status = statusOf(error);
  if (status === 0 || status >= 500) {
    return new ApiError(status, 'unavailable', msg('The figures cannot be had just now.'));
  }
  return new ApiError(status, 'cube', error instanceof Error ? error.message : String(error));
}

function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('status' in error)) return 0;
  return typeof error.status === 'number' ? error.status : 0;
}

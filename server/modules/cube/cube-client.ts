import type { CubeEndpoint } from '../../dependencies.js';
import { AppError } from '../../errors.js';
import { mintCubeToken, type CubeIdentity } from './token.js';

/** What the browser may ask of Cube; everything else of it stays closed. */
export const cubeActions = ['load', 'meta', 'dry-run'] as const;

export type CubeAction = (typeof cubeActions)[number];

export type CubeRequest = {
  readonly action: CubeAction;
  /** Query string with its question mark, or empty. */
  readonly search: string;
  /** JSON to post; undefined asks with GET. */
  readonly body?: unknown;
  /** Selections that the principal may see, of those that the query names. */
  readonly selections?: readonly number[];
  readonly signal: AbortSignal;
};

export type CubeAnswer = {
  readonly status: number;
  readonly json: Buffer;
};

const TIMEOUT_MS = 60_000;
const gatewayStatuses = new Set([502, 503, 504]);
/** Cube answers 400, as to a wrong query, when its connection to the database breaks. */
const databaseAway =
  /Unable to connect to the database|Connection terminated|\bE(?:CONNRESET|CONNREFUSED|PIPE|TIMEDOUT)\b|the database system is/;

/**
 * Asks Cube as the principal and answers what it said, "Continue wait" included: clients of Cube ask again.
 *
 * Throws an AppError `unavailable` where Cube cannot be reached or does not answer in a minute.
 */
export async function askCube(
  endpoint: CubeEndpoint,
  identity: CubeIdentity,
  { action, search, body, selections, signal }: CubeRequest,
): Promise<CubeAnswer> {
  const headers = {
    authorization: mintCubeToken(identity, endpoint.secret, selections),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const url = `${apiAddress(endpoint.url)}/v1/${action}${search}`;
  try {
    const response = await fetch(url, {
      headers,
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    if (gatewayStatuses.has(response.status)) throw new Error(`Cube answered ${response.status}`);
    const json = Buffer.from(await response.arrayBuffer());
    if (!response.ok && databaseAway.test(json.toString('utf8', 0, 1000))) {
      throw new Error('Cube lost the database');
    }
    return { status: response.status, json };
  } catch {
    throw new AppError(
      'unavailable',
      'The figures are not available at the moment: Cube or its database is starting again. Try again in a few seconds.',
      { retryable: true },
    );
  }
}

function apiAddress(url: string): string {
  const address = url.replace(/\/+$/, '');
  return address.endsWith('/cubejs-api') ? address : `${address}/cubejs-api`;
}

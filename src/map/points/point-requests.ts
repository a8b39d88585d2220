import type {
  PointColumn,
  PointColumnHeader,
  PointMaskHeader,
} from '../../../server/contract/account-points.js';
import { unframe, type Framed } from './decode-points.js';

/** Tells that the server numbered the points anew, so that all of them must be asked for again. */
export class EditionGoneError extends Error {}

/** Sends requests of the points; the page's own session goes with them. */
export class PointRequests {
  readonly #fetch: typeof fetch;

  constructor(send: typeof fetch) {
    this.#fetch = send;
  }

  async mask(filter: string, signal: AbortSignal): Promise<Framed<PointMaskHeader>> {
    const query = filter === '' ? '' : `?${filter}`;
    return unframe(await this.#bytes(`/api/accounts/points/mask${query}`, signal));
  }

  async column(
    edition: string,
    column: PointColumn,
    signal: AbortSignal,
  ): Promise<Framed<PointColumnHeader>> {
    return unframe(await this.#bytes(`/api/accounts/points/${edition}/columns/${column}`, signal));
  }

  async idOf(edition: string, row: number): Promise<number> {
    const response = await this.#send(`/api/accounts/points/${edition}/rows/${row}`, null);
    const { id } = (await response.json()) as { id: number };
    return id;
  }

  async #bytes(address: string, signal: AbortSignal): Promise<ArrayBuffer> {
    return (await this.#send(address, signal)).arrayBuffer();
  }

  async #send(address: string, signal: AbortSignal | null): Promise<Response> {
    const response = await this.#fetch(address, { signal, credentials: 'same-origin' });
    if (response.status === 409) throw new EditionGoneError('The points were numbered anew.');
    if (!response.ok) throw new Error(`The accounts answered with status ${response.status}.`);
    return response;
  }
}

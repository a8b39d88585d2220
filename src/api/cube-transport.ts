import type { ITransport, ITransportResponse } from '@cubejs-client/core';

/** Addresses longer than this go as POST: servers and proxies cut long ones. */
const maxAddressLength = 2000;

interface CubeParameters extends Record<string, unknown> {
  readonly signal?: AbortSignal;
  readonly baseRequestId?: string;
}

/**
 * Reaches Cube through our own server with the session cookie. The transport of the client library
 * always sends an Authorization header, the word "undefined" where there is no token.
 */
export class SessionTransport implements ITransport<Response> {
  authorization: undefined;

  request(method: string, parameters: CubeParameters): ITransportResponse<Response> {
    const { signal, baseRequestId, ...rest } = parameters;
    const given = Object.entries(rest).filter(([, value]) => value !== undefined);
    const search = new URLSearchParams(given.map(([name, value]) => [name, toText(value)]));
    const address = `/cubejs-api/v1/${method}`;
    const withSearch = given.length > 0 ? `${address}?${search.toString()}` : address;
    const headers = baseRequestId ? { 'x-request-id': baseRequestId } : {};
    const common = signal ? { headers, signal } : { headers };
    const ask = () =>
      withSearch.length <= maxAddressLength
        ? fetch(withSearch, common)
        : fetch(address, {
            ...common,
            method: 'POST',
            headers: { ...headers, 'content-type': 'application/json' },
            body: JSON.stringify(Object.fromEntries(given)),
          });
    return {
      async subscribe(answer) {
        return answer(await ask(), () => this.subscribe(answer));
      },
    };
  }
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

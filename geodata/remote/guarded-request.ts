import dns from 'node:dns/promises';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { AppError } from '../../server/errors.js';
import { isPublicAddress } from './public-address.js';

export type RequestOptions = {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
};

/** Asks an address once, without following redirects; answers as soon as the headers are there. */
export type OpenUrl = (url: URL, options: RequestOptions) => Promise<http.IncomingMessage>;

/** The network as a request sees it. */
export type Network = {
  readonly resolve: (host: string) => Promise<readonly { address: string; family: number }[]>;
  readonly mayConnect: (address: string) => boolean;
  /** Certificate to trust beside the usual ones. */
  readonly ca?: string;
};

const internet: Network = {
  resolve: (host) => dns.lookup(host, { all: true, verbatim: true }),
  mayConnect: isPublicAddress,
};

/** A server that says nothing for so long is taken for gone. */
const SILENCE_MS = 60_000;

/**
 * Requests that reach the public internet only: the check is on the very addresses that are connected to, so that a
 * name cannot answer one address to the check and another to the connection. Throws an AppError (forbidden) for
 * others.
 */
export function guardedRequest(network: Network = internet): OpenUrl {
  return async (url, { headers, signal }) => {
    signal?.throwIfAborted();
    const literal = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal) !== 0 && !network.mayConnect(literal)) throw notPublic(url.host);
    const { get } = url.protocol === 'https:' ? https : http;
    return new Promise((resolve, reject) => {
      const request = get(
        url,
        {
          // A connection that was kept open would have been checked for another name.
          agent: false,
          lookup: guardedLookup(network),
          headers: { 'user-agent': 'Catchment', 'accept-encoding': 'identity', ...headers },
          ...(network.ca === undefined ? {} : { ca: network.ca }),
          ...(signal ? { signal } : {}),
        },
        resolve,
      );
      request.setTimeout(SILENCE_MS, () => request.destroy(new Error('no answer for a minute')));
      request.on('error', reject);
    });
  };
}

function guardedLookup({ resolve, mayConnect }: Network): LookupFunction {
  return (host, options, callback) => {
    resolve(host).then(
      (found) => {
        const [first] = found;
        if (!first || !found.every(({ address }) => mayConnect(address))) {
          callback(notPublic(host), '', 0);
        } else if (options.all) {
          callback(null, [...found]);
        } else {
          callback(null, first.address, first.family);
        }
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };
}

function notPublic(host: string): AppError {
  return new AppError(
    'forbidden',
    `${host} leads to an address inside a private network, where files are not taken from.`,
  );
}

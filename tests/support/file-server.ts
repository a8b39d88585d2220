import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { guardedRequest, type OpenUrl } from '../../geodata/remote/guarded-request.js';
import { isPublicAddress } from '../../geodata/remote/public-address.js';
import { testCertificate } from './test-certificate.js';

type Reply = {
  readonly body?: Buffer | string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Ends the connection after so many bytes of this answer. */
  readonly cutAfter?: number;
};

/** Answers a path; called for each request. */
export type Route = (request: http.IncomingMessage) => Reply | Promise<Reply>;

export type FileServer = {
  readonly host: string;
  readonly origin: string;
  /** `METHOD path`, with the range that was asked for. */
  readonly asked: string[];
  /** Reaches this server under any host name that resolves to it; guards as in earnest. */
  readonly open: OpenUrl;
  readonly close: () => Promise<void>;
};

/** A server on 127.0.0.1 that knows ranges and versions, under the name files.test. */
export async function startFileServer(
  routes: Record<string, Route>,
  { isSecure = false } = {},
): Promise<FileServer> {
  const asked: string[] = [];
  const listener: http.RequestListener = (request, response) => {
    const { range } = request.headers;
    asked.push(`${request.method} ${request.url}${range ? ` ${range}` : ''}`);
    void answer(routes, request, response);
  };
  const server = isSecure
    ? https.createServer(testCertificate, listener)
    : http.createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const host = `files.test:${port}`;
  return {
    host,
    origin: `${isSecure ? 'https' : 'http'}://${host}`,
    asked,
    open: guardedRequest({
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
      mayConnect: (address) => address === '127.0.0.1' || isPublicAddress(address),
      ca: testCertificate.cert,
    }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  routes: Record<string, Route>,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  const route =
    routes[request.url ?? ''] ?? routes[new URL(request.url ?? '', 'http://x').pathname];
  const {
    body = '',
    status = 200,
    headers = {},
    cutAfter,
  } = (await route?.(request)) ?? {
    status: 404,
  };
  const bytes = Buffer.from(body);
  const tag = headers['etag'];
  if (tag !== undefined && request.headers['if-none-match'] === tag) {
    response.writeHead(304).end();
    return;
  }
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? NaN);
  const isRange =
    status === 200 && tag !== undefined && request.headers['if-range'] === tag && from >= 0;
  const part = isRange ? bytes.subarray(from) : bytes;
  response.writeHead(isRange ? 206 : status, {
    'content-length': part.length,
    ...(isRange ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {}),
    ...headers,
  });
  if (cutAfter === undefined) response.end(part);
  else response.write(part.subarray(0, cutAfter), () => response.socket?.end());
}

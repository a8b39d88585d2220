import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { sameOriginGuard } from '../../../../server/http/same-origin.js';

const guard = sameOriginGuard('https://crm.example.org/app');
const ask = (method: string, headers: Record<string, string>) =>
  new Promise<void>((resolve, reject) => {
    const done = (error?: Error) => (error === undefined ? resolve() : reject(error));
    guard({ method, headers } as unknown as FastifyRequest, undefined, done);
  });

const host = 'internal:4800';

describe('the same-origin guard', () => {
  it.each([
    ['reads, from anywhere', 'GET', { host, origin: 'https://evil.example', cookie: 'a=b' }],
    ['the same origin', 'POST', { host, origin: 'http://internal:4800', cookie: 'a=b' }],
    ['the public address behind a proxy', 'POST', { host, origin: 'https://crm.example.org' }],
    ['a same-origin fetch', 'POST', { host, 'sec-fetch-site': 'same-origin', cookie: 'a=b' }],
    ['a token, which other sites cannot send', 'POST', { host, authorization: 'Bearer cat_x' }],
    ['a program without cookies', 'POST', { host }],
  ])('lets pass %s', async (_name, method, headers) => {
    await expect(ask(method, headers)).resolves.toBeUndefined();
  });

  it.each([
    ['another origin', { host, origin: 'https://evil.example' }],
    ['another port of the host', { host, origin: 'http://internal:9999' }],
    ['another scheme of the public address', { host, origin: 'http://crm.example.org' }],
    ['a cross-site fetch', { host, 'sec-fetch-site': 'cross-site' }],
    ['a sibling site', { host, 'sec-fetch-site': 'same-site', origin: 'http://internal:4800' }],
    ['an address typed in', { host, 'sec-fetch-site': 'none', cookie: 'a=b' }],
    ['a cookie and nothing else', { host, cookie: 'a=b' }],
    ['an origin that is no address', { host, origin: 'null' }],
    ['an empty authorization with a cookie', { host, authorization: '', cookie: 'a=b' }],
  ])('refuses changes from %s', async (_name, headers) => {
    await expect(ask('POST', headers)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

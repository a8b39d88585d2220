import { vi } from 'vitest';

/** What a stubbed address answers: JSON, or a function of the request address. */
export type StubAnswer = unknown;

/** A problem (RFC 9457) as the server tells it. */
export function problem(status: number, code: string, detail: string): Response {
  const body = { type: `urn:catchment:problem:${code}`, title: detail, status, detail, code };
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });
}

/**
 * Answers requests of the page by path; an address that is not listed answers 404. Returns the
 * addresses asked so far, in order.
 */
export function stubFetch(answers: Readonly<Record<string, StubAnswer>>): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (input: RequestInfo | URL) => {
    const address = input instanceof Request ? input.url : String(input);
    const url = new URL(address, window.location.origin);
    asked.push(url.pathname + url.search);
    const answer = answers[url.pathname];
    const value: unknown = typeof answer === 'function' ? await answer(url) : answer;
    if (value instanceof Response) return value;
    if (value === undefined) return problem(404, 'not_found', `Nothing at ${url.pathname}.`);
    return new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json' } });
  });
  return asked;
}

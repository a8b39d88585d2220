import { describe, expect, it, vi } from 'vitest';
import { AccountSource } from '../../../../src/map/account-source.js';
import type { TileId } from '../../../../src/map/account-tiles.js';
import { accountsTile } from '../../../support/account-tile.js';

const low: TileId = { z: 11, x: 1051, y: 673 };
const west: TileId = { z: 12, x: 2102, y: 1346 };
const east: TileId = { z: 12, x: 2103, y: 1346 };

/** A tile server that answers only when told to. */
function aServer() {
  const waiting = new Map<string, { answer: (response: Response) => void; signal: AbortSignal }>();
  const requests: string[] = [];
  const send = (address: RequestInfo | URL, init?: RequestInit) =>
    new Promise<Response>((answer, fail) => {
      const signal = init?.signal as AbortSignal;
      signal.addEventListener('abort', () => fail(new DOMException('aborted', 'AbortError')));
      requests.push(String(address));
      waiting.set(String(address), { answer, signal });
    });
  const answer = async (address: string, response: Response) => {
    waiting.get(address)?.answer(response);
    waiting.delete(address);
    await vi.waitFor(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return { send, answer, requests, signalOf: (address: string) => waiting.get(address)?.signal };
}

const template = '/tiles/accounts/{z}/{x}/{y}.mvt?v=1';
const addressOf = ({ z, x, y }: TileId, version = 1) =>
  `/tiles/accounts/${z}/${x}/${y}.mvt?v=${version}`;
const aTile = (tile: TileId, ...ids: number[]) =>
  new Response(
    accountsTile(
      tile,
      ids.map((id) => ({ lon: 4.8, lat: 52.36, id, kind: 'customer', count: 1, value: 0 })),
    ),
  );

function aSource() {
  const server = aServer();
  const onChange = vi.fn();
  const onError = vi.fn();
  const source = new AccountSource({ onChange, onError, fetch: server.send as typeof fetch });
  return { server, source, onChange, onError };
}

describe('AccountSource', () => {
  it('shows tiles of a zoom as they arrive, with the session cookie sent along', async () => {
    const { server, source } = aSource();
    source.show(template, [west]);
    await server.answer(addressOf(west), aTile(west, 1));
    source.show(template, [west, east]);
    expect(source.shown.length).toBe(1);
    await server.answer(addressOf(east), aTile(east, 2, 3));
    expect([...source.shown.ids]).toEqual([1, 2, 3]);
    expect(server.requests).toHaveLength(2);
  });

  it('keeps the old zoom until the new one is complete, so that nothing is counted twice', async () => {
    const { server, source } = aSource();
    source.show(template, [low]);
    await server.answer(addressOf(low), aTile(low, 1, 2, 3));
    source.show(template, [west, east]);
    await server.answer(addressOf(west), aTile(west, 1));
    expect(source.shown.length).toBe(3);
    await server.answer(addressOf(east), aTile(east, 2, 3));
    expect([...source.shown.ids]).toEqual([1, 2, 3]);
  });

  it('stops requests that are no longer wanted', () => {
    const { server, source } = aSource();
    source.show(template, [west]);
    const signal = server.signalOf(addressOf(west));
    source.show(template, [east]);
    expect(signal?.aborted).toBe(true);
  });

  it('tells of a failing tile and asks for it again when the network is back', async () => {
    const { server, source, onError } = aSource();
    source.show(template, [west]);
    await server.answer(addressOf(west), new Response('no', { status: 503 }));
    expect(onError).toHaveBeenCalledWith(expect.stringContaining('503'));
    source.retry();
    await server.answer(addressOf(west), aTile(west, 5));
    expect([...source.shown.ids]).toEqual([5]);
    source.close();
  });

  it('asks anew when the version changes and shows nothing without an address', async () => {
    const { server, source } = aSource();
    source.show(template, [west]);
    await server.answer(addressOf(west), aTile(west, 1));
    source.show(template.replace('v=1', 'v=2'), [west]);
    expect(server.requests.at(-1)).toBe(addressOf(west, 2));
    source.show(null, []);
    expect(source.shown.length).toBe(0);
  });
});

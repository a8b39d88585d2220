import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { guardedRequest } from '../../../../geodata/remote/guarded-request.js';
import { RemoteFiles, type RemoteOptions } from '../../../../geodata/remote/remote-files.js';
import { startFileServer, type FileServer, type Route } from '../../../support/file-server.js';

const content = Buffer.from('code,name\n'.concat('A,Arel\n'.repeat(200_000)));
const etag = { etag: '"v1"' };

let server: FileServer;
let routes: Record<string, Route>;
let folder: string;
let waits: number[];
beforeEach(async () => {
  routes = { '/towns.csv': () => ({ body: content, headers: etag }) };
  server = await startFileServer(routes);
  folder = mkdtempSync(path.join(os.tmpdir(), 'catchment-remote-'));
  waits = [];
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

function files(options: Partial<RemoteOptions> = {}): RemoteFiles {
  return new RemoteFiles({
    folder,
    maxBytes: 10_000_000,
    hosts: new Set([server.host]),
    plainOrigins: new Set([server.origin]),
    open: server.open,
    wait: async (ms) => void waits.push(ms),
    ...options,
  });
}

const towns = () => `${server.origin}/towns.csv`;
const fetchTowns = async (options?: Partial<RemoteOptions>) =>
  readFileSync(await files(options).local(towns()));

describe('a file of another publisher', () => {
  it('is fetched once and found unchanged the next time', async () => {
    const first = await files().local(towns());
    expect(path.basename(first)).toBe('towns.csv');
    expect(readFileSync(first).equals(content)).toBe(true);
    expect(await files().local(towns())).toBe(first);
    expect(server.asked).toEqual(['GET /towns.csv', 'GET /towns.csv']);
  });

  it('is fetched anew where it changed', async () => {
    await fetchTowns();
    routes['/towns.csv'] = () => ({ body: 'new', headers: { etag: '"v2"' } });
    expect((await fetchTowns()).toString()).toBe('new');
  });

  it('is continued after each broken connection, byte for byte', async () => {
    routes['/towns.csv'] = () => ({
      body: content,
      headers: etag,
      ...(server.asked.length < 4 ? { cutAfter: 400_000 } : {}),
    });
    expect((await fetchTowns()).equals(content)).toBe(true);
    expect(server.asked).toHaveLength(4);
    expect(server.asked.slice(1).every((line) => /bytes=[1-9]/.test(line))).toBe(true);
    expect(waits).toEqual([1000, 1000, 1000]);
  });

  it('is continued by the next run', async () => {
    let cuts = 0;
    routes['/towns.csv'] = () => ({
      body: content,
      headers: etag,
      cutAfter: (cuts += 1) > 1 ? 0 : 1_000_000,
    });
    await expect(fetchTowns()).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('Tried 5 times; what came so far is kept'),
    });
    routes['/towns.csv'] = () => ({ body: content, headers: etag });
    expect((await fetchTowns()).equals(content)).toBe(true);
    expect(server.asked.at(-1)).toMatch(/bytes=[1-9]/);
  });

  it('starts from its beginning where it changed between two parts', async () => {
    routes['/towns.csv'] = () =>
      server.asked.length === 1
        ? { body: content, headers: etag, cutAfter: 1_000_000 }
        : { body: 'other content', headers: { etag: '"v2"' } };
    expect((await fetchTowns()).toString()).toBe('other content');
  });

  it('waits longer and longer, or as long as the server asks', async () => {
    routes['/towns.csv'] = () => {
      const retry = server.asked.length === 2 ? { 'retry-after': '7' } : undefined;
      if (server.asked.length < 4) return { status: 503, ...(retry ? { headers: retry } : {}) };
      return { body: 'at last' };
    };
    expect((await fetchTowns()).toString()).toBe('at last');
    expect(waits).toEqual([1000, 7000, 4000]);
  });

  it('is refused when it is larger than the limit, told or not', async () => {
    await expect(fetchTowns({ maxBytes: 100_000 })).rejects.toThrow(/CATCHMENT_REMOTE_MAX_BYTES/);
    routes['/towns.csv'] = () => ({
      body: gzipSync(Buffer.alloc(5_000_000)),
      headers: { 'content-encoding': 'gzip' },
    });
    await expect(fetchTowns({ maxBytes: 1_000_000 })).rejects.toThrow(/CATCHMENT_REMOTE_MAX_BYTES/);
  });

  it('is unpacked where the server packs it unasked', async () => {
    routes['/towns.csv'] = () => ({
      body: gzipSync(content),
      headers: { 'content-encoding': 'gzip' },
    });
    expect((await fetchTowns()).equals(content)).toBe(true);
  });

  it('is told to be missing, or not for everybody', async () => {
    await expect(files().local(`${server.origin}/absent.csv`)).rejects.toMatchObject({
      code: 'not_found',
    });
    routes['/towns.csv'] = () => ({ status: 403 });
    await expect(fetchTowns()).rejects.toMatchObject({ code: 'forbidden' });
    expect(waits).toEqual([]);
  });

  it('ends when it is cancelled, and keeps what came', async () => {
    const controller = new AbortController();
    routes['/towns.csv'] = () => {
      queueMicrotask(() => controller.abort(new Error('Ctrl-C')));
      return { body: content, headers: etag, cutAfter: 1000 };
    };
    const run = files().local(towns(), { signal: controller.signal });
    await expect(run).rejects.toThrow();
    routes['/towns.csv'] = () => ({ body: content, headers: etag });
    expect((await fetchTowns()).equals(content)).toBe(true);
  });

  it('takes its name, made safe, from the address, or is given one', async () => {
    routes['/a%2F..%2F..%2Fb.csv'] = () => ({ body: 'x' });
    const odd = await files().local(`${server.origin}/a%2F..%2F..%2Fb.csv`);
    expect(path.dirname(path.dirname(odd))).toBe(folder);
    const named = await files().local(towns(), { saveAs: '../../towns.csv' });
    expect(path.basename(named)).toBe('towns.csv');
    expect(path.dirname(path.dirname(named))).toBe(folder);
  });
});

describe('an address', () => {
  const refusal = (address: string, options?: Partial<RemoteOptions>) =>
    files(options)
      .local(address)
      .then(
        () => 'fetched',
        (error: { message: string }) => error.message,
      );

  it('must be https, on a host that is listed, and without a password', async () => {
    expect(await refusal('http://files.test/x.csv')).toContain('not an https address');
    expect(await refusal('ftp://files.test/x.csv')).toContain('not an https address');
    expect(await refusal('https://elsewhere.test/x.csv')).toContain('CATCHMENT_REMOTE_HOSTS');
    const secret = await refusal('https://me:secret@files.test/x.csv');
    expect(secret).toContain('user name or password');
    expect(secret).not.toContain('secret');
  });

  it('may lead on five times, to hosts that are listed', async () => {
    for (let step = 1; step <= 6; step += 1) {
      routes[`/${step}`] = () => ({ status: 302, headers: { location: `/${step - 1}` } });
    }
    routes['/0'] = () => ({ body: 'here' });
    expect(readFileSync(await files().local(`${server.origin}/5`)).toString()).toBe('here');
    expect(await refusal(`${server.origin}/6`)).toContain('more than 5 times');
    routes['/away'] = () => ({ status: 301, headers: { location: 'https://elsewhere.test/x' } });
    expect(await refusal(`${server.origin}/away`)).toContain('CATCHMENT_REMOTE_HOSTS');
  });

  const inside = [
    ...['169.254.169.254', '127.0.0.2', '10.0.0.1', '[::1]', '[fd00::1]', '[::ffff:7f00:2]'],
    // Other ways to write 127.0.0.2, which addresses are read back into.
    ...['2130706434', '0x7f.2', '0177.0.0.2', '127.2'],
  ];

  it.each(inside)('does not lead into a private network: %s', async (host) => {
    const target = new URL(`https://${host}/latest/meta-data`);
    routes['/in'] = () => ({ status: 307, headers: { location: target.href } });
    const hosts = new Set([server.host, target.host]);
    expect(await refusal(`${server.origin}/in`, { hosts })).toContain('private network');
    expect(waits).toEqual([]);
  });

  it('is checked where it is connected to, however often its name is asked', async () => {
    const answers = ['93.184.216.34', '169.254.169.254'];
    const open = guardedRequest({
      resolve: async () => answers.map((address) => ({ address, family: 4 })),
      mayConnect: (address) => address !== '169.254.169.254',
    });
    expect(await refusal(towns(), { open })).toContain('private network');
  });

  it('is asked over TLS, and not where the certificate is for another host', async () => {
    const secure = await startFileServer(
      { '/x.csv': () => ({ body: 'safe' }) },
      { isSecure: true },
    );
    const port = secure.host.split(':')[1];
    const hosts = new Set([secure.host, `other.test:${port}`]);
    const options = { hosts, open: secure.open };
    const file = await files(options).local(`${secure.origin}/x.csv`);
    expect(readFileSync(file).toString()).toBe('safe');
    expect(await refusal(`https://other.test:${port}/x.csv`, options)).toMatch(
      /altnames|certificate/i,
    );
    await secure.close();
  });
});

describe('a source that comes in pages', () => {
  const feature = (id: number) => ({ type: 'Feature', properties: { id }, geometry: null });
  const page = (ids: readonly number[], rest: object = {}) => ({
    body: JSON.stringify({ type: 'FeatureCollection', features: ids.map(feature), ...rest }),
  });
  const idsOf = (file: string) =>
    JSON.parse(readFileSync(file, 'utf8')).features.map(
      ({ properties }: { properties: { id: number } }) => properties.id,
    );
  const fetchPages = (address: string) =>
    files().local(server.origin + address, { isPaged: true, saveAs: 'towns.geojson' });

  it('is followed by its links to the next page', async () => {
    routes['/items'] = () => page([1, 2], { links: [{ rel: 'next', href: '/items2?f=json' }] });
    routes['/items2'] = () => page([], { links: [{ rel: 'next', href: '/items3' }] });
    routes['/items3'] = () => page([3]);
    expect(idsOf(await fetchPages('/items'))).toEqual([1, 2, 3]);
  });

  it('is stepped through by offset, as ArcGIS and WFS want it', async () => {
    const from = (name: string) => (request: { url?: string | undefined }) => {
      const start = Number(new URL(request.url ?? '', 'http://x').searchParams.get(name) ?? 0);
      return [start + 1, start + 2].filter((id) => id <= 5);
    };
    routes['/query'] = (request) => {
      const ids = from('resultOffset')(request);
      return page(ids, { properties: { exceededTransferLimit: !ids.includes(5) } });
    };
    routes['/wfs'] = (request) => page(from('startIndex')(request));
    expect(idsOf(await fetchPages('/query?f=geojson'))).toEqual([1, 2, 3, 4, 5]);
    expect(idsOf(await fetchPages('/wfs?COUNT=2'))).toEqual([1, 2, 3, 4, 5]);
  });

  it('is continued at the page where it stopped', async () => {
    routes['/items'] = () => page([1], { links: [{ rel: 'next', href: '/items2' }] });
    routes['/items2'] = () => ({ ...page([2]), cutAfter: 10 });
    await expect(fetchPages('/items')).rejects.toThrow(/Tried 5 times/);
    routes['/items2'] = () => page([2]);
    expect(idsOf(await fetchPages('/items'))).toEqual([1, 2]);
    expect(server.asked.filter((line) => line === 'GET /items')).toHaveLength(1);
  });

  it('does not lead away, nor in a circle', async () => {
    routes['/items'] = () =>
      page([1], { links: [{ rel: 'next', href: 'https://169.254.169.254/' }] });
    await expect(fetchPages('/items')).rejects.toMatchObject({ code: 'forbidden' });
    routes['/circle'] = () => page([1], { links: [{ rel: 'next', href: '/circle' }] });
    await expect(fetchPages('/circle')).rejects.toThrow(/repeats/);
    routes['/other'] = () => ({ body: '{"error":{"code":400}}' });
    await expect(fetchPages('/other')).rejects.toThrow(/something else than features/);
  });
});

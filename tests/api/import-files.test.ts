import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ImportJobDetail } from '../../server/contract/import-jobs.js';
import type { Role } from '../../server/contract/role.js';
import type { Upload } from '../../server/contract/uploads.js';
import { anActor, as, testApp, type Actor, type TestApp } from './test-app.js';

let test: TestApp;
const actors = {} as Record<Role, Actor>;
let otherPlanner: Actor;

beforeAll(async () => {
  test = await testApp();
  for (const role of ['administrator', 'planner', 'manager', 'prospector'] as const) {
    actors[role] = await anActor(test.database, role);
  }
  otherPlanner = await anActor(test.database, 'planner');
});

afterAll(() => test.close());

const uploadsFolder = path.join(os.tmpdir(), 'catchment-api-test', 'uploads');

function begin(name: string, size: number, actor = actors.planner) {
  return as(test, actor, { method: 'POST', url: '/api/uploads', payload: { name, size } });
}

function send(id: string, offset: number, part: string, actor = actors.planner) {
  return as(test, actor, {
    method: 'PUT',
    url: `/api/uploads/${id}/content?offset=${offset}`,
    headers: { 'content-type': 'application/octet-stream' },
    payload: Buffer.from(part),
  });
}

async function anUpload(name: string, text: string, actor = actors.planner): Promise<Upload> {
  const { id } = (await begin(name, Buffer.byteLength(text), actor)).json<Upload>();
  const sent = await send(id, 0, text, actor);
  expect(sent.statusCode).toBe(200);
  return sent.json<Upload>();
}

function order(body: Record<string, unknown>, actor = actors.planner) {
  return as(test, actor, { method: 'POST', url: '/api/import-jobs', payload: body });
}

async function ended(id: number, actor = actors.planner): Promise<ImportJobDetail> {
  return vi.waitFor(
    async () => {
      const answer = await as(test, actor, { url: `/api/import-jobs/${id}` });
      const job = answer.json<ImportJobDetail>();
      expect(['succeeded', 'failed', 'cancelled']).toContain(job.status);
      return job;
    },
    { timeout: 20_000, interval: 50 },
  );
}

const accounts = 'id,name,lat,lon\n1,Ann,52.5,4.5\n2,Ben,52.6,4.6\n,Nobody,52,4\n';
const map = { columns: { external_id: 'id', name: 'name', lat: 'lat', lon: 'lon' } };

describe('uploads', () => {
  it('are for planners and administrators', async () => {
    for (const role of ['manager', 'prospector'] as const) {
      expect((await begin('a.csv', 3, actors[role])).statusCode).toBe(403);
      for (const url of [
        '/api/uploads',
        '/api/import-kinds',
        '/api/import-jobs',
        '/api/import-recipes',
      ]) {
        expect((await as(test, actors[role], { url })).statusCode).toBe(403);
      }
    }
    expect((await begin('a.csv', 3, actors.administrator)).statusCode).toBe(201);
  });

  it('belong to who sent them', async () => {
    const { id } = await anUpload('mine.csv', accounts);
    const url = `/api/uploads/${id}`;
    expect((await as(test, otherPlanner, { url })).statusCode).toBe(404);
    expect((await send(id, 0, 'x', otherPlanner)).statusCode).toBe(404);
    expect((await as(test, otherPlanner, { method: 'DELETE', url })).statusCode).toBe(404);
    const inspection = { method: 'POST', url: `${url}/inspection`, payload: {} } as const;
    expect((await as(test, otherPlanner, inspection)).statusCode).toBe(404);
    const stolen = await order({ kind: 'load', uploadId: id, importer: 'accounts' }, otherPlanner);
    expect(stolen.statusCode).toBe(404);
    const list = (await as(test, otherPlanner, { url: '/api/uploads' })).json<Upload[]>();
    expect(list.map((upload) => upload.id)).not.toContain(id);
  });

  it('go on where they broke off, and nowhere else', async () => {
    const { id } = (await begin('parts.csv', 9)).json<Upload>();
    expect((await send(id, 0, 'abc')).json<Upload>().received).toBe(3);
    const wrong = await send(id, 5, 'fgh');
    expect(wrong.statusCode).toBe(409);
    expect(wrong.json<{ details: object }>().details).toEqual({ received: 3 });
    expect((await as(test, actors.planner, { url: `/api/uploads/${id}` })).json()).toMatchObject({
      received: 3,
      size: 9,
    });
    expect((await send(id, 3, 'defghi')).json<Upload>().received).toBe(9);
    expect(await readFile(path.join(uploadsFolder, id, 'data', 'parts.csv'), 'utf8')).toBe(
      'abcdefghi',
    );
  });

  it('come over a connection as well, with bytes of any kind', async () => {
    const address = await test.app.listen({ host: '127.0.0.1', port: 0 });
    const { id } = (await begin('binary.gpkg', 4)).json<Upload>();
    const answer = await fetch(`${address}/api/uploads/${id}/content?offset=0`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${actors.planner.token}`,
        'content-type': 'application/octet-stream',
      },
      body: new Uint8Array([0, 1, 0, 255]),
    });
    expect(answer.status).toBe(200);
    expect((await answer.json()) as Upload).toMatchObject({ received: 4, size: 4 });
  });

  it('take no more bytes than the file was said to have', async () => {
    const { id } = (await begin('short.csv', 4)).json<Upload>();
    expect((await send(id, 0, 'ab')).statusCode).toBe(200);
    const surplus = await send(id, 2, 'cdefgh');
    expect(surplus.statusCode).toBe(422);
    const state = await as(test, actors.planner, { url: `/api/uploads/${id}` });
    expect(state.json<Upload>().received).toBe(2);
  });

  it('refuse a file above the limit and say what it is', async () => {
    const answer = await begin('huge.csv', 3_000_000_000);
    expect(answer.statusCode).toBe(422);
    expect(answer.json<{ detail: string }>().detail).toContain('at most 2.1 GB');
  });

  it('stay in their folder whatever they are called', async () => {
    const names = ['../../../etc/passwd', '..\\..\\boot.ini', '/abs/olute.csv', 'a\0b.csv', '...'];
    for (const name of names) {
      const answer = await begin(name, 1);
      if (answer.statusCode === 422) continue;
      const { id, name: kept } = answer.json<Upload>();
      expect(kept).not.toMatch(/[/\\\0]|^\./);
      expect(await readdir(path.join(uploadsFolder, id, 'data'))).toEqual([kept]);
    }
    for (const id of ['..', '..%2f..%2fetc', '00000000-0000-0000-0000-00000000000g']) {
      const answer = await as(test, actors.planner, { url: `/api/uploads/${id}` });
      expect([404, 422]).toContain(answer.statusCode);
    }
  });

  it('are gone once removed', async () => {
    const { id } = await anUpload('gone.csv', accounts);
    await as(test, actors.planner, { method: 'DELETE', url: `/api/uploads/${id}` });
    expect(existsSync(path.join(uploadsFolder, id))).toBe(false);
  });

  it('are not read before they are whole', async () => {
    const { id } = (await begin('half.csv', 100)).json<Upload>();
    await send(id, 0, 'id,name');
    const job = await order({ kind: 'check', uploadId: id, importer: 'accounts' });
    expect(job.statusCode).toBe(409);
  });
});

describe('the inspection of an upload', () => {
  it('says what the file is and which columns fit', async () => {
    const { id } = await anUpload(
      'klanten.csv',
      'klantnummer;naam;omzet\n1;Jan;1,5\n2;Piet;2,25\n',
    );
    const answer = await as(test, actors.planner, {
      method: 'POST',
      url: `/api/uploads/${id}/inspection`,
      payload: {},
    });
    expect(answer.json()).toMatchObject({
      readAs: 'CSV, utf-8, separator ;, decimal comma',
      rows: 2,
      guesses: [{ kind: 'accounts' }],
      suggestions: { accounts: { external_id: { column: 'klantnummer', by: 'name' } } },
      sample: [{ line: 2, values: ['1', 'Jan', '1,5'], problem: null }, { line: 3 }],
    });
  });

  it('says why a file cannot be read, without the folders of the server', async () => {
    const { id } = await anUpload('report.pdf', '%PDF-1.7 and so on');
    const answer = await as(test, actors.planner, {
      method: 'POST',
      url: `/api/uploads/${id}/inspection`,
      payload: {},
    });
    expect(answer.json()).toEqual({ problem: 'report.pdf is a PDF.', layers: [] });
  });
});

describe('import jobs', () => {
  it('check, load, and keep the rejected rows to be mended and loaded again', async () => {
    const { id: uploadId } = await anUpload('kunden.csv', accounts);
    const asked = { uploadId, importer: 'accounts', options: { map } };

    const check = await ended(
      (await order({ kind: 'check', ...asked })).json<ImportJobDetail>().id,
    );
    expect(check).toMatchObject({
      status: 'succeeded',
      check: {
        counts: { read: 3, inserted: 2, rejected: 1 },
        placement: { byCoordinates: 2 },
      },
    });
    expect(await test.database.rows('SELECT 1 FROM crm.accounts')).toEqual([]);

    const load = await ended((await order({ kind: 'load', ...asked })).json<ImportJobDetail>().id);
    expect(load).toMatchObject({ status: 'succeeded', rejectedKept: 1 });
    expect(await test.database.rows('SELECT 1 FROM crm.accounts')).toHaveLength(2);

    const rejected = await as(test, actors.planner, {
      url: `/api/imports/${load.importId}/rejected.csv`,
    });
    expect(rejected.headers['content-disposition']).toContain('kunden-rejected.csv');
    expect(rejected.body.trim().split('\r\n')).toEqual([
      'rejected_line,rejected_reason,id,name,lat,lon',
      '4,external_id: is empty,,Nobody,52,4',
    ]);

    const mended = rejected.body.replace('is empty,,', 'is empty,3,');
    const again = await anUpload('mended.csv', mended);
    const second = { kind: 'load', uploadId: again.id, importer: 'accounts', options: { map } };
    const done = await ended((await order(second)).json<ImportJobDetail>().id);
    expect(done).toMatchObject({ status: 'succeeded', rejectedKept: 0 });
    expect(await test.database.rows('SELECT 1 FROM crm.accounts')).toHaveLength(3);
  });

  it('list checks as jobs, and not among the reports of what was loaded', async () => {
    const { id: uploadId } = await anUpload('seen.csv', accounts);
    const asked = { kind: 'check', uploadId, importer: 'accounts', options: { map } };
    const job = await ended((await order(asked)).json<ImportJobDetail>().id);
    const list = await as(test, actors.planner, { url: '/api/imports' });
    const ids = list.json<{ items: { id: number }[] }>().items.map(({ id }) => id);
    expect(ids).not.toContain(job.importId);
    const jobs = await as(test, actors.planner, { url: '/api/import-jobs' });
    expect(jobs.json<{ id: number }[]>()[0]?.id).toBe(job.id);
    const issues = await as(test, actors.planner, {
      url: `/api/imports/${job.importId}/issues?severity=rejected`,
    });
    expect(issues.json()).toEqual({
      total: 1,
      items: [
        { severity: 'rejected', line: 4, field: 'external_id', value: null, reason: 'is empty' },
      ],
    });
  });

  it('fail with the reason, and the next one has its turn', async () => {
    const bad = await anUpload('bad.pdf', '%PDF-1.7');
    const good = await anUpload('good.csv', accounts);
    const first = await order({
      kind: 'load',
      uploadId: bad.id,
      importer: 'accounts',
      options: { map },
    });
    const second = await order({
      kind: 'check',
      uploadId: good.id,
      importer: 'accounts',
      options: { map },
    });
    const failed = await ended(first.json<ImportJobDetail>().id);
    expect(failed.status).toBe('failed');
    expect(failed.error).toBe('bad.pdf is a PDF.');
    expect((await ended(second.json<ImportJobDetail>().id)).status).toBe('succeeded');
  });

  it('are cancelled while they wait', async () => {
    await test.database.rows(
      `INSERT INTO app.import_jobs (kind, status, importer, file_name, upload_id, request, process, heartbeat_at)
       VALUES ('load', 'running', 'accounts', 'other.csv', gen_random_uuid(), '{}',
         '{"host": "another host", "pid": 1}', now())`,
    );
    const { id: uploadId } = await anUpload('wait.csv', accounts);
    const waiting = await order({ kind: 'load', uploadId, importer: 'accounts', options: { map } });
    const job = waiting.json<ImportJobDetail>();
    expect(job).toMatchObject({ status: 'queued', ahead: 1 });
    const cancel = { method: 'POST', url: `/api/import-jobs/${job.id}/cancel` } as const;
    expect((await as(test, actors.planner, cancel)).json()).toMatchObject({ status: 'cancelled' });
    expect((await as(test, actors.planner, cancel)).statusCode).toBe(409);
    await test.database.rows(
      `UPDATE app.import_jobs SET status = 'failed' WHERE status = 'running'`,
    );
  });

  it('of a server that is gone are told as failed', async () => {
    await test.database.rows(
      `INSERT INTO app.import_jobs (kind, status, importer, file_name, upload_id, request, process, heartbeat_at)
       VALUES ('load', 'running', 'accounts', 'lost.csv', gen_random_uuid(), '{}',
         jsonb_build_object('host', $1::text, 'pid', 2147480000), now())`,
      [os.hostname()],
    );
    const { id: uploadId } = await anUpload('next.csv', accounts);
    const asked = { kind: 'check', uploadId, importer: 'accounts', options: { map } };
    expect((await ended((await order(asked)).json<ImportJobDetail>().id)).status).toBe('succeeded');
    const lost = await test.database.row(
      `SELECT status, error FROM app.import_jobs WHERE file_name = 'lost.csv'`,
    );
    expect(lost).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('ended before it was done') as string,
    });
  });

  it('reach no file of the server', async () => {
    const { id: uploadId } = await anUpload('safe.csv', accounts);
    const lookup = { file: '/etc/passwd', key: 'a', value: 'b' };
    const attempts = [
      { map: '/etc/passwd' },
      { map: { columns: { external_id: { column: 'id', lookup } } } },
      { lines: '/etc/passwd' },
      { linesMap: '/etc/passwd' },
      { maxUnpacked: '900GB' },
    ];
    for (const options of attempts) {
      const answer = await order({ kind: 'load', uploadId, importer: 'sales', options });
      expect(answer.statusCode).toBe(422);
    }
    expect((await order({ kind: 'load', uploadId, importer: 'demo' })).statusCode).toBe(422);
  });
});

describe('recipes of imports', () => {
  const recipe = {
    name: 'Klanten',
    importer: 'accounts',
    options: { map, precision: 'address' },
    fileName: 'klanten.csv',
    columns: ['name', 'id'],
    licence: 'Own',
  };
  const keep = (actor: Actor, body = recipe) =>
    as(test, actor, { method: 'POST', url: '/api/import-recipes', payload: body });

  it('are kept under their name, for all who import, and changed by their owner', async () => {
    const kept = await keep(actors.planner);
    expect(kept.statusCode).toBe(201);
    const { id } = kept.json<{ id: number }>();
    const list = await as(test, otherPlanner, { url: '/api/import-recipes' });
    expect(list.json()).toMatchObject([
      { id, name: 'Klanten', columns: ['id', 'name'], isOwn: false },
    ]);
    expect((await keep(otherPlanner)).statusCode).toBe(403);
    const url = `/api/import-recipes/${id}`;
    expect((await as(test, otherPlanner, { method: 'DELETE', url })).statusCode).toBe(403);
    expect((await keep(actors.planner)).json()).toMatchObject({ id });
    expect((await keep(actors.administrator)).statusCode).toBe(201);
  });

  it('come as the file that the command line takes', async () => {
    const { id } = (await keep(actors.planner)).json<{ id: number }>();
    const answer = await as(test, actors.planner, { url: `/api/import-recipes/${id}/recipe.yaml` });
    expect(answer.body).toContain('import: accounts');
    expect(answer.body).toContain('external_id: id');
    expect(answer.body).toContain('precision: address');
  });
});

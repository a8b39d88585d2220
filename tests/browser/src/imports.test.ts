import axe from 'axe-core';
import { html } from 'lit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { ImportJobDetail } from '../../../server/contract/import-jobs.js';
import type { Upload } from '../../../server/contract/uploads.js';
import '../../../src/features/imports/ct-import-steps.js';
import { fileList } from '../../../src/features/imports/file-list.js';
import { importDraft } from '../../../src/features/imports/import-draft.js';
import '../../../src/ui/tokens.css';
import { inside, mount } from '../../support/mount.js';

vi.mock('../../../src/map/ct-sketch-map.js', () => {
  customElements.define('ct-sketch-map', class extends HTMLElement {});
  return {};
});

const upload: Upload = {
  id: '6f1c1f9e-5a50-4c4e-8f0a-0d3d0c1b2a33',
  name: 'klanten.csv',
  size: 30,
  received: 0,
  createdAt: '2026-11-28T12:00:00.000Z',
};

const column = (name: string, examples: readonly string[]) => ({
  name,
  type: 'text',
  examples,
  filled: 2,
});

const inspection = {
  readAs: 'CSV, utf-8, separator ;',
  detection: {
    format: 'CSV',
    packing: [],
    encoding: { name: 'utf-8', by: 'guess' },
    separator: ';',
    headerLine: 1,
    values: { patterns: [] },
  },
  columns: [column('klantnummer', ['1', '2']), column('naam', ['Jan', 'Piet'])],
  rows: 2,
  sample: [{ line: 2, values: ['1', 'Jan'], problem: null }],
  guesses: [{ kind: 'accounts', score: 0.7, because: ['klantnummer', 'naam'] }],
  suggestions: {
    accounts: {
      external_id: { column: 'klantnummer', by: 'name' },
      name: { column: 'naam', by: 'name' },
    },
  },
};

const field = (name: string, required = false) => ({
  name,
  type: 'text',
  required,
  choices: [],
  place: 'map',
});

const kinds = [
  {
    name: 'accounts',
    describe: 'Accounts',
    fields: [field('external_id', true), field('name'), field('email')],
    options: [
      {
        name: 'precision',
        type: 'choice',
        description: '',
        required: false,
        choices: ['exact', 'place'],
        default: 'exact',
      },
    ],
  },
  { name: 'osm', describe: 'OSM', fields: [], options: [] },
];

const job: ImportJobDetail = {
  id: 5,
  kind: 'check',
  status: 'queued',
  importer: 'accounts',
  fileName: 'klanten.csv',
  uploadId: upload.id,
  userName: 'Ann',
  importId: 9,
  progress: null,
  ahead: 1,
  error: null,
  createdAt: '2026-11-28T12:00:00.000Z',
  startedAt: null,
  finishedAt: null,
  check: null,
  rejectedKept: null,
};

const checked: ImportJobDetail = {
  ...job,
  status: 'succeeded',
  check: {
    counts: { read: 3, inserted: 2, updated: 0, unchanged: 0, rejected: 1, warned: 0 },
    isCompared: true,
    further: [],
    shapes: [
      {
        layer: 'accounts',
        kind: 'points',
        total: 2,
        shown: 2,
        extent: [4, 52, 5, 53],
        places: [[4.5, 52.5, 2]],
        shapes: [],
      },
    ],
    placement: { byCoordinates: 2, byPostcode: 0, byAddress: 0, notPlaced: 0 },
  },
};

type Handler = (init: RequestInit, url: URL) => unknown;

/** Answers by method and path, and keeps what was sent. */
function serve(handlers: Readonly<Record<string, Handler>>) {
  const sent: { readonly route: string; readonly body: unknown }[] = [];
  vi.stubGlobal('fetch', async (input: string, init: RequestInit = {}) => {
    const url = new URL(input, location.origin);
    const route = `${init.method ?? 'GET'} ${url.pathname}`;
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : init.body;
    sent.push({ route, body });
    const answer = handlers[route]?.(init, url);
    if (answer instanceof Error) throw answer;
    if (answer instanceof Response) return answer;
    return new Response(JSON.stringify(answer ?? []), { status: answer === undefined ? 404 : 200 });
  });
  return sent;
}

const usual: Readonly<Record<string, Handler>> = {
  'GET /api/uploads': () => [],
  'POST /api/uploads': () => upload,
  [`PUT /api/uploads/${upload.id}/content`]: () => ({ ...upload, received: 30 }),
  [`POST /api/uploads/${upload.id}/inspection`]: () => inspection,
  [`DELETE /api/uploads/${upload.id}`]: () => new Response(null, { status: 204 }),
  'GET /api/import-kinds': () => kinds,
  'GET /api/import-recipes': () => [],
  'POST /api/import-jobs': () => job,
  'GET /api/import-jobs/5': () => checked,
  'GET /api/imports/9/issues': () => ({
    total: 1,
    items: [
      { severity: 'rejected', line: 4, field: 'external_id', value: null, reason: 'is empty' },
    ],
  }),
};

const file = () => new File(['x'.repeat(30)], 'klanten.csv');
const open = () => mount<HTMLElement>(html`<ct-import-steps></ct-import-steps>`);

function part(host: Element, step: string): HTMLElement {
  return inside(host, `ct-import-${step}`);
}

async function atColumns() {
  const host = await open();
  await importDraft.choose({ uploadId: upload.id, name: upload.name });
  importDraft.go('columns');
  await vi.waitFor(() => inside(part(host, 'columns'), '#field-external_id'));
  return host;
}

beforeEach(() => importDraft.reset());

afterEach(async () => {
  for (const { key } of fileList.entries) await fileList.remove(key);
  vi.unstubAllGlobals();
});

describe('the steps of an import', () => {
  it('send a dropped file, propose what it is and say why', async () => {
    serve(usual);
    const host = await open();
    fileList.add([file()]);
    const files = part(host, 'files');
    await vi.waitFor(() => expect(fileList.entries[0]?.status).toBe('ready'));
    await vi.waitFor(() => inside(files, 'li .button').click());
    const kind = await vi.waitFor(() => part(host, 'kind'));
    await vi.waitFor(() =>
      expect(inside<HTMLSelectElement>(kind, 'select').value).toBe('accounts'),
    );
    expect(kind.shadowRoot?.textContent).toContain('Proposed because of klantnummer, naam.');
    expect((await axe.run(host)).violations).toEqual([]);
  });

  it('go on with an upload when the connection is back, from what the server has', async () => {
    let parts = 0;
    const sent = serve({
      ...usual,
      [`PUT /api/uploads/${upload.id}/content`]: () => {
        parts += 1;
        return parts === 1 ? new TypeError('network') : { ...upload, received: 30 };
      },
      [`GET /api/uploads/${upload.id}`]: () => ({ ...upload, received: 12 }),
    });
    await open();
    fileList.add([file()]);
    await vi.waitFor(() => expect(fileList.entries[0]?.status).toBe('waiting'));
    window.dispatchEvent(new Event('online'));
    await vi.waitFor(() => expect(fileList.entries[0]?.status).toBe('ready'));
    const last = sent.filter(({ route }) => route.startsWith('PUT')).at(-1);
    expect((last?.body as Blob).size).toBe(18);
  });

  it('say why a file is refused', async () => {
    const detail = 'This file has 3.0 GB; at most 2.1 GB can be sent.';
    serve({
      ...usual,
      'POST /api/uploads': () =>
        new Response(JSON.stringify({ detail, code: 'validation' }), { status: 422 }),
    });
    const host = await open();
    fileList.add([file()]);
    await vi.waitFor(() =>
      expect(inside(part(host, 'files'), '[role=alert]').textContent).toContain('at most 2.1 GB'),
    );
  });

  it('let a part of the file be chosen, or another file', async () => {
    serve({
      ...usual,
      [`POST /api/uploads/${upload.id}/inspection`]: ({ body }) =>
        String(body).includes('sheet')
          ? inspection
          : { problem: 'klanten.csv holds 2 layers.', layers: ['sheet 1', 'sheet 2'] },
    });
    const host = await open();
    await importDraft.choose({ uploadId: upload.id, name: upload.name });
    const kind = part(host, 'kind');
    await vi.waitFor(() => inside(kind, '.row .button').click());
    await vi.waitFor(() => expect(importDraft.look.status).toBe('ready'));
    expect(importDraft.settings.reading).toEqual({ layer: 'sheet 1' });
  });

  it('do not go on while a needed column is missing, and show its values when it is there', async () => {
    serve(usual);
    const host = await atColumns();
    const columns = part(host, 'columns');
    const select = inside<HTMLSelectElement>(columns, '#field-external_id');
    expect(columns.shadowRoot?.textContent).toContain('1 · 2');
    await userEvent.selectOptions(select, 'No column');
    await vi.waitFor(() =>
      expect(columns.shadowRoot?.textContent).toContain('Choose a column for “Number or id”.'),
    );
    expect(inside<HTMLButtonElement>(columns, '.primary').disabled).toBe(true);
    expect((await axe.run(host)).violations).toEqual([]);
  });

  it('check the file and show what would happen before anything is loaded', async () => {
    const sent = serve(usual);
    const host = await atColumns();
    inside(part(host, 'columns'), '.primary').click();
    const check = await vi.waitFor(() => part(host, 'check'));
    await vi.waitFor(() => expect(check.shadowRoot?.textContent).toContain('Load 2 rows'), {
      timeout: 5000,
    });
    await vi.waitFor(() => expect(check.shadowRoot?.textContent).toContain('is empty'));
    expect(check.shadowRoot?.textContent).toContain('Showing 2 of 2 with a place.');
    const order = sent.find(({ route }) => route === 'POST /api/import-jobs');
    expect(order?.body).toMatchObject({
      kind: 'check',
      importer: 'accounts',
      options: { map: { columns: { external_id: 'klantnummer', name: 'naam' } } },
    });
    expect((await axe.run(host)).violations).toEqual([]);
  });
});

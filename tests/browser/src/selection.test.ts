import axe from 'axe-core';
import { html } from 'lit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SavedSelection } from '../../../server/contract/selections.js';
import { appLocation } from '../../../src/state/location.js';
import { selection } from '../../../src/state/selection.js';
import { sessionStore } from '../../../src/state/session.js';
import '../../../src/features/selection/ct-selection-panel.js';
import '../../../src/features/selection/ct-selection-tools.js';
import '../../../src/ui/tokens.css';
import { preferences } from '../../../src/state/preferences.js';
import { inside, mount } from '../../support/mount.js';
import { projectAnswers } from '../../support/stub-project.js';
import { problem } from '../../support/stub-fetch.js';

type Asked = { readonly method: string; readonly path: string; readonly body: unknown };

const square = { kind: 'box' as const, bounds: [4, 52, 5, 53] as [number, number, number, number] };

/** A server that keeps selections in memory, each holding as many accounts as its id. */
function stubServer(): Asked[] {
  const asked: Asked[] = [];
  const stored = new Map<number, SavedSelection>();
  const figures = (id: number) => ({
    accounts: id,
    byLifecycle: { lead: 0, prospect: 0, customer: id, former: 0 },
    placed: id,
    revenue: 100 * id,
    revenue12m: 10 * id,
  });
  const answer = (method: string, path: string, body: Partial<SavedSelection>): unknown => {
    const id = Number(/^\/api\/selections\/(\d+)/.exec(path)?.[1]);
    if (method === 'POST') {
      const made: SavedSelection = {
        id: stored.size + 1,
        name: body.name ?? null,
        sharing: 'me',
        ownerName: 'Ann',
        isMine: true,
        areaKm2: 1,
        updatedAt: '2026-01-01T00:00:00.000Z',
        definition: body.definition!,
        geometry: null,
      };
      stored.set(made.id, made);
      return made;
    }
    if (path === '/api/selections') {
      return { items: [...stored.values()].filter(({ name }) => name !== null) };
    }
    if (!stored.has(id)) return problem(404, 'not_found', 'There is no such selection.');
    if (path.endsWith('/summary')) return figures(id);
    if (method === 'PATCH') stored.set(id, { ...stored.get(id)!, ...body });
    return stored.get(id);
  };
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init: RequestInit = {}) => {
    const { pathname } = new URL(String(input), window.location.origin);
    const method = init.method ?? 'GET';
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : {};
    asked.push({ method, path: pathname, body });
    const value = pathname.startsWith('/api/selections')
      ? answer(method, pathname, body)
      : projectAnswers()[pathname];
    if (value instanceof Response) return value;
    return new Response(JSON.stringify(value ?? {}));
  });
  return asked;
}

let asked: Asked[];

beforeEach(async () => {
  asked = stubServer();
  localStorage.removeItem('selection.last');
  appLocation.replace({ filters: {} });
  await sessionStore.load();
  selection.start();
  selection.open(true);
  selection.mode = 'new';
});

afterEach(() => {
  selection.open(false);
  selection.stop();
  appLocation.replace({ filters: {} });
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

const selected = () => appLocation.state.filters.selection ?? [];

async function drawn(leaf: Parameters<typeof selection.draw>[0] = square): Promise<void> {
  await selection.draw(leaf);
  await expect.poll(() => selection.value?.id).toBe(Number(selected()[0]));
}

describe('the selection', () => {
  it('that was drawn is in the address, and the panel counts it', async () => {
    const panel = await mount(html`<ct-selection-panel></ct-selection-panel>`);
    await drawn();

    expect(selected()).toEqual(['1']);
    await expect.poll(() => panel.shadowRoot?.querySelector('ct-kpi')?.value).toBe('1');
  });

  it('is undone and done again with the keyboard', async () => {
    await mount(html`<ct-selection-tools></ct-selection-tools>`);
    await drawn();
    selection.mode = 'minus';
    await drawn({ kind: 'circle', center: [4.5, 52.5], radiusMeters: 100 });
    expect(selected()).toEqual(['2']);
    expect(selection.value?.definition.kind).toBe('minus');

    const press = (shiftKey: boolean) =>
      window.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, shiftKey }));
    press(false);
    expect(selected()).toEqual(['1']);
    press(false);
    expect(selected()).toEqual([]);
    press(true);
    press(true);
    expect(selected()).toEqual(['2']);
  });

  it('gets a name, and is in the list then', async () => {
    const panel = await mount(html`<ct-selection-panel></ct-selection-panel>`);
    await drawn();
    await selection.save('Harbour');

    await expect.poll(() => inside(panel, 'h2').textContent).toBe('Harbour');
    const list = inside(panel, 'ct-saved-selections');
    await expect.poll(() => list.shadowRoot?.textContent).toContain('Harbour');
  });

  it('made from a saved one can take its place', async () => {
    await drawn();
    await selection.save('Harbour');
    await expect.poll(() => selection.value?.name).toBe('Harbour');
    selection.mode = 'union';
    await drawn({ kind: 'regions', ids: [7] });
    expect(selection.base?.name).toBe('Harbour');

    await selection.saveOverBase();

    expect(selected()).toEqual(['1']);
    const change = asked.filter(({ method }) => method === 'PATCH').at(-1);
    expect(change).toMatchObject({
      path: '/api/selections/1',
      body: { definition: { kind: 'union' } },
    });
  });

  it('of before is there the next time', async () => {
    await drawn();
    selection.select(null);
    const panel = await mount(html`<ct-selection-panel></ct-selection-panel>`);
    const start = inside(panel, 'ct-selection-start');
    await expect.poll(() => start.shadowRoot?.querySelector('[data-start="last"]')).not.toBeNull();

    start.shadowRoot!.querySelector<HTMLElement>('[data-start="last"]')!.click();

    expect(selected()).toEqual(['1']);
  });

  it('that is not there says so, and can be removed', async () => {
    appLocation.replace({ filters: { selection: ['99'] } });
    const panel = await mount(html`<ct-selection-panel></ct-selection-panel>`);
    await expect.poll(() => panel.shadowRoot?.querySelector('ct-state')).not.toBeNull();

    panel.shadowRoot!.querySelector<HTMLElement>('ct-state button')!.click();

    expect(selected()).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('has no accessibility violation, %s', async (theme) => {
    preferences.themeChoice = theme;
    document.documentElement.dataset['theme'] = theme;
    // Colours on their way from one theme to the other are nobody's.
    document.documentElement.style.setProperty('--fast', '0ms');
    const all = await mount(
      html`<main>
        <ct-selection-tools></ct-selection-tools><ct-selection-panel></ct-selection-panel>
      </main>`,
    );
    const violations = async () => {
      const { violations: found } = await axe.run(all, { rules: { region: { enabled: false } } });
      return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html: code }) => code).join()}`);
    };
    expect(await violations()).toEqual([]);
    await drawn({ kind: 'circle', center: [4.5, 52.5], radiusMeters: 100 });
    await selection.save('Harbour');
    selection.useTool('polygon');
    await expect.poll(() => selection.value?.name).toBe('Harbour');
    expect(await violations()).toEqual([]);
  });

  it('of picked regions grows however quickly they are picked, and loses one that is picked again', async () => {
    void selection.pick('regions', 7);
    await selection.pick('regions', 8);
    expect(selection.value?.definition).toEqual({ kind: 'regions', ids: [7, 8] });
    await selection.pick('regions', 7);
    expect(selection.value?.definition).toEqual({ kind: 'regions', ids: [8] });
  });
});

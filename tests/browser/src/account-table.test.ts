import axe from 'axe-core';
import { html } from 'lit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TableRow } from '../../../server/contract/account-table.js';
import '../../../src/features/accounts/ct-account-table.js';
import type { CtAccountTable } from '../../../src/features/accounts/ct-account-table.js';
import { VirtualScroll } from '../../../src/features/accounts/virtual-scroll.js';
import { RowChoice } from '../../../src/state/row-choice.js';
import { sessionStore } from '../../../src/state/session.js';
import { TableRows, type TableQuery } from '../../../src/state/table-rows.js';
import { inside, mount } from '../../support/mount.js';
import { projectAnswers } from '../../support/stub-project.js';
import { stubFetch } from '../../support/stub-fetch.js';

const total = 1_000_000;

function aRow(n: number): TableRow {
  return {
    id: n + 1,
    name: `Account ${n}`,
    externalId: null,
    kind: 'person',
    lifecycle: 'customer',
    segment: 'Families',
    ownerId: null,
    ownerName: null,
    postcode: null,
    city: null,
    regionId: null,
    regionName: null,
    housingType: null,
    zoneKind: null,
    roadClass: null,
    tags: [],
    placement: 'exact',
    customerSince: null,
    updatedAt: '2026-01-01T00:00:00.000Z',
    lon: 4.5,
    lat: 52.5,
    email: null,
    phone: null,
    revenue: n,
    revenue12m: n,
    lastOrderedAt: null,
  };
}

function part(url: URL) {
  const offset = Number(url.searchParams.get('offset'));
  const limit = Number(url.searchParams.get('limit'));
  const size = url.searchParams.get('groupValue') === 'small' ? 3 : total;
  const length = Math.max(0, Math.min(limit, size - offset));
  return { offset, total: size, numbers: Array.from({ length }, (_, i) => offset + i) };
}

const sums = { label: null, placed: 0, revenue: 0, revenue12m: 0 };

async function open(query: Partial<TableQuery> = {}) {
  stubFetch({
    ...projectAnswers(),
    '/api/accounts/rows': (url: URL) => {
      const { numbers, ...rest } = part(url);
      return { ...rest, items: numbers.map(aRow) };
    },
    '/api/accounts/ids': (url: URL) => {
      const { numbers, total: all } = part(url);
      return { ids: numbers.map((n) => n + 1), total: all };
    },
    '/api/accounts/groups': {
      total: 5,
      overlapping: false,
      items: [
        { ...sums, value: 'small', count: 3 },
        { ...sums, value: 'none', count: 2 },
      ],
    },
  });
  await sessionStore.load();
  const rows = new TableRows();
  const choice = new RowChoice();
  await rows.show({ filter: '', sort: 'name', group: null, ...query });
  const table = await mount<CtAccountTable>(
    html`<ct-account-table
      style="height: 352px; width: 900px"
      .rows=${rows}
      .choice=${choice}
      .columns=${['lifecycle', 'revenue']}
    ></ct-account-table>`,
  );
  await vi.waitFor(() => expect(textOf(table)).toMatch(/Account 0|Families|small/));
  const grid = inside(table, '.grid');
  grid.focus();
  const press = async (key: string, init: KeyboardEventInit = {}) => {
    grid.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...init }));
    await table.updateComplete;
  };
  return { table, rows, choice, grid, press };
}

function textOf(table: CtAccountTable): string {
  return inside(table, '.room').textContent.replaceAll(/\s+/g, ' ');
}

beforeEach(() => history.replaceState(null, '', '/accounts'));
afterEach(() => vi.unstubAllGlobals());

describe('a table of a million accounts', () => {
  it('has only the lines in view on the page, and reaches the last one', async () => {
    const { table, press } = await open();
    expect(table.shadowRoot?.querySelectorAll('.line').length).toBeLessThan(20);

    await press('End');
    await vi.waitFor(() => expect(textOf(table)).toContain('Account 999999'));
    expect(table.shadowRoot?.querySelectorAll('.line').length).toBeLessThan(20);
    const last = inside(table, '#line999999').getBoundingClientRect();
    expect(Math.round(last.bottom)).toBe(Math.round(table.getBoundingClientRect().bottom));
  });

  it('shows the middle where the bar is in the middle', async () => {
    const { table, grid } = await open();
    grid.scrollTop = (grid.scrollHeight - grid.clientHeight) / 2;
    await vi.waitFor(() => expect(textOf(table)).toMatch(/Account (4999|5000)\d\d/));
  });

  it('moves line by line under the wheel, however long it is', async () => {
    const { table, grid } = await open();
    const lineHeight = inside(table, '.line').offsetHeight;
    grid.dispatchEvent(new WheelEvent('wheel', { deltaY: lineHeight * 500, cancelable: true }));
    await vi.waitFor(() => expect(textOf(table)).toContain('Account 500'));
    const first = inside(table, '#line500').getBoundingClientRect();
    expect(Math.round(first.top - grid.getBoundingClientRect().top)).toBe(lineHeight);
  });

  it('ticks a range with Shift, also of lines that were never loaded', async () => {
    const { choice, press } = await open();
    await press(' ');
    expect(choice.ids).toEqual([1]);
    await press('ArrowDown', { shiftKey: true });
    await press('ArrowDown', { shiftKey: true });
    expect([...choice.ids].sort()).toEqual([1, 2, 3]);

    choice.clear();
    await press('Home');
    for (let i = 0; i < 60; i += 1) await press('PageDown', { shiftKey: true });
    await vi.waitFor(() => expect(choice.ids.length).toBeGreaterThan(300));
  });

  it('counts all that match but for those taken out', async () => {
    const { table, choice, press } = await open();
    inside<HTMLInputElement>(table, '.head input').click();
    expect(choice.count(total)).toBe(total);
    await press(' ');
    expect(choice.count(total)).toBe(total - 1);
    expect(choice.has(1)).toBe(false);
  });

  it('opens the account that the keyboard is on', async () => {
    const { table, press } = await open();
    const opened = vi.fn();
    table.addEventListener('ct-row-open', (event) => opened(event.id));
    await press('ArrowDown');
    await press('Enter');
    expect(opened).toHaveBeenCalledWith(2);
  });

  it('has no accessibility violation', async () => {
    const { table } = await open();
    const { violations } = await axe.run(table);
    expect(violations.map(({ id }) => id)).toEqual([]);
  });
});

describe('a grouped table', () => {
  it('opens a group to its accounts and closes it', async () => {
    const { table, rows, press } = await open({ group: 'segment' });
    expect(rows.length).toBe(2);
    await press('Enter');
    await vi.waitFor(() => expect(textOf(table)).toContain('Account 2'));
    expect(rows.length).toBe(5);
    await press('ArrowLeft');
    expect(rows.length).toBe(2);
  });
});

describe('scrolling a long list', () => {
  it.each([10, 1000, 375_000, 1_000_000, 40_000_000])(
    'of %i lines goes from the first to the last',
    (lines) => {
      const scroll = new VirtualScroll(lines, 32, 320);
      const highest = scroll.roomHeight - 320;

      expect(scroll.range(scroll.toDepth(0)).first).toBe(0);
      expect(scroll.range(scroll.toDepth(Math.max(0, highest))).last).toBe(lines - 1);
      expect(scroll.roomHeight).toBeLessThan(17_000_000);
      const depth = scroll.reveal(lines - 1, 0);
      expect(scroll.range(depth).last).toBe(lines - 1);
    },
  );
});

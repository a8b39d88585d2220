import { html } from 'lit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { SearchPickEvent, CtSearch } from '../../../src/features/search/ct-search.js';
import '../../../src/features/search/ct-search.js';
import { inside, mount } from '../../support/mount.js';
import { eventually } from '../../support/patience.js';
import { stubFetch } from '../../support/stub-fetch.js';

const results = [
  { kind: 'account', id: 1, title: 'Bakkerij Laar', subtitle: 'Osterlee', lon: 4, lat: 52 },
  { kind: 'region', id: 2, title: 'Bakkum', subtitle: 'Municipality', lon: 4, lat: 52 },
];

async function aSearch(): Promise<{ search: CtSearch; picked: SearchPickEvent[] }> {
  const picked: SearchPickEvent[] = [];
  const search = await mount<CtSearch>(
    html`<ct-search @ct-search-pick=${(event: SearchPickEvent) => picked.push(event)}></ct-search>`,
  );
  return { search, picked };
}

const options = (search: CtSearch) => search.shadowRoot?.querySelectorAll('.result') ?? [];

afterEach(() => vi.unstubAllGlobals());

describe('the search box', () => {
  it('finds, moves with the arrows and picks with Enter', async () => {
    stubFetch({ '/api/search': results });
    const { search, picked } = await aSearch();
    await userEvent.click(inside(search, 'input'));
    await userEvent.keyboard('bak');
    await eventually(() => expect(options(search)).toHaveLength(2));
    await userEvent.keyboard('{ArrowDown}');
    const input = inside(search, 'input');
    expect(input.getAttribute('aria-activedescendant')).toBe('result-1');
    await userEvent.keyboard('{Enter}');
    expect(picked.map(({ result }) => result.title)).toEqual(['Bakkum']);
    expect(input.getAttribute('aria-expanded')).toBe('false');
  });

  it('takes the keyboard at a slash, and asks for nothing below two letters', async () => {
    const asked = stubFetch({ '/api/search': results });
    const { search } = await aSearch();
    await userEvent.keyboard('/');
    expect(search.shadowRoot?.activeElement).toBe(inside(search, 'input'));
    await userEvent.keyboard('b');
    expect(inside<HTMLInputElement>(search, 'input').value).toBe('b');
    expect(asked).toEqual([]);
  });

  it('asks whether something spelled otherwise was meant', async () => {
    const street = {
      kind: 'street',
      id: 3,
      title: 'Kerkstraat',
      subtitle: 'Osterlee',
      lon: 4,
      lat: 52,
    };
    stubFetch({ '/api/search': [{ ...street, suggested: true }] });
    const { search } = await aSearch();
    await userEvent.click(inside(search, 'input'));
    await userEvent.keyboard('krekstraat');
    await eventually(() => expect(options(search)).toHaveLength(1));
    expect(inside(search, '.subtitle').textContent).toBe('Did you mean this? · Street · Osterlee');
  });

  it('says so when nothing is found', async () => {
    stubFetch({ '/api/search': [] });
    const { search } = await aSearch();
    await userEvent.click(inside(search, 'input'));
    await userEvent.keyboard('xyzzy');
    await eventually(() => expect(inside(search, '.note').textContent).toContain('Nothing found'));
  });
});

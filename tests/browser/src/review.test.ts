import axe from 'axe-core';
import { html } from 'lit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { PlacementToReview } from '../../../server/contract/placements.js';
import '../../../src/features/review/ct-review.js';
import type { CtReview } from '../../../src/features/review/ct-review.js';
import { PinMoveEvent } from '../../../src/map/contract.js';
import { sessionStore } from '../../../src/state/session.js';
import { toasts } from '../../../src/state/toasts.js';
import '../../../src/ui/tokens.css';
import { inside, mount } from '../../support/mount.js';
import { problem, stubFetch } from '../../support/stub-fetch.js';
import { projectAnswers } from '../../support/stub-project.js';

vi.mock('../../../src/map/ct-map.js', () => {
  class FakeMap extends HTMLElement {
    flown: unknown[] = [];
    flyTo(target: unknown): void {
      this.flown.push(target);
    }
  }
  customElements.define('ct-map', FakeMap);
  return {};
});

afterEach(() => {
  vi.unstubAllGlobals();
  for (const { id } of toasts.list) toasts.close(id);
});

const candidate = (rank: number, label: string, lon: number) => ({
  rank,
  label,
  precision: 'street' as const,
  confidence: 0.7 - rank / 10,
  lon,
  lat: 52.5,
  source: 'OSM',
  licence: null,
});

const doubtful: PlacementToReview = {
  id: 7,
  name: 'Bakery',
  address: 'Kaade 1, Havenstad',
  status: 'doubtful',
  placement: 'street',
  confidence: 0.6,
  label: 'Kade, Havenstad',
  lon: 4.5,
  lat: 52.5,
  candidates: [candidate(1, 'Kade, Havenstad', 4.5), candidate(2, 'Kade, Zuidstad', 4.1)],
};
const notFound: PlacementToReview = {
  ...doubtful,
  id: 8,
  name: 'Butcher',
  status: 'none',
  lon: null,
  lat: null,
  candidates: [],
};

/** The screen with two accounts that wait; answers what was decided. */
async function review(items: readonly PlacementToReview[] = [doubtful, notFound]) {
  const decided: unknown[] = [];
  const counts = { doubtful: 1, ambiguous: 0, none: items.length - 1 };
  stubFetch({
    ...projectAnswers(),
    '/api/placements/review': { counts, items },
    '/api/placements/7': () => new Response(null, { status: 204 }),
    '/api/placements/8': () => problem(404, 'not_found', 'There is no such account.'),
  });
  const stubbed = window.fetch;
  vi.stubGlobal('fetch', (input: string, init?: RequestInit) => {
    if (init?.method === 'POST') decided.push([input, JSON.parse(String(init.body))]);
    return stubbed(input, init);
  });
  await sessionStore.load();
  const element = await mount<CtReview>(
    html`<ct-review style="position:fixed;inset:0"></ct-review>`,
  );
  await expect.poll(() => element.shadowRoot?.querySelector('ct-map')).toBeTruthy();
  return { element, decided };
}

const heads = (element: CtReview) => [
  ...(element.shadowRoot?.querySelectorAll<HTMLElement>('.head') ?? []),
];
const item = (element: CtReview) => inside(element, 'ct-review-item');

describe('the places to check', () => {
  it('settle an account at the candidate that is chosen, and open the next', async () => {
    const { element, decided } = await review();
    await expect.poll(() => heads(element).length).toBe(2);
    await userEvent.click(heads(element)[0]!);
    await expect.poll(() => item(element).shadowRoot?.querySelectorAll('input').length).toBe(3);
    await userEvent.click(inside(item(element), 'label:nth-of-type(2) input'));
    await userEvent.click(inside(item(element), '.primary'));

    await expect.poll(() => heads(element).length).toBe(1);
    expect(decided).toEqual([['/api/placements/7', { kind: 'candidate', rank: 2 }]]);
    expect(heads(element)[0]!.getAttribute('aria-expanded')).toBe('true');
  });

  it('put an account by hand where the pin was dragged to, and say when that fails', async () => {
    const { element, decided } = await review();
    await expect.poll(() => heads(element).length).toBe(2);
    await userEvent.click(heads(element)[1]!);
    await expect.poll(() => item(element).shadowRoot?.querySelector('input')).toBeTruthy();
    expect(inside<HTMLButtonElement>(item(element), '.primary').disabled).toBe(true);
    await userEvent.click(inside(item(element), 'input'));
    inside(element, 'ct-map').dispatchEvent(new PinMoveEvent({ lon: 4.25, lat: 52.75 }));
    await expect.poll(() => item(element).shadowRoot?.textContent).toContain('52.75000');
    await userEvent.click(inside(item(element), '.primary'));

    await expect
      .poll(() => toasts.list.map(({ text }) => text))
      .toEqual(['There is no such account.']);
    expect(decided).toEqual([['/api/placements/8', { kind: 'point', lonLat: [4.25, 52.75] }]]);
    expect(heads(element)).toHaveLength(2);
  });

  it('say that nothing waits', async () => {
    stubFetch({
      ...projectAnswers(),
      '/api/placements/review': { counts: { doubtful: 0, ambiguous: 0, none: 0 }, items: [] },
    });
    await sessionStore.load();
    const element = await mount<CtReview>(html`<ct-review></ct-review>`);
    await expect
      .poll(() => element.shadowRoot?.querySelector('ct-state')?.shadowRoot?.textContent)
      .toContain('Every address is settled');
  });

  it('have no accessibility violation', async () => {
    const { element } = await review();
    await expect.poll(() => heads(element).length).toBe(2);
    await userEvent.click(heads(element)[0]!);
    await expect.poll(() => element.shadowRoot?.querySelector('ct-review-item')).toBeTruthy();
    const { violations } = await axe.run(document.body, {
      rules: { region: { enabled: false }, 'html-has-lang': { enabled: false } },
    });
    expect(violations.map(({ id }) => id)).toEqual([]);
  });
});

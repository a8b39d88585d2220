import axe from 'axe-core';
import { html } from 'lit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CtBreakdown } from '../../../src/features/insight-panel/ct-breakdown.js';
import '../../../src/features/insight-panel/ct-breakdown.js';
import '../../../src/ui/tokens.css';
import { explore } from '../../../src/state/explore.js';
import { appLocation } from '../../../src/state/location.js';
import { sessionStore } from '../../../src/state/session.js';
import { defaultState } from '../../../src/state/url-state.js';
import { mount } from '../../support/mount.js';
import { stubFetch } from '../../support/stub-fetch.js';
import { projectAnswers } from '../../support/stub-project.js';

/** Revenue by segment: retail 60, nobody's 40. */
function answers(): Record<string, unknown> {
  const usual = projectAnswers();
  return {
    ...usual,
    '/cubejs-api/v1/load': (url: URL) => {
      const query = JSON.parse(url.searchParams.get('query') ?? '{}');
      if (query.dimensions?.[0] !== 'sales.segment') {
        return (usual['/cubejs-api/v1/load'] as (url: URL) => unknown)(url);
      }
      const data = [
        { 'sales.segment': null, 'sales.revenue': '40' },
        { 'sales.segment': 'retail', 'sales.revenue': '60' },
      ];
      const annotation = { measures: {}, dimensions: {}, segments: {}, timeDimensions: {} };
      const results = [{ query: {}, data, annotation }];
      return { queryType: 'regularQuery', results, pivotQuery: {} };
    },
  };
}

async function open(): Promise<CtBreakdown> {
  const breakdown = await mount<CtBreakdown>(html`<ct-breakdown></ct-breakdown>`);
  await vi.waitFor(() => expect(rowsOf(breakdown)).toHaveLength(2), { timeout: 5000 });
  return breakdown;
}

const rowsOf = (breakdown: CtBreakdown) => [
  ...breakdown.shadowRoot!.querySelectorAll<HTMLButtonElement>('.row'),
];
const textOf = (element: Element) => element.textContent!.replace(/\s+/g, ' ').trim();

beforeEach(async () => {
  stubFetch(answers());
  appLocation.replace(defaultState);
  await sessionStore.load();
  explore.start();
});
afterEach(() => {
  explore.stop();
  vi.unstubAllGlobals();
});

describe('what a measure is made up of', () => {
  it('has the largest part first, with share, and accounts without a value too', async () => {
    const breakdown = await open();
    const { violations } = await axe.run(document.body, {
      rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
    });

    expect(rowsOf(breakdown).map(textOf)[0]).toMatch(/^retail .*60.* 60%$/);
    expect(rowsOf(breakdown).map(textOf)[1]).toMatch(/40%$/);
    expect(violations.map(({ id }) => id)).toEqual([]);
  });

  it('filters by a click on a part and no longer by a second one', async () => {
    const breakdown = await open();
    rowsOf(breakdown)[0]!.click();
    await vi.waitFor(() => expect(rowsOf(breakdown)[0]!.ariaPressed).toBe('true'));
    const filtered = appLocation.state.filters;
    rowsOf(breakdown)[0]!.click();

    expect(filtered).toEqual({ segment: ['retail'] });
    expect(appLocation.state.filters.segment).toEqual([]);
  });
});

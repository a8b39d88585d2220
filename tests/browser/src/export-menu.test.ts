import axe from 'axe-core';
import { html } from 'lit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import '../../../src/features/accounts/ct-export-menu.js';
import type { CtExportMenu } from '../../../src/features/accounts/ct-export-menu.js';
import { toasts } from '../../../src/state/toasts.js';
import '../../../src/ui/tokens.css';
import { inside, mount } from '../../support/mount.js';
import { problem, stubFetch } from '../../support/stub-fetch.js';

let saved: string[];
beforeEach(() => {
  saved = [];
  for (const { id } of toasts.list) toasts.close(id);
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push(this.download);
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const menu = () =>
  mount<CtExportMenu>(html`<ct-export-menu filter="segment=gold" .total=${1234}></ct-export-menu>`);

const told = () => toasts.list.map(({ tone, text }) => `${tone}: ${text}`);

/** An answer that comes in the parts that `send` is given. */
function aStream() {
  let send!: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({ start: (controller) => void (send = controller) });
  return { send, response: new Response(body, { headers: { 'content-type': 'text/csv' } }) };
}

describe('the menu of export formats', () => {
  it('opens, moves and chooses by keyboard, and saves the filtered set', async () => {
    const asked = stubFetch({
      '/api/exports/accounts.geojson': () => new Response('{"features":[]}'),
    });
    const element = await menu();
    inside(element, '#button').focus();
    await userEvent.keyboard('{ArrowDown}');
    await expect.poll(() => element.shadowRoot?.activeElement?.textContent).toContain('CSV');
    expect(element.shadowRoot?.textContent).toContain('1,234 accounts as a file');
    await userEvent.keyboard('{ArrowUp}{ArrowUp}{ArrowUp}{Enter}');

    await expect.poll(() => saved).toEqual(['accounts.geojson']);
    expect(asked).toEqual(['/api/exports/accounts.geojson?segment=gold']);
    expect(told()).toEqual(['plain: 1,234 accounts saved as GeoJSON (0 kB)']);
  });

  it('closes by Escape and gives the focus back', async () => {
    const element = await menu();
    await userEvent.click(inside(element, '#button'));
    await userEvent.keyboard('{Escape}');
    await element.updateComplete;
    expect(element.shadowRoot?.querySelector('[role=menu]')).toBeNull();
    expect(element.shadowRoot?.activeElement).toBe(inside(element, '#button'));
  });

  it('shows how much has come, and saves nothing where the file breaks off', async () => {
    const { send, response } = aStream();
    stubFetch({ '/api/exports/accounts.csv': () => response });
    const element = await menu();
    await userEvent.click(inside(element, '#button'));
    await userEvent.click(inside(element, '.format'));
    send.enqueue(new Uint8Array(2_500_000));
    await expect
      .poll(() => inside(element, '#button').textContent)
      .toContain('CSV on its way: 2.5');
    send.error(new TypeError('network error'));

    await expect.poll(told).toEqual(['failed: The file broke off and was not saved. Try again.']);
    expect(saved).toEqual([]);
    await expect.poll(() => inside(element, '#button').textContent).toContain('Export');
  });

  it('ends when it is cancelled, without a complaint', async () => {
    stubFetch({ '/api/exports/accounts.csv': () => new Promise(() => undefined) });
    vi.stubGlobal(
      'fetch',
      (_: string, { signal }: RequestInit) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason as Error));
        }),
    );
    const element = await menu();
    await userEvent.click(inside(element, '#button'));
    await userEvent.click(inside(element, '.format'));
    await userEvent.click(inside(element, '.progress'));

    await expect.poll(() => inside(element, '#button').textContent).toContain('Export');
    expect(told()).toEqual([]);
  });

  it('tells why the server refuses', async () => {
    const text = 'The filter holds 2,000,000 accounts. Narrow the filter.';
    stubFetch({ '/api/exports/accounts.xlsx': () => problem(422, 'validation', text) });
    const element = await menu();
    await userEvent.click(inside(element, '#button'));
    await userEvent.click(inside(element, '.format:nth-child(2)'));
    await expect.poll(told).toEqual([`failed: ${text}`]);
  });

  it('has no accessibility violation when open', async () => {
    const element = await menu();
    await userEvent.click(inside(element, '#button'));
    const { violations } = await axe.run(document.body, {
      rules: { 'page-has-heading-one': { enabled: false }, region: { enabled: false } },
    });
    expect(violations.map(({ id }) => id)).toEqual([]);
  });
});

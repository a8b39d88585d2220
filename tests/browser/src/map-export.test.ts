import { html } from 'lit';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { CtMapExport } from '../../../src/features/map-export/ct-map-export.js';
import '../../../src/features/map-export/ct-map-export.js';
import type { MapElement, MapPrint, PrintFrame } from '../../../src/map/contract.js';
import { sessionStore } from '../../../src/state/session.js';
import { inside, mount } from '../../support/mount.js';
import { eventually } from '../../support/patience.js';
import { stubFetch } from '../../support/stub-fetch.js';
import { projectAnswers } from '../../support/stub-project.js';

/** A map that is one colour, so that its place on the sheet can be found. */
function aMap(asked: PrintFrame[] = []): MapElement {
  const print = (frame: PrintFrame): Promise<MapPrint> => {
    asked.push(frame);
    const picture = document.createElement('canvas');
    picture.width = Math.round(frame.width * frame.pixelRatio);
    picture.height = Math.round(frame.height * frame.pixelRatio);
    const context = picture.getContext('2d')!;
    context.fillStyle = '#ff0000';
    context.fillRect(0, 0, picture.width, picture.height);
    const viewport = { lon: 4, lat: 52, zoom: 10 };
    return Promise.resolve({
      picture,
      viewport,
      bearing: 0,
      isTilted: false,
      accounts: null,
      mode: 'cells',
    });
  };
  return { print } as unknown as MapElement;
}

/** Files that the page hands to the browser. */
let saved: { blob: Blob; name: string }[] = [];

beforeEach(async () => {
  stubFetch(projectAnswers());
  await sessionStore.load();
  saved = [];
  let last: Blob | undefined;
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    last = blob as Blob;
    return 'blob:saved';
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    if (last) saved.push({ blob: last, name: this.download });
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const open = (map: MapElement) =>
  mount<CtMapExport>(html`<ct-map-export .map=${map}></ct-map-export>`);

async function exportAs(form: CtMapExport, title: string): Promise<{ blob: Blob; name: string }> {
  inside<HTMLInputElement>(form, '[name=title]').value = title;
  inside(form, '[type=submit]').click();
  await eventually(() => expect(saved).toHaveLength(1));
  return saved[0]!;
}

it('makes a PDF of one A4 page with its texts as text, named after its title', async () => {
  const { blob, name } = await exportAs(await open(aMap()), 'Sales in Łódź, spring');
  const text = new TextDecoder('latin1').decode(await blob.arrayBuffer());
  expect(name).toBe('Sales-in-Łódź-spring.pdf');
  expect(text.startsWith('%PDF-1.7')).toBe(true);
  expect(text).toContain('/MediaBox [0 0 841.89 595.276]');
  expect(text).toContain('(Sources: © OpenStreetMap contributors)');
});

it('makes a PNG with the pixels that it promises, the map in it', async () => {
  const asked: PrintFrame[] = [];
  const form = await open(aMap(asked));
  inside(form, 'ct-segmented').dispatchEvent(
    Object.assign(new Event('ct-pick'), { values: ['png'] }),
  );
  await form.updateComplete;
  expect(form.shadowRoot!.textContent).toContain('1754 × 1240 pixels');
  const picture = await createImageBitmap((await exportAs(form, 'Sales')).blob);
  expect([picture.width, picture.height]).toEqual([1754, 1240]);
  expect(asked[0]?.pixelRatio).toBeCloseTo(150 / 96, 6);
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const context = canvas.getContext('2d')!;
  context.drawImage(picture, 0, 0);
  expect([...context.getImageData(600, 600, 1, 1).data]).toEqual([255, 0, 0, 255]);
  expect([...context.getImageData(4, 4, 1, 1).data]).toEqual([255, 255, 255, 255]);
});

it('says why there is no file, and keeps what was typed', async () => {
  const print = () => Promise.reject(new Error('A tile failed.'));
  const form = await open({ print } as unknown as MapElement);
  inside<HTMLInputElement>(form, '[name=title]').value = 'Mine';
  inside(form, '[type=submit]').click();
  await eventually(() => expect(inside(form, '[role=alert]').textContent).not.toBe(''));
  expect(inside<HTMLInputElement>(form, '[name=title]').value).toBe('Mine');
  expect(saved).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import { writePdf } from '../../../../src/features/map-export/pdf-document.js';
import { figureWidth, pdfString, winAnsi } from '../../../../src/features/map-export/pdf-text.js';
import type { SheetContent } from '../../../../src/features/map-export/sheet-content.js';
import { arrange, sheetMarks } from '../../../../src/features/map-export/sheet-layout.js';
import { cut, wrap } from '../../../../src/features/map-export/sheet-marks.js';
import { scaleLength } from '../../../../src/features/map-export/sheet-scale.js';
import { pixelsOf, sheetSize } from '../../../../src/features/map-export/sheet-sizes.js';
import { metersPerPixel } from '../../../../src/map/account-marks.js';
import { zoomToHold } from '../../../../src/map/print-frame.js';

/** Every letter half as wide as it is high. */
const measure = (text: string, size: number) => text.length * size * 0.5;

const content: SheetContent = {
  title: 'Revenue · Testland · 2026',
  lines: ['North · Lifecycle: Customer'],
  legends: [
    {
      heading: 'Revenue',
      items: Array.from({ length: 70 }, (_, index) => ({
        label: `Class ${index}`,
        shape: 'fill' as const,
        colours: ['#112233'],
        count: String(index),
      })),
    },
  ],
  foot: ['Sources: A, B', 'Testland, as of 28 Nov 2026'],
};

describe('sizes of sheets', () => {
  it.each([
    ['a4', false, 300, [3508, 2480]],
    ['a4', true, 150, [1240, 1754]],
    ['a3', false, 300, [4961, 3508]],
    ['letter', false, 150, [1650, 1275]],
    ['wide', false, 150, [1920, 1080]],
    ['square', false, 150, [1080, 1080]],
  ] as const)(
    '%s, portrait %s at %i dpi is %o pixels',
    (sheet, isPortrait, dpi, [width, height]) => {
      expect(pixelsOf(sheetSize({ sheet, isPortrait, dpi }))).toEqual({ width, height });
    },
  );
});

describe('the layout of a sheet', () => {
  it.each([false, true])('keeps everything on the sheet, upright: %s', (isPortrait) => {
    const size = sheetSize({ sheet: 'a4', isPortrait, dpi: 150 });
    const arrangement = arrange(content, size, measure);
    const scale = { metersPerPixel: 10, bearing: 0, format: (meters: number) => `${meters} m` };
    const marks = sheetMarks(content, arrangement, { scale, measure });
    for (const mark of marks) {
      if (mark.kind !== 'text') continue;
      const width = measure(mark.text, mark.size);
      const left = mark.align === 'right' ? mark.x - width : mark.x;
      expect(left).toBeGreaterThanOrEqual(28);
      expect(left + width).toBeLessThanOrEqual(size.width - 27);
      expect(mark.y).toBeLessThanOrEqual(size.height - 27);
    }
    expect(arrangement.map.width * arrangement.map.height).toBeGreaterThan(
      0.35 * size.width * size.height,
    );
  });

  it('names every class where there is room', () => {
    const arrangement = arrange(
      content,
      sheetSize({ sheet: 'a4', isPortrait: false, dpi: 150 }),
      measure,
    );
    const marks = sheetMarks(content, arrangement, { scale: null, measure });
    const texts = marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []));
    expect(texts).toEqual(
      expect.arrayContaining(content.legends[0]!.items.map(({ label }) => label)),
    );
  });

  it('gives the map all of the sheet when nothing else is wanted', () => {
    const bare = { title: '', lines: [], legends: [], foot: [] };
    const { map } = arrange(bare, { width: 500, height: 400 }, measure);
    expect(map).toEqual({ x: 28, y: 28, width: 444, height: 344 });
  });
});

describe('texts', () => {
  const widthOf = (text: string) => text.length;

  it('break between words and never in the middle of a line that fits', () => {
    expect(wrap('one two three', 7, widthOf)).toEqual(['one two', 'three']);
  });

  it('are cut where a single word is too long', () => {
    expect(cut('abcdefgh', 5, widthOf)).toBe('abcd…');
    expect(wrap('a bcdefghijk', 5, widthOf)).toEqual(['a', 'bcde…']);
  });
});

describe('the scale bar', () => {
  it.each([
    [10, 120, 1000],
    [1, 120, 100],
    [0.4, 120, 20],
    [4.3, 120, 500],
  ])('at %f m a pixel, within %i pixels, stands for %i m', (metersOfPixel, pixels, meters) => {
    expect(scaleLength(metersOfPixel, pixels)).toBe(meters);
  });

  it('is half as long in metres at 60° as at the equator', () => {
    expect(metersPerPixel(60, 10)).toBeCloseTo(metersPerPixel(0, 10) / 2, 6);
  });
});

describe('the frame of a printed map', () => {
  it('holds all that is seen, whatever its shape', () => {
    expect(zoomToHold({ width: 800, height: 400 }, { width: 1600, height: 400 })).toBe(0);
    expect(zoomToHold({ width: 800, height: 400 }, { width: 400, height: 400 })).toBe(-1);
  });
});

describe('texts of a PDF file', () => {
  it('know the letters of Western Europe', () => {
    expect(winAnsi('Zürich – 5 €')).toBe('Z\xfcrich \x96 5 \x80');
    expect(winAnsi('1\u202f234')).toBe('1\xa0234');
  });

  it('say where Helvetica has no letter', () => {
    expect(winAnsi('Łódź')).toBeNull();
    expect(winAnsi('Việt Nam')).toBeNull();
  });

  it('cannot end early', () => {
    expect(pdfString('a (b) \\')).toBe('(a \\(b\\) \\\\)');
  });

  it('measure figures as Helvetica draws them', () => {
    expect(figureWidth('1,234', 10)).toBeCloseTo(4 * 5.56 + 2.78, 9);
  });
});

describe('a PDF file', () => {
  const bytes = writePdf({
    width: 595,
    height: 842,
    content: 'BT /F1 12 Tf (Hello) Tj ET',
    pictures: [{ bytes: new Uint8Array([0xff, 0xd8, 0xff, 0xd9]), width: 1, height: 1 }],
    title: 'Łódź',
    created: new Date('2026-11-28T12:00:00Z'),
  });
  const text = Buffer.from(bytes).toString('latin1');

  it('lists where each object begins', () => {
    const offsets = [...text.matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset));
    expect(offsets).toHaveLength(8);
    offsets.forEach((offset, index) => {
      expect(text.slice(offset).startsWith(`${index + 1} 0 obj\n`)).toBe(true);
    });
    const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
    expect(text.slice(table).startsWith('xref\n0 9\n')).toBe(true);
  });

  it('holds its title in any script', () => {
    expect(text).toContain('/Title <FEFF014100f30064017a>');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCopyLine } from '../../../geodata/loaders/copy-loader.js';

describe('toCopyLine', () => {
  it('writes null, and escapes what has a meaning in the format', () => {
    expect(toCopyLine([1, null, true, 'a\tb\\N\n'])).toBe('1\t\\N\ttrue\ta\\tb\\\\N\\n\n');
  });

  it('keeps every text on one line that reads back as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (texts) => {
        const line = toCopyLine(texts);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        const fields = line.slice(0, -1).split('\t');
        const unescape = (field: string) =>
          field.replace(/\\(.)/g, (_, c: string) => ({ n: '\n', r: '\r', t: '\t' })[c] ?? c);
        expect(fields.map(unescape)).toEqual(texts.map((text) => text.replaceAll('\0', '')));
      }),
    );
  });
});

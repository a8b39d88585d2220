import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordSplitter, type CsvFormat } from '../../../../geodata/readers/csv/record-splitter.js';

const comma: CsvFormat = { separator: ',', quote: '"' };

/** Records of a text that arrives in the given pieces. */
function recordsOf(pieces: readonly string[], format = comma) {
  const splitter = new RecordSplitter(format);
  const found = [...pieces.map((piece) => splitter.split(piece)), splitter.split('', true)];
  return found.flatMap(({ lines, records }) => records.map((record, n) => [lines[n], ...record]));
}

describe('RecordSplitter', () => {
  it('trims fields, skips blank lines and counts them', () => {
    expect(recordsOf(['a, b \n\n  \n c,d'])).toEqual([
      [1, 'a', 'b'],
      [4, 'c', 'd'],
    ]);
  });

  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('takes lines that end in %s', (_name, newline) => {
    const text = ['a,b', '"1","x', 'y"', '2,""'].join(newline);
    expect(recordsOf([text])).toEqual([
      [1, 'a', 'b'],
      [2, '1', `x${newline}y`],
      [4, '2', ''],
    ]);
  });

  it('keeps quotes that are part of a value', () => {
    expect(recordsOf(['5" pipe,"say ""yes""","a"b,c\nd,e,f\n'])).toEqual([
      [1, '5" pipe', 'say "yes"', '"a"b', 'c'],
      [2, 'd', 'e', 'f'],
    ]);
  });

  it('keeps the empty fields of a tab-separated line', () => {
    const format = { separator: '\t', quote: '"' };
    expect(recordsOf(['a\tb\n\t\n"x"\t y '], format)).toEqual([
      [1, 'a', 'b'],
      [2, '', ''],
      [3, 'x', 'y'],
    ]);
  });

  it('refuses a quote that is never closed, with its line', () => {
    expect(() => recordsOf(['a\n"b\nc\n'])).toThrow(/opened on line 2/);
    expect(() => recordsOf(['a\n"', 'x'.repeat(17 * 2 ** 20)])).toThrow(/opened on line 2/);
  });

  it('finds the same records wherever the pieces part', () => {
    const character = fc.constantFrom('a', ' ', ',', '"', '\n', '\r', 'ß');
    const text = fc.array(character, { maxLength: 30 }).map((parts) => parts.join(''));
    const known = (pieces: readonly string[]) => {
      try {
        return recordsOf(pieces);
      } catch (error) {
        return (error as Error).message;
      }
    };
    fc.assert(
      fc.property(text, (given) => {
        expect(known([...given])).toEqual(known([given]));
      }),
      { numRuns: 500 },
    );
  });
});

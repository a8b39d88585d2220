const asciiLetter = /^[a-z]$/;
const singles: Readonly<Record<string, string>> = {
  Æ: 'a',
  æ: 'a',
  Ø: 'o',
  ø: 'o',
  Œ: 'o',
  œ: 'o',
  Đ: 'd',
  đ: 'd',
  Ð: 'd',
  ð: 'd',
  Ł: 'l',
  ł: 'l',
  Þ: 't',
  þ: 't',
  ß: 's',
  ı: 'i',
};
const latin = [0x41, 0x24f] as const;
const greekAndCyrillic = [0x370, 0x52f] as const;

const folded: ReadonlyMap<string, string> = new Map([
  ...lettersOf(latin).flatMap((letter) => pair(letter, singles[letter] ?? baseLetter(letter))),
  ...lettersOf(greekAndCyrillic).flatMap((letter) => pair(letter, letter.toLowerCase())),
]);

function lettersOf([first, last]: readonly [number, number]): string[] {
  return Array.from({ length: last - first + 1 }, (_, i) => String.fromCharCode(first + i));
}

function pair(letter: string, plain: string | undefined): [string, string][] {
  return plain === undefined || plain === letter || plain.length !== 1 ? [] : [[letter, plain]];
}

/** The letter without its marks, in lower case; undefined where that is none of a to z. */
function baseLetter(letter: string): string | undefined {
  const base = letter.normalize('NFD').charAt(0).toLowerCase();
  return asciiLetter.test(base) ? base : undefined;
}

/**
 * Text as it is searched and sorted by: Latin letters without case and marks, Greek and Cyrillic ones without
 * case. One letter becomes one letter, so that app.fold_text() in the database does exactly the same.
 */
export function foldText(text: string): string {
  let result = '';
  for (const letter of text) result += folded.get(letter) ?? letter;
  return result;
}

/** What `foldText` changes, as the two arguments of the SQL function translate(). */
export function foldTable(): { readonly from: string; readonly to: string } {
  return { from: [...folded.keys()].join(''), to: [...folded.values()].join('') };
}

/** The words of a search, folded; each has to be found. */
export function searchWords(text: string): string[] {
  return [...new Set(foldText(text).split(/\s+/))].filter((word) => word !== '');
}

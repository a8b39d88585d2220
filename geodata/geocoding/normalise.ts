import { canonicalToken, closingToken } from './abbreviations.js';

/** Longest text that is looked at; what is longer is no address. */
export const longestText = 300;

/** Letters that do not come apart into a letter and a mark. */
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};

/** Lower case, without accents, words parted by one blank: the form in which names are compared. */
export function toPlain(text: string): string {
  return text
    .slice(0, longestText)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[ßæœøđðłþı]/g, (letter) => letters[letter] ?? letter)
    .replace(/['’‘`´]/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The words of a plain text; none for an empty one. */
export function wordsOf(plain: string): string[] {
  return plain === '' ? [] : plain.split(' ');
}

/**
 * A plain text with every word in the one form that all its abbreviations share, so that `Hauptstr.` and
 * `Hauptstraße`, `Av. Brasil` and `Avenida Brasil`, `12 High St` and `12 High Street` are equal.
 */
export function toKey(plain: string): string {
  const words = wordsOf(plain);
  const last = words.length - 1;
  return words
    .map((word, index) => (index === last && last > 0 ? closingToken(word) : canonicalToken(word)))
    .join(' ');
}

/** Letters and digits of a postcode in lower case: `3437 PJ` and `3437pj` are one. */
export function toPostcodeKey(postcode: string): string {
  return toPlain(postcode).replaceAll(' ', '');
}

/** A postcode in a text, with what stands before and after it. */
export type FoundPostcode = {
  readonly postcode: string;
  readonly start: number;
  readonly end: number;
};

type Pattern = {
  readonly regex: RegExp;
  /** Whether what was found at this place is a postcode rather than a house number. */
  readonly fits?: (text: string, start: number, end: number) => boolean;
};

const edge = '(?<![\\p{L}\\p{N}-])';
const close = '(?![\\p{L}\\p{N}-])';

/** From the surest form to the least sure one. */
const patterns: readonly Pattern[] = [
  // Netherlands: 3437 PJ.
  { regex: new RegExp(`${edge}[1-9]\\d{3} ?(?!sa|sd|ss)[a-z]{2}${close}`, 'giu'), fits: isDutch },
  // Brazil and United States: 01310-100, 62704-1234; Portugal: 1500-203.
  { regex: new RegExp(`${edge}\\d{5}-\\d{3,4}${close}`, 'giu') },
  { regex: new RegExp(`${edge}\\d{4}-\\d{3}${close}`, 'giu') },
  { regex: new RegExp(`${edge}\\d{7,8}${close}`, 'giu') },
  // United Kingdom: SW1A 1AA.
  { regex: new RegExp(`${edge}[a-z]{1,2}\\d[a-z\\d]? ?\\d[a-z]{2}${close}`, 'giu') },
  // Germany, France, United States: five digits; Belgium, Switzerland and others: four.
  { regex: new RegExp(`${edge}\\d{5}${close}`, 'giu'), fits: isBesideTown },
  { regex: new RegExp(`${edge}[1-9]\\d{3}${close}`, 'giu'), fits: isBeforeTown },
];

/** What every pattern needs: four digits in a row, or the end of a British postcode. */
const mayHold = /\d{4}|\d[a-z]{2}(?![a-z\d])/i;

/** The postcode of a text, by the forms of the countries that have their own; undefined where there is none. */
export function findPostcode(text: string): FoundPostcode | undefined {
  if (!mayHold.test(text)) return undefined;
  for (const { regex, fits } of patterns) {
    const found = [...text.matchAll(regex)].filter((match) => {
      return fits?.(text, match.index, match.index + match[0].length) ?? true;
    });
    const last = found.at(-1);
    if (last) return { postcode: last[0], start: last.index, end: last.index + last[0].length };
  }
  return undefined;
}

/** `Kerkweg 1200 te Utrecht`: the two letters must be capitals, or close by digits, or end the text. */
function isDutch(text: string, start: number, end: number): boolean {
  const found = text.slice(start, end);
  return (
    /[A-Z]{2}$/.test(found) || !found.includes(' ') || !/^(te|en|in|de)$/i.test(found.slice(-2))
  );
}

/** Five digits before the town or after it; at the very start they are a house number where a street follows. */
function isBesideTown(text: string, start: number, end: number): boolean {
  if (start > 0) return true;
  return !/^\s+[\p{L}. ]*\b(street|st|road|rd|avenue|ave|drive|dr|lane|ln|blvd|way|highway|hwy)\b/iu.test(
    text.slice(end, end + 60),
  );
}

/** Four digits count where a town follows and something else went before, as in `Rue Salmon 67, 1360 Perwez`. */
function isBeforeTown(text: string, start: number, end: number): boolean {
  if (!/^ +\p{L}{2}/u.test(text.slice(end, end + 4))) return false;
  const before = text.slice(0, start).trimEnd();
  return before === '' || /[,;\n|]$/.test(before) || /\d[\p{L}\d/-]*$/u.test(before);
}

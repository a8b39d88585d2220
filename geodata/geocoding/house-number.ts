/** A house number as it is compared: `12 bis` is 12 and `bis`, `12-2` is 12 and `2`. */
export type HouseNumber = {
  readonly number: number;
  /** Letters and digits besides the number in lower case; empty for the plain number. */
  readonly suffix: string;
};

/** The first run of digits is the number, all else the suffix; undefined without a digit, as for `s/n`. */
export function parseHouseNumber(text: string): HouseNumber | undefined {
  const found = /\d{1,9}/.exec(text);
  if (!found) return undefined;
  const rest = text.slice(0, found.index) + text.slice(found.index + found[0].length);
  return { number: Number(found[0]), suffix: toSuffix(rest) };
}

function toSuffix(rest: string): string {
  const suffix = rest.toLowerCase().replace(/[^a-z0-9]+/g, '');
  return suffix.slice(0, 12);
}

const numberToken = /^(?:n[ºo°.]{0,2})?(\d{1,6})([a-z]{0,3})((?:[-/+][a-z0-9]{1,5}){0,3})\.?$/i;
const ordinal = /^\d{1,3}(?:er|e|de|ste|st|nd|rd|th|ª|º|[.])$/i;
const suffixWord =
  /^(?:[a-z]|bis|ter|quater|hs|huis|bg|boven|beneden|rood|i{1,3}|iv|v|zw|[-/][a-z0-9]{1,4})$/i;

/** Whether a token can be a house number by itself; an ordinal such as `1e` or `17.` is none. */
export function isNumberToken(token: string): boolean {
  return numberToken.test(token);
}

export function isOrdinal(token: string): boolean {
  return ordinal.test(token);
}

/** How many of the tokens from `start` belong to the house number there: the number and what is added to it. */
export function numberLength(tokens: readonly string[], start: number): number {
  let length = 1;
  while (length < 3 && suffixWord.test(tokens[start + length] ?? '')) length += 1;
  return length;
}

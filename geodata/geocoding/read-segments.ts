import { isStreetWord, leadsStreet } from './abbreviations.js';
import { isNumberToken, isOrdinal, numberLength } from './house-number.js';
import { toPlain } from './normalise.js';

/** One way to read the parts of an address, as they were written. */
export type Reading = {
  readonly street: string;
  readonly houseNumber?: string;
  readonly localities: readonly string[];
  readonly isLoose: boolean;
};

/** Part of a building, which no geocoder of ours looks at: `Flat 3`, `apto 12`, `bus 3`. */
const unit =
  /(?<![\p{L}\p{N}])(?:flat|apt|apartment|unit|suite|room|floor|apto|apartamento|bloco|sala|quadra|lote|andar|conj|bus|bte|bo[iî]te|app|appt|appartement|b[aâ]t(?:iment)?|whg|wohnung|etage)\.? ?[\p{L}]?\d{1,4}[\p{L}]?(?![\p{L}\p{N}])|#\d{1,5}/giu;
const kilometre = /(?<![\p{L}])km\.? ?(\d{1,4})(?:[.,]\d+)?/iu;
const noNumber = /^(?:s ?\/ ?n[ºo°.]*|sem n[uú]mero|no number|z\.? ?nr\.?)$/i;

/**
 * The ways to read an address, likeliest first. `first` are its segments up to the postcode, `second`
 * those after it, which hold no street.
 */
export function readSegments(first: readonly string[], second: readonly string[]): Reading[] {
  const segments = first
    .map((segment) => segment.replace(unit, ' ').trim())
    .filter((segment) => segment !== '' && !noNumber.test(segment));
  if (segments.length === 0) return readWithoutStreet(second);
  const at = streetSegment(segments);
  const rest = [...segments.slice(at + 1), ...second];
  const street = segments[at] ?? '';
  const [next = '', ...beyond] = rest;
  if (at + 1 < segments.length && isWholeNumber(next)) {
    return [{ street, houseNumber: next, localities: beyond, isLoose: false }];
  }
  return readStreetSegment(street, rest);
}

/** `1018 KK Amsterdam`, or `1018 KK 12`: postcode and house number, which in the Netherlands are enough. */
function readWithoutStreet(second: readonly string[]): Reading[] {
  const [number, ...localities] = second;
  if (number === undefined) return [];
  if (!isWholeNumber(number)) return [{ street: '', localities: second, isLoose: false }];
  return [{ street: '', houseNumber: number, localities, isLoose: false }];
}

/** Which segment holds the street: the one with a house number, else with a word such as `straat`, else the first. */
function streetSegment(segments: readonly string[]): number {
  const beforeNumber = segments.findIndex((_, index) => isWholeNumber(segments[index + 1] ?? ''));
  if (beforeNumber >= 0) return beforeNumber;
  const numbered = segments.findIndex((segment) => hasNumberAndWord(segment));
  if (numbered >= 0) return numbered;
  const named = segments.findIndex((segment) => toPlain(segment).split(' ').some(isStreetWord));
  return Math.max(named, 0);
}

function isWholeNumber(segment: string): boolean {
  const tokens = segment.split(' ');
  if (kilometre.test(segment) && tokens.length <= 2) return true;
  return isNumberToken(tokens[0] ?? '') && numberLength(tokens, 0) >= tokens.length;
}

function hasNumberAndWord(segment: string): boolean {
  const tokens = segment.split(' ');
  return tokens.some(isNumberToken) && tokens.some((token) => /\p{L}{3}|^\p{L}{1,2}$/u.test(token));
}

function readStreetSegment(segment: string, rest: readonly string[]): Reading[] {
  const far = kilometre.exec(segment);
  if (far) {
    const street = segment.slice(0, far.index);
    return [{ street, houseNumber: `km ${far[1]}`, localities: rest, isLoose: false }];
  }
  const tokens = segment.split(' ').filter((token) => token !== '');
  const whole: Reading = { street: segment, localities: rest, isLoose: rest.length === 0 };
  const trailing = readTrailing(tokens, rest);
  const leading = readLeading(tokens, rest);
  const leads = leading !== undefined && (trailing === undefined || leadsStreet(wordAfter(tokens)));
  const numbered = leads ? [leading, trailing] : [trailing, leading];
  return [...numbered.filter((reading) => reading !== undefined), whole];
}

function wordAfter(tokens: readonly string[]): string {
  return toPlain(tokens[numberLength(tokens, 0)] ?? '');
}

/** `Keizersgracht 148`, also with the town behind it: `keizersgracht 148 amsterdam`. */
function readTrailing(tokens: readonly string[], rest: readonly string[]): Reading | undefined {
  const at = tokens.findLastIndex((token, index) => index > 0 && isNumberToken(token));
  if (at < 0) return undefined;
  const end = at + numberLength(tokens, at);
  const start = hasCapitalPrefix(tokens, at) ? at - 1 : at;
  const behind = tokens.slice(end).join(' ');
  return {
    street: tokens.slice(0, start).join(' '),
    houseNumber: tokens.slice(start, end).join(' '),
    localities: behind === '' ? rest : [behind, ...rest],
    isLoose: false,
  };
}

/** `Boulevard LSB 70`: capitals before the number, after a word that ends the name of the street. */
function hasCapitalPrefix(tokens: readonly string[], at: number): boolean {
  return (
    at >= 2 && /^[A-Z]{2,3}$/.test(tokens[at - 1]!) && isStreetWord(toPlain(tokens[at - 2] ?? ''))
  );
}

/** `12 bis rue de la Paix`, `12 High Street`. */
function readLeading(tokens: readonly string[], rest: readonly string[]): Reading | undefined {
  const [first = ''] = tokens;
  if (!isNumberToken(first) || isOrdinal(first) || tokens.length < 2) return undefined;
  const end = Math.min(numberLength(tokens, 0), tokens.length - 1);
  return {
    street: tokens.slice(end).join(' '),
    houseNumber: tokens.slice(0, end).join(' '),
    localities: rest,
    isLoose: rest.length === 0,
  };
}

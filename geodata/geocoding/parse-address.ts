import { countryNamed, toCountryCode } from './countries.js';
import type { GeocodeRequest } from './geocoder.js';
import { parseHouseNumber, type HouseNumber } from './house-number.js';
import { longestText, toPlain, toPostcodeKey, wordsOf } from './normalise.js';
import { findPostcode } from './postcode-patterns.js';
import { readSegments, type Reading } from './read-segments.js';

/** One way to understand an address. All texts are plain (`toPlain`). */
export type Interpretation = {
  readonly street?: string;
  /** Town and whatever else narrows it down, as written: quarter, town, state. */
  readonly localities: readonly string[];
  /** No comma or number parts the street from the town: its last words may be the town. */
  readonly isLoose: boolean;
  readonly house?: HouseNumber;
};

export type ParsedAddress = {
  /** A post-office box: it has no place of its own. */
  readonly isPoBox: boolean;
  /** As `toPostcodeKey` gives it. */
  readonly postcode?: string;
  /** Two-letter code. */
  readonly country?: string;
  /** The likeliest first; empty where there is nothing beside postcode and country. */
  readonly interpretations: readonly Interpretation[];
};

const mostCountryWords = 4;

const poBox =
  /(?<![\p{L}])(?:p\.? ?o\.? ?box|post ?box|postbus|postfach|bo[iî]te postale|b\.?p\.? \d|caixa postal|cx\.? postal|apartado)(?![\p{L}])/iu;

/** Understands an address written as one text or given in parts; never throws. */
export function parseAddress(request: GeocodeRequest): ParsedAddress {
  if (request.text !== undefined) return parseText(request.text, request.country);
  return parseParts(request);
}

function parseText(text: string, givenCountry: string | undefined): ParsedAddress {
  const cleaned = clean(text);
  const country = toCountryCode(givenCountry);
  const found = findPostcode(cleaned);
  const before = found ? cleaned.slice(0, found.start) : cleaned;
  const after = found ? cleaned.slice(found.end) : '';
  const first = segmentsOf(before.replace(/\bcep:?\s*$/i, ''));
  const second = segmentsOf(after);
  const named = takeCountry(second.length > 0 ? second : first);
  const code = country ?? named;
  return {
    isPoBox: poBox.test(cleaned),
    ...(found && { postcode: toPostcodeKey(found.postcode) }),
    ...(code !== undefined && { country: code }),
    interpretations: withoutCountries(readSegments(first, second).map(toInterpretation)),
  };
}

/** A country behind the town is no part of its name; as a town may be called so, both ways stay. */
function withoutCountries(interpretations: readonly Interpretation[]): Interpretation[] {
  return interpretations.flatMap((interpretation) => {
    const { street, localities, isLoose } = interpretation;
    if (isLoose && street !== undefined) {
      const shorter = withoutCountry(street);
      return shorter === street
        ? interpretation
        : [interpretation, { ...interpretation, street: shorter }];
    }
    const last = localities.at(-1);
    const shorter = last === undefined ? undefined : withoutCountry(last);
    if (shorter === undefined || shorter === last) return interpretation;
    return { ...interpretation, localities: [...localities, shorter] };
  });
}

/** The text without the name of a country at its end; as it is where that is all of it. */
function withoutCountry(plain: string): string {
  const words = wordsOf(plain);
  for (let count = Math.min(mostCountryWords, words.length - 1); count > 0; count -= 1) {
    const name = words.slice(-count).join(' ');
    if (countryNamed(name) !== undefined) return words.slice(0, -count).join(' ');
  }
  return plain;
}

function parseParts(request: GeocodeRequest): ParsedAddress {
  const { street = '', houseNumber = '', postcode = '', city = '' } = request;
  const country = toCountryCode(request.country);
  const localities = segmentsOf(clean(city)).map(toPlain).filter(Boolean);
  const key = toPostcodeKey(postcode);
  const house = parseHouseNumber(houseNumber);
  return {
    isPoBox: poBox.test(street),
    ...(key !== '' && { postcode: key }),
    ...(country !== undefined && { country }),
    interpretations: house
      ? [{ ...optional('street', toPlain(street)), localities, isLoose: false, house }]
      : readStreet(street, localities),
  };
}

/** A street of an address in parts, which may hold the house number. */
function readStreet(street: string, localities: readonly string[]): Interpretation[] {
  const readings = readSegments(segmentsOf(clean(street)), []).map(toInterpretation);
  if (readings.length === 0) return localities.length > 0 ? [{ localities, isLoose: false }] : [];
  return readings.map((reading) => ({
    ...reading,
    localities: localities.length > 0 ? localities : reading.localities,
    isLoose: reading.isLoose && localities.length === 0,
  }));
}

/** Control characters become blanks, lines become commas, and no more than the longest text is kept. */
function clean(text: string): string {
  return text
    .slice(0, longestText)
    .replace(/[\r\n\t]+/g, ', ')
    .replace(/\p{C}+/gu, ' ')
    .replace(/ {2,}/g, ' ');
}

function segmentsOf(text: string): string[] {
  return text
    .split(/[,;|]| [-–—] | [-–—]$|^[-–—] /)
    .map((segment) => segment.trim())
    .filter((segment) => /[\p{L}\p{N}]/u.test(segment));
}

/** Takes a last segment that is the name of a country off; a text of one segment keeps it. */
function takeCountry(segments: string[]): string | undefined {
  const last = segments.at(-1);
  if (last === undefined) return undefined;
  const code = countryNamed(last);
  if (code !== undefined) segments.pop();
  return code;
}

function toInterpretation(reading: Reading): Interpretation {
  const house =
    reading.houseNumber === undefined ? undefined : parseHouseNumber(reading.houseNumber);
  return {
    ...optional('street', toPlain(reading.street)),
    localities: reading.localities.map(toPlain).filter((name) => wordsOf(name).length > 0),
    isLoose: reading.isLoose,
    ...(house && { house }),
  };
}

function optional<Name extends string>(name: Name, value: string): { [key in Name]?: string } {
  return value === '' ? {} : ({ [name]: value } as { [key in Name]: string });
}

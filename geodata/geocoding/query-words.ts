import { possibleTokens } from './abbreviations.js';
import { toKey, wordsOf } from './normalise.js';
import type { Interpretation } from './parse-address.js';

/** Longest name in words; further words only make a query slow. */
const mostWords = 12;

export type QueryOptions = {
  readonly postcode?: string | undefined;
  /** The last word is only begun. */
  readonly autocomplete?: boolean | undefined;
};

/**
 * Full-text queries (text of a `tsquery`) for an interpretation, the most telling first; none where it holds
 * nothing to look for. All words are letters and digits, quoted.
 */
export function wordQueries(
  { street, localities, isLoose }: Interpretation,
  { postcode, autocomplete = false }: QueryOptions,
): string[] {
  const inPostcode = postcode === undefined ? undefined : quote(`#${postcode}`);
  if (street === undefined) return inPostcode === undefined ? [] : [inPostcode];
  const words = wordsOf(street).slice(0, mostWords);
  const name = nameQuery(words, autocomplete && localities.length === 0);
  const towns = townQuery(localities, autocomplete);
  const queries: string[] = [];
  if (inPostcode !== undefined) queries.push(`(${name}) & ${inPostcode}`);
  if (towns !== undefined) queries.push(`(${name}) & (${towns})`);
  if (isLoose) queries.push(looseQuery(words, autocomplete));
  else if (towns === undefined) queries.push(name);
  return queries;
}

/** Query for the name of a settlement, region or postcode. */
export function placeQuery(plain: string, autocomplete: boolean): string {
  return nameQuery(wordsOf(plain).slice(0, mostWords), autocomplete);
}

function nameQuery(words: readonly string[], isBegun: boolean): string {
  const all = words.map((word, index) => wordQuery(word, isBegun && index === words.length - 1));
  const inOne = toKey(words.join(' ')).replaceAll(' ', '');
  return words.length < 2 ? all.join(' & ') : `(${all.join(' & ')}) | ${quote(`=${inOne}`)}`;
}

/** All words of one of the localities, as words of the town or of an area. */
function townQuery(localities: readonly string[], isBegun: boolean): string | undefined {
  const towns = localities.map((locality, index) => {
    const words = wordsOf(locality).slice(0, mostWords);
    const isLast = isBegun && index === localities.length - 1;
    return words
      .map((word, at) => wordQuery(word, isLast && at === words.length - 1, '@'))
      .join(' & ');
  });
  const told = towns.filter((town) => town !== '');
  return told.length === 0 ? undefined : told.map((town) => `(${town})`).join(' | ');
}

/** The first word is of the name; the others are of the name or of the town. */
function looseQuery(words: readonly string[], autocomplete: boolean): string {
  return words
    .map((word, index) => {
      const isBegun = autocomplete && index === words.length - 1;
      const name = wordQuery(word, isBegun);
      return index === 0 ? name : `(${name} | ${wordQuery(word, isBegun, '@')})`;
    })
    .join(' & ');
}

function wordQuery(word: string, isBegun: boolean, mark = ''): string {
  const forms = new Set(possibleTokens(word).map((form) => quote(mark + form)));
  if (isBegun) forms.add(`${quote(mark + word)}:*`);
  const list = [...forms];
  return list.length === 1 ? list[0]! : `(${list.join(' | ')})`;
}

function quote(lexeme: string): string {
  return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

import type { Queryable } from '../../server/db/database.js';
import { addCandidates, toWanted, type Pending } from './pending.js';
import type { GeocodeOptions } from './geocoder.js';
import { formsOf, nameLikeness } from './likeness.js';
import { toKey, wordsOf } from './normalise.js';
import type { Interpretation } from './parse-address.js';
import type { Wanted } from './score-hit.js';
import { matchSimilar, type SimilarLookup } from './search-hit.js';

/** Streets brought back for a misspelled name; edit distance chooses among them. */
const entriesEach = 24;
/** Least likeness of a town that may be a misspelling, and how many such towns are looked in. */
const townLikeness = 0.74;
const mostTowns = 6;
/** Words at the end of a text without commas that may name its town. */
const mostTownWords = 3;

/** Looks for streets whose name, or whose town's, is spelled nearly as asked; adds them as candidates. */
export async function matchMisspelled(
  queryable: Queryable,
  pending: readonly Pending[],
  options: GeocodeOptions,
): Promise<void> {
  const asked = pending.flatMap(({ request, parsed }) => {
    const [interpretation] = parsed.interpretations;
    if (interpretation?.street === undefined) return [];
    return [{ request, parsed, interpretation }];
  });
  const towns = await findTowns(queryable, townTexts(asked.map((one) => one.interpretation)));
  const lookups: SimilarLookup[] = [];
  const wanted: Wanted[] = [];
  for (const { request, parsed, interpretation } of asked) {
    for (const split of splits(interpretation, towns)) {
      const { postcode } = parsed;
      const keys = townKeys(split.localities, towns);
      // A town that is not known anywhere is no reason to look in all of them.
      if (split.localities.length > 0 && keys === undefined && postcode === undefined) continue;
      lookups.push({ request, street: split.street, towns: keys, postcode, house: split.house });
      wanted.push(toWanted(parsed, split, options));
    }
  }
  const hits = await matchSimilar(queryable, lookups, entriesEach);
  addCandidates(pending, hits, (hit) => wanted[hit.lookup]);
}

type Split = Interpretation & { readonly street: string };

/** Where street and town can part: as written, or before each of the last words where nothing parts them. */
function splits(interpretation: Interpretation, towns: KnownTowns): Split[] {
  const { street = '', isLoose } = interpretation;
  if (!isLoose) return [{ ...interpretation, street }];
  const words = wordsOf(street);
  const parted = tails(words).map(({ head, tail }): Split => {
    return { ...interpretation, street: head, localities: [tail], isLoose: false };
  });
  const known = parted.filter(({ localities }) => towns.get(localities[0]!)?.isExact);
  if (known.length > 0) return known.slice(-1);
  const near = parted.filter(({ localities }) => towns.has(localities[0]!));
  return [...near, { ...interpretation, street, isLoose: false }];
}

function tails(words: readonly string[]): { head: string; tail: string }[] {
  const counts = Array.from(
    { length: Math.min(mostTownWords, words.length - 1) },
    (_, at) => at + 1,
  );
  return counts.map((count) => ({
    head: words.slice(0, -count).join(' '),
    tail: words.slice(-count).join(' '),
  }));
}

function townTexts(interpretations: readonly Interpretation[]): string[] {
  const texts = interpretations.flatMap(({ street = '', localities, isLoose }) =>
    isLoose ? tails(wordsOf(street)).map(({ tail }) => tail) : localities,
  );
  return [...new Set(texts)].filter((text) => text.length >= 3);
}

type KnownTown = { readonly keys: readonly string[]; readonly isExact: boolean };
type KnownTowns = ReadonlyMap<string, KnownTown>;
type TownRow = { readonly text: string; readonly key: string; readonly plain: string };

function townKeys(localities: readonly string[], towns: KnownTowns): string[] | undefined {
  const keys = localities.flatMap((locality) => towns.get(locality)?.keys ?? []);
  return keys.length === 0 ? undefined : [...new Set(keys)];
}

/** Towns that plain texts name: those of that very name, else those spelled nearly so. */
async function findTowns(queryable: Queryable, texts: readonly string[]): Promise<KnownTowns> {
  if (texts.length === 0) return new Map();
  const known = await queryable.query<TownRow>(
    `SELECT t.text, n.key, n.plain FROM unnest($1::text[], $2::text[]) AS t (text, key)
     JOIN geo.names n ON n.is_town AND n.key = t.key`,
    [texts, texts.map(toKey)],
  );
  const isKnown = new Set(known.rows.map(({ text }) => text));
  const near = await queryable.query<TownRow>(
    `SELECT t.text, s.key, s.plain FROM unnest($1::text[]) AS t (text)
     CROSS JOIN LATERAL geo.similar_names(t.text, 'town', 12) s`,
    [texts.filter((text) => !isKnown.has(text))],
  );
  const rows = new Map<string, TownRow[]>();
  for (const row of [...known.rows, ...near.rows]) {
    rows.set(row.text, [...(rows.get(row.text) ?? []), row]);
  }
  const towns = new Map<string, KnownTown>();
  for (const text of texts) {
    const forms = formsOf(text);
    const alike = (rows.get(text) ?? [])
      .map((row) => ({ key: row.key, likeness: nameLikeness(forms, row) }))
      .filter((row) => row.likeness >= townLikeness)
      .sort((a, b) => b.likeness - a.likeness);
    if (alike.length === 0) continue;
    towns.set(text, {
      keys: [...new Set(alike.map(({ key }) => key))].slice(0, mostTowns),
      isExact: alike[0]!.likeness === 1,
    });
  }
  return towns;
}

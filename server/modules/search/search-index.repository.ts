import { geocodeMany } from '../../../geodata/geocoding/geocode-many.js';
import type { GeocodeAnswer } from '../../../geodata/geocoding/geocoder.js';
import { formsOf, nameLikeness } from '../../../geodata/geocoding/likeness.js';
import { toPlain } from '../../../geodata/geocoding/normalise.js';
import type { SearchResult } from '../../contract/search.js';
import type { Database } from '../../db/database.js';

/** What the search index finds for a text that is still being typed. */
export async function searchIndex(
  database: Database,
  q: string,
  limit: number,
): Promise<SearchResult[]> {
  const [answers = []] = await geocodeMany(database.pool, [{ text: q }], {
    limit,
    autocomplete: true,
  });
  return answers.map((answer) => toResult(answer, q));
}

function toResult(answer: GeocodeAnswer, q: string): SearchResult {
  const [title = answer.label, ...rest] = answer.label.split(', ');
  return {
    kind: answer.kind,
    id: answer.id,
    title,
    subtitle: rest.join(', '),
    lon: answer.lonLat[0],
    lat: answer.lonLat[1],
    ...(isOtherwise(answer, title, q) && { suggested: true as const }),
  };
}

/** Whether a name was taken for another: no beginning of it was typed, nor an abbreviation. */
function isOtherwise(answer: GeocodeAnswer, title: string, q: string): boolean {
  const asked = toPlain(q);
  const name = toPlain(answer.street ?? title);
  const beginnings = asked.split(' ').map((_, index, words) => words.slice(0, index + 1).join(' '));
  return !beginnings.some(
    (words) => name.startsWith(words) || nameLikeness(formsOf(words), formsOf(name)) >= 0.99,
  );
}

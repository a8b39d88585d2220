import type { Queryable } from '../../server/db/database.js';
import type { Candidate } from './candidate.js';
import type { Pending } from './pending.js';

/** What a number between known ones is worth beside the number itself, and beside the street alone. */
const interpolated = 0.88;
const numberMissing = 0.6;
/** Streets of one request whose numbers are looked at. */
const mostStreets = 3;

type Row = {
  readonly place: number;
  readonly lon: number;
  readonly lat: number;
  readonly postcode: string | null;
};

/** Gives streets whose house number is not known a point between its neighbours, where there are some. */
export async function interpolateHouses(
  queryable: Queryable,
  pending: readonly Pending[],
): Promise<void> {
  const wanted = pending.flatMap((one) => streetsWithoutHouse(one));
  if (wanted.length === 0) return;
  const { rows } = await queryable.query<Row>(
    `SELECT (q.place - 1)::int AS place, h.lon, h.lat, h.postcode
     FROM unnest($1::bigint[], $2::int[]) WITH ORDINALITY AS q (entry_id, number, place)
     CROSS JOIN LATERAL geo.interpolate_house(q.entry_id, q.number) h`,
    [wanted.map(({ street }) => street.hit.entry_id), wanted.map(({ number }) => number)],
  );
  for (const { place, lon, lat, postcode } of rows) {
    const { pending: one, street, houseNumber } = wanted[place]!;
    const at = one.candidates.indexOf(street);
    one.candidates[at] = {
      ...street,
      confidence: (street.confidence / numberMissing) * interpolated,
      precision: 'interpolated',
      lonLat: [lon, lat],
      houseNumber,
      postcode: postcode ?? undefined,
    };
  }
}

type Wanted = {
  readonly pending: Pending;
  readonly street: Candidate;
  readonly number: number;
  readonly houseNumber: string;
};

/** The likeliest streets of a request that asked for a house number, where no house answers it. */
function streetsWithoutHouse(pending: Pending): Wanted[] {
  const house = pending.parsed.interpretations[0]?.house;
  if (!house || pending.candidates.some(({ hit }) => hit.address_id !== null)) return [];
  const houseNumber = `${house.number}${house.suffix}`;
  return pending.candidates
    .filter(({ hit, precision }) => hit.kind === 'street' && precision === 'street')
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, mostStreets)
    .map((street) => ({ pending, street, number: house.number, houseNumber }));
}

import type { Database } from '../../server/db/database.js';

const starts = [
  'Ker',
  'Bos',
  'Molen',
  'Linden',
  'Berken',
  'Kas',
  'Vel',
  'Dor',
  'Nieuw',
  'Oost',
  'Zuid',
  'Prin',
];
const middles = ['ke', 'ber', 'ten', 'ga', 'lo', 'di', 'ven', 'mar', 'nel', 'su', 'ri', 'ta'];
const joints = ['', 'n', 'r', 'l', 's', 'per', 'gel', 'man'];
const endings = ['straat', 'laan', 'weg', 'plein', 'hof', 'kade', 'dijk', 'pad', 'singel', 'dreef'];

export type BenchAddress = {
  readonly street: string;
  readonly number: string;
  readonly postcode: string;
  readonly city: string;
};

const streetsATown = 60;
const housesAStreet = 40;

/** The address of that number in a made-up country of towns with sixty streets of forty houses. */
export function benchAddress(index: number): BenchAddress {
  const street = Math.floor(index / housesAStreet);
  const town = Math.floor(street / streetsATown);
  const name = (street * 7919) % (starts.length * middles.length * joints.length * endings.length);
  const pick = (list: readonly string[], divisor: number) =>
    list[Math.floor(name / divisor) % list.length]!;
  const letters = 'ABCDEFGHJKLMNPRSTUVWXZ';
  const letter = (value: number) => letters[value % letters.length]!;
  return {
    street: `${pick(starts, 1)}${pick(middles, 12)}${pick(joints, 144)}${pick(endings, 1152)}`,
    number: String((index % housesAStreet) + 1),
    postcode: `${1000 + (town % 9000)} ${letter(street)}${letter(Math.floor(index / 20))}`,
    city: `${pick(middles, 1 + (town % 7))}${town}dorp`.replace(/^./, (first) =>
      first.toUpperCase(),
    ),
  };
}

/** Loads so many made-up addresses in parts, without the search index. */
export async function fillAddresses(database: Database, count: number): Promise<void> {
  const part = 50_000;
  for (let start = 0; start < count; start += part) {
    const rows = Array.from({ length: Math.min(part, count - start) }, (_, index) => index + start);
    const addresses = rows.map(benchAddress);
    await database.rows(
      `INSERT INTO geo.addresses (source_key, street, house_number, postcode, city, geom, source, licence)
       SELECT 'bench/' || k, s, n, p, c, ST_SetSRID(ST_MakePoint(
         3.5 + (k / 2400 % 60) * 0.06 + (k % 2400) * 0.00002, 51 + (k / 144000) * 0.2 + (k % 2) * 0.0001), 4326),
         'Bench', 'CC0'
       FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[]) AS a (k, s, n, p, c)`,
      [
        rows,
        addresses.map(({ street }) => street),
        addresses.map(({ number }) => number),
        addresses.map(({ postcode }) => postcode),
        addresses.map(({ city }) => city),
      ],
    );
  }
  await database.rows('ANALYZE geo.addresses');
}

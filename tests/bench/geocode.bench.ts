import { geocodeMany } from '../../geodata/geocoding/geocode-many.js';
import { refreshSearchIndex } from '../../geodata/geocoding/refresh-search-index.js';
import type { Database } from '../../server/db/database.js';
import { testDatabase } from '../support/database.js';
import { benchAddress, fillAddresses, type BenchAddress } from './fill-addresses.js';
import { median, reportFigure, reportRatio, takeTurns } from './report.js';

const bench = 'geocode';
const counts = [10_000, 100_000, 1_000_000] as const;
const queriesARound = 40;
const typosARound = 12;
const batch = 1_000;
const rounds = 7;

/**
 * Prints how the geocoder compares with raw full-text search (exact, begun, many at once) and with the raw
 * trigram operator (misspelled) on the same addresses in the same run, what its index costs, and how lookups grow.
 */
export async function run(): Promise<void> {
  const grown: { exact: number; typo: number }[] = [];
  for (const count of counts) {
    const { database, close } = await testDatabase();
    try {
      grown.push(await measure(database, count));
    } finally {
      await close();
    }
  }
  for (const which of ['exact', 'typo'] as const) {
    const steps = grown
      .slice(1)
      .map((now, index) => (now[which] / grown[index]![which]).toFixed(2));
    reportFigure({
      bench,
      what: `${which} lookup, growth for ten times the addresses (10⁴ → 10⁵ → 10⁶)`,
      value: steps.join(' and '),
      goal: which === 'exact' ? '≤ 1.5' : '≤ 3',
    });
  }
}

async function measure(
  database: Database,
  count: number,
): Promise<{ exact: number; typo: number }> {
  const isLast = count === counts.at(-1);
  await fillAddresses(database, count);
  const started = performance.now();
  await refreshSearchIndex(database);
  const micros = ((performance.now() - started) * 1000) / count;
  const what = `index of ${count.toLocaleString('en')} addresses`;
  reportFigure({ bench, what, value: `${micros.toFixed(1)} µs an address`, goal: '≤ 15 µs' });
  const size = await database.row<{ mb: number }>(
    `SELECT sum(pg_total_relation_size(t)) / 1e6 AS mb
     FROM unnest(ARRAY['geo.names', 'geo.search_entries', 'geo.address_entries']::regclass[]) t`,
  );
  reportFigure({ bench, what: `${what}, size`, value: `${size?.mb.toFixed(0)} MB` });
  await database.rows(
    `CREATE INDEX raw_words ON geo.addresses USING gin (to_tsvector('simple', app.search_text(label)))`,
  );
  if (isLast) return compare(database, count);
  const exact = await timesOf(database, addressesOf(count, queriesARound), exactText);
  const typo = await timesOf(database, addressesOf(count, typosARound), typoText);
  return { exact, typo };
}

async function compare(database: Database, count: number) {
  const some = addressesOf(count, queriesARound);
  const few = addressesOf(count, typosARound);
  const exact = await takeTurns(
    () => each(some, (address) => ask(database, exactText(address))),
    () => each(some, (address) => rawWords(database, address)),
    { rounds },
  );
  report('exact address', 'raw full-text search', exact, '≤ 2');
  const begun = await takeTurns(
    () => each(some, (address) => ask(database, begunText(address), true)),
    () => each(some, (address) => rawBegun(database, address)),
    { rounds },
  );
  report('street and begun town', 'raw full-text search by prefix', begun, '≤ 2');
  const typo = await takeTurns(
    () => each(few, (address) => ask(database, typoText(address))),
    () => each(few, (address) => rawTrigram(database, address)),
    { rounds: 5 },
  );
  report('misspelled street', 'raw trigram %', typo, '≤ 0.3');
  const many = addressesOf(count, batch);
  const rates = await takeTurns(
    () =>
      geocodeMany(
        database.pool,
        many.map((address) => ({ text: exactText(address) })),
      ),
    () => each(many, (address) => rawWords(database, address)),
    { rounds: 5 },
  );
  const perSecond = (times: readonly number[]) => times.map((ms) => (batch * 1000) / ms);
  reportRatio({
    ...{ bench, what: 'addresses placed in a batch', beside: 'raw full-text search, one by one' },
    ...{ ours: perSecond(rates.ours), reference: perSecond(rates.reference) },
    ...{ goal: '≥ 0.5 (and ≥ 1,500 a second)', unit: 'per second' },
  });
  return {
    exact: median(exact.ours) / queriesARound,
    typo: median(typo.ours) / typosARound,
  };
}

function report(
  what: string,
  beside: string,
  times: { readonly ours: readonly number[]; readonly reference: readonly number[] },
  goal: string,
): void {
  reportRatio({ bench, what, beside, goal, ...times });
}

/** Median milliseconds a query over five rounds. */
async function timesOf(
  database: Database,
  addresses: readonly BenchAddress[],
  text: (address: BenchAddress) => string,
): Promise<number> {
  const times: number[] = [];
  for (let round = -1; round < 5; round += 1) {
    const started = performance.now();
    await each(addresses, (address) => ask(database, text(address)));
    if (round >= 0) times.push((performance.now() - started) / addresses.length);
  }
  return median(times);
}

function addressesOf(count: number, wanted: number): BenchAddress[] {
  return Array.from({ length: wanted }, (_, index) => benchAddress((index * 104_729 + 17) % count));
}

async function each(
  addresses: readonly BenchAddress[],
  work: (address: BenchAddress) => Promise<unknown>,
): Promise<void> {
  for (const address of addresses) await work(address);
}

const exactText = ({ street, number, city }: BenchAddress) => `${street} ${number}, ${city}`;
const begunText = ({ street, city }: BenchAddress) => `${street}, ${city.slice(0, -2)}`;

/** One pair of letters of the street swapped. */
function typoText({ street, number, city }: BenchAddress): string {
  const swapped = `${street.slice(0, 3)}${street[4]}${street[3]}${street.slice(5)}`;
  return `${swapped} ${number}, ${city}`;
}

const ask = (database: Database, text: string, autocomplete = false) =>
  geocodeMany(database.pool, [{ text }], { autocomplete });

const rawColumns = 'SELECT address_id, label, ST_X(geom), ST_Y(geom) FROM geo.addresses';
const rawVector = `to_tsvector('simple', app.search_text(label))`;

const rawWords = (database: Database, { street, number, postcode, city }: BenchAddress) =>
  database.rows(`${rawColumns} WHERE ${rawVector} @@ plainto_tsquery('simple', $1) LIMIT 10`, [
    `${street} ${number} ${postcode} ${city}`.toLowerCase(),
  ]);

const rawBegun = (database: Database, { street, city }: BenchAddress) =>
  database.rows(`${rawColumns} WHERE ${rawVector} @@ to_tsquery('simple', $1) LIMIT 10`, [
    `${street.toLowerCase()} & ${city.slice(0, -2).toLowerCase()}:*`,
  ]);

const rawTrigram = (database: Database, address: BenchAddress) =>
  database.rows(
    `${rawColumns} WHERE app.search_text(label) % app.search_text($1)
     ORDER BY similarity(app.search_text(label), app.search_text($1)) DESC LIMIT 10`,
    [typoText(address)],
  );

import type { Database, Queryable } from '../../server/db/database.js';
import { registerNames, type NameSource } from './register-names.js';

/** Rows a statement takes: few on the embedded engine, which serves nobody else meanwhile. */
const rowsAtOnce = { postgres: 1_000_000, embedded: 5_000 } as const;
const streetsAtOnce = { postgres: 20_000, embedded: 1_000 } as const;

type Options = {
  readonly signal?: AbortSignal | undefined;
  /** Told the share that is done, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
};

/** What a refresh did. */
export type SearchRefresh = {
  /** Addresses and named roads that came into the index. */
  readonly indexed: number;
  /** Layers that were brought in line: regions, postcodes, places, settlements. */
  readonly layers: readonly string[];
};

type Layer = { readonly names: readonly NameSource[]; readonly statement: string };

/** Layers that are indexed as a whole, in the order in which they need each other. */
const wholeLayers: Readonly<Record<string, Layer>> = {
  regions: {
    names: [
      { sql: 'SELECT name FROM geo.regions WHERE level > 0', role: 'town' },
      { sql: 'SELECT code FROM geo.regions WHERE level > 0', role: 'other' },
    ],
    statement: 'SELECT geo.index_regions()',
  },
  settlements: {
    names: [
      { sql: 'SELECT name FROM geo.settlements', role: 'town' },
      { sql: 'SELECT area FROM geo.settlements', role: 'other' },
    ],
    statement: 'SELECT geo.index_settlements()',
  },
  postcodes: {
    names: [
      { sql: 'SELECT postcode FROM geo.postcodes', role: 'other' },
      { sql: 'SELECT place FROM geo.postcodes', role: 'town' },
    ],
    statement: 'SELECT geo.index_postcodes()',
  },
  places: {
    names: [
      { sql: 'SELECT name FROM geo.places', role: 'place' },
      { sql: 'SELECT street FROM geo.places', role: 'other' },
      { sql: 'SELECT city FROM geo.places', role: 'other' },
    ],
    statement: 'SELECT geo.index_places()',
  },
};

/**
 * Brings the search index in line with the layers that changed since: only what came or changed of addresses
 * and roads, the other layers as a whole. Each part is a transaction of its own; what is cut off half-way goes
 * on with the next call.
 */
export async function refreshSearchIndex(
  database: Database,
  { signal, onProgress = () => undefined }: Options = {},
): Promise<SearchRefresh> {
  const layers = await refreshWholeLayers(database, signal);
  const waiting = await database.row<{ rows: number }>(
    'SELECT count(*) AS rows FROM geo.search_queue',
  );
  const total = Math.max(1, waiting?.rows ?? 0);
  let indexed = 0;
  const onRows = (rows: number) => onProgress(Math.min(1, (indexed += rows) / total));
  await drain(database, { work: indexAddresses, onRows, signal });
  await drain(database, { work: refreshStreets, signal });
  await drain(database, { work: indexRoads, onRows, signal });
  await drain(database, { work: refreshStreets, signal });
  await drain(database, { work: refreshPostcodes, signal });
  if (indexed > 0 || layers.length > 0) await analyse(database);
  return { indexed, layers };
}

async function refreshWholeLayers(
  database: Database,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const behind = await database.rows<{ layer: string; changes: number }>(
    'SELECT layer, changes FROM geo.search_layers WHERE changes <> indexed_changes',
  );
  const done: string[] = [];
  for (const [layer, { names, statement }] of Object.entries(wholeLayers)) {
    const found = behind.find((candidate) => candidate.layer === layer);
    if (!found) continue;
    signal?.throwIfAborted();
    await database.transaction(async (client) => {
      for (const source of names) await registerNames(client, source);
      await client.query(statement);
      await client.query('UPDATE geo.search_layers SET indexed_changes = $2 WHERE layer = $1', [
        layer,
        found.changes,
      ]);
    });
    done.push(layer);
  }
  return done;
}

type Work = (client: Queryable, engine: Database['engine']) => Promise<number>;

type Draining = {
  readonly work: Work;
  readonly onRows?: (rows: number) => void;
  readonly signal: AbortSignal | undefined;
};

/** Repeats the work, a transaction each time, until it finds nothing to do. */
async function drain(database: Database, { work, onRows, signal }: Draining): Promise<void> {
  for (;;) {
    signal?.throwIfAborted();
    const rows = await database.transaction((client) => work(client, database.engine));
    if (rows === 0) return;
    onRows?.(rows);
  }
}

const waitingRows = (layer: string, rows: number) =>
  `(SELECT row_id FROM geo.search_queue WHERE layer = '${layer}' ORDER BY queue_id LIMIT ${rows}) q`;

async function indexAddresses(client: Queryable, engine: Database['engine']): Promise<number> {
  const rows = rowsAtOnce[engine];
  const from = `FROM ${waitingRows('addresses', rows)} JOIN geo.addresses a ON a.address_id = q.row_id`;
  await registerNames(client, { sql: `SELECT a.street ${from}`, role: 'street' });
  await registerNames(client, { sql: `SELECT a.city ${from}`, role: 'town' });
  await registerNames(client, { sql: `SELECT a.postcode ${from}`, role: 'other' });
  return countOf(client, `SELECT geo.index_addresses(${rows}) AS rows`);
}

async function indexRoads(client: Queryable, engine: Database['engine']): Promise<number> {
  const rows = rowsAtOnce[engine];
  const from = `FROM ${waitingRows('roads', rows)} JOIN geo.roads r ON r.road_id = q.row_id`;
  await registerNames(client, { sql: `SELECT r.name ${from}`, role: 'street' });
  return countOf(client, `SELECT geo.index_roads(${rows}) AS rows`);
}

function refreshStreets(client: Queryable, engine: Database['engine']): Promise<number> {
  return countOf(client, `SELECT geo.refresh_streets(${streetsAtOnce[engine]}) AS rows`);
}

function refreshPostcodes(client: Queryable, engine: Database['engine']): Promise<number> {
  return countOf(client, `SELECT geo.refresh_postcodes(${streetsAtOnce[engine]}) AS rows`);
}

async function countOf(client: Queryable, statement: string): Promise<number> {
  const { rows } = await client.query<{ rows: number }>(statement);
  return rows[0]?.rows ?? 0;
}

async function analyse(database: Database): Promise<void> {
  for (const table of ['names', 'search_entries', 'address_entries', 'road_entries']) {
    await database.rows(`ANALYZE geo.${table}`);
  }
}

import { latLngToCell } from 'h3-js';
import { once } from 'node:events';
import { from as copyFrom } from 'pg-copy-streams';
import type { Database } from '../../server/db/database.js';
import { spreadPoints, type Box } from './spread-points.js';

/** A box of the size of the contiguous United States. */
export const wideBox: Box = [-124, 26, -68, 49];

const rowsAtOnce = 5000;
const cellResolution = 10;

/**
 * Fills crm.accounts of an empty PostgreSQL database with points as customers lie, h3 cells included.
 *
 * Triggers sleep and only the primary key, external ids and the spatial index are kept: that is what reads need.
 */
export async function fillAccounts(
  database: Database,
  count: number,
  box = wideBox,
): Promise<void> {
  await dropIndexes(database);
  await database.rows(
    'CREATE UNLOGGED TABLE bench_points (id int, lon float8, lat float8, h3 bigint)',
  );
  await copyPoints(database, count, box);
  await database.transaction(async (client) => {
    await client.query('SET LOCAL session_replication_role = replica');
    await client.query(
      `INSERT INTO crm.accounts (external_id, name, geom, placement, lifecycle, segment, kind,
         housing_type, zone_kind, road_class, h3_cell, matched_at)
       SELECT 'b' || id, 'Account ' || id, ST_SetSRID(ST_MakePoint(lon, lat), 4326), 'exact',
         (ARRAY['lead', 'prospect', 'customer', 'former'])[1 + id % 4], 'segment ' || id % 7,
         (ARRAY['person', 'organisation'])[1 + id % 2],
         (ARRAY['detached', 'terrace', 'apartments'])[1 + id % 3],
         (ARRAY['industrial', NULL, 'retail'])[1 + id % 3], 'residential', h3, now()
       FROM bench_points ORDER BY id`,
    );
  });
  await database.rows('DROP TABLE bench_points');
  await database.rows('CREATE INDEX accounts_geom_idx ON crm.accounts USING gist (geom)');
  await database.rows('ANALYZE crm.accounts');
}

async function dropIndexes(database: Database): Promise<void> {
  const indexes = await database.rows<{ name: string }>(
    `SELECT indexrelid::regclass::text AS name FROM pg_index
     WHERE indrelid = 'crm.accounts'::regclass AND NOT indisunique`,
  );
  for (const { name } of indexes) await database.rows(`DROP INDEX ${name}`);
}

async function copyPoints(database: Database, count: number, box: Box): Promise<void> {
  const { lon, lat } = spreadPoints(count, box);
  const client = await database.pool.connect();
  try {
    const stream = client.query(copyFrom('COPY bench_points FROM STDIN'));
    for (let start = 0; start < count; start += rowsAtOnce) {
      let text = '';
      for (let row = start; row < Math.min(count, start + rowsAtOnce); row++) {
        const cell = BigInt(`0x${latLngToCell(lat[row]!, lon[row]!, cellResolution)}`);
        text += `${row}\t${lon[row]}\t${lat[row]}\t${cell}\n`;
      }
      if (!stream.write(text)) await once(stream, 'drain');
    }
    stream.end();
    await once(stream, 'finish');
  } finally {
    client.release();
  }
}

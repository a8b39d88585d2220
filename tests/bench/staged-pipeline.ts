import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import type { Database } from '../../server/db/database.js';

/**
 * The quickest way to get a file of `accountsFile` into PostGIS that knows nothing of accounts: COPY of the
 * bytes as they are, one INSERT with points into a logged table with a primary key, then the spatial index.
 */
export async function runStagedPipeline(database: Database, file: string): Promise<void> {
  await dropStagedPipeline(database);
  await database.rows(
    `CREATE UNLOGGED TABLE bench_staging (external_id text, name text, segment text, postcode text,
       city text, lon float8, lat float8)`,
  );
  await copyFile(database, file);
  await database.rows(
    `CREATE TABLE bench_accounts (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
       external_id text, name text, segment text, postcode text, city text, geom geometry(Point, 4326))`,
  );
  await database.rows(
    `INSERT INTO bench_accounts (external_id, name, segment, postcode, city, geom)
     SELECT external_id, name, segment, postcode, city, ST_SetSRID(ST_MakePoint(lon, lat), 4326)
     FROM bench_staging`,
  );
  await database.rows('CREATE INDEX ON bench_accounts USING gist (geom)');
}

export async function dropStagedPipeline(database: Database): Promise<void> {
  await database.rows('DROP TABLE IF EXISTS bench_staging, bench_accounts');
}

async function copyFile(database: Database, file: string): Promise<void> {
  const client = await database.pool.connect();
  try {
    const target = client.query(copyFrom('COPY bench_staging FROM STDIN (FORMAT csv, HEADER)'));
    await pipeline(createReadStream(file, { highWaterMark: 256 * 1024 }), target);
  } finally {
    client.release();
  }
}

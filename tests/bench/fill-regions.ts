import { once } from 'node:events';
import { from as copyFrom } from 'pg-copy-streams';
import { hashText } from '../../geodata/demo/plane/random.js';
import type { Database } from '../../server/db/database.js';
import { wideBox } from './fill-accounts.js';
import type { Box } from './spread-points.js';

type Corner = readonly [lon: number, lat: number];

const cornersPerSide = 38;
const jitter = 0.3;
const wiggle = 0.04;

/**
 * Fills geo.regions of an empty PostgreSQL database with `columns` by `rows` regions of level 1 that share their
 * wiggled borders and cover a box without gap or overlap: some 150 corners each, as municipalities have.
 */
export async function fillRegions(
  database: Database,
  [columns, rows]: readonly [number, number],
  box = wideBox,
): Promise<void> {
  await database.rows(
    `INSERT INTO geo.region_levels (level, name, plural_name) VALUES (1, 'Region', 'Regions')`,
  );
  await database.rows('CREATE UNLOGGED TABLE bench_regions (code text, geom geometry)');
  const client = await database.pool.connect();
  try {
    const stream = client.query(copyFrom('COPY bench_regions FROM STDIN'));
    for (const line of regionLines(columns, rows, box)) {
      if (!stream.write(line)) await once(stream, 'drain');
    }
    stream.end();
    await once(stream, 'finish');
  } finally {
    client.release();
  }
  await database.rows(
    `INSERT INTO geo.regions (level, code, name, parent_id, geom, population)
     SELECT 1, code, 'Region ' || code, (SELECT region_id FROM geo.regions WHERE level = 0),
       ST_Multi(geom), 1000 FROM bench_regions`,
  );
  await database.rows('DROP TABLE bench_regions');
  await database.rows('SELECT geo.refresh_region_members()');
  await database.rows('ANALYZE geo.regions');
}

function* regionLines(columns: number, rows: number, box: Box): Generator<string> {
  const at = (column: number, row: number) => cornerAt(column, row, [columns, rows], box);
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < rows; row++) {
      const ring = [
        ...side(at(column, row), at(column + 1, row)),
        ...side(at(column + 1, row), at(column + 1, row + 1)),
        ...back(at(column, row + 1), at(column + 1, row + 1)),
        ...back(at(column, row), at(column, row + 1)),
      ];
      const corners = [...ring, ring[0]!].map(([lon, lat]) => `${lon} ${lat}`).join(',');
      yield `${column}-${row}\tSRID=4326;POLYGON((${corners}))\n`;
    }
  }
}

/** A corner of the grid, moved off its place by the same amount for all regions that meet there. */
function cornerAt(
  column: number,
  row: number,
  [columns, rows]: readonly [number, number],
  [west, south, east, north]: Box,
): Corner {
  const isInside = column > 0 && row > 0 && column < columns && row < rows;
  const shift = (axis: string) => (isInside ? jitter * share(`${axis} ${column} ${row}`) : 0);
  return [
    west + ((column + shift('lon')) / columns) * (east - west),
    south + ((row + shift('lat')) / rows) * (north - south),
  ];
}

/** The corners of a side from its first end on, without the last; the same line whichever way it is asked for. */
function side(from: Corner, to: Corner): Corner[] {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  return Array.from({ length: cornersPerSide }, (_, step): Corner => {
    if (step === 0) return from;
    const along = step / cornersPerSide;
    const off = wiggle * share(`${from.join()} ${to.join()} ${step}`);
    return [from[0] + along * dx - off * dy, from[1] + along * dy + off * dx];
  });
}

/** The same side from its last end on, without the first. */
function back(from: Corner, to: Corner): Corner[] {
  return [to, ...side(from, to).slice(1).reverse()];
}

/** A number from -1 to 1 that depends on the text alone. */
function share(text: string): number {
  return hashText(text) / 2 ** 31 - 1;
}

import { refreshStaleShapes } from '../../shapes/refresh-shapes.js';
import { readLoadingMark } from '../../demo/loading-mark.js';
import { counted, ok, warn, type Check } from '../check.js';

const pagesWorthAnalysing = 50;

/** Tables that are asked what lies where. */
const searchedByPlace = [
  'crm.accounts',
  'geo.regions',
  'geo.region_pieces',
  'geo.roads',
  'geo.buildings',
  'geo.business_zones',
  'geo.places',
  'geo.addresses',
  'geo.land_cover',
  'geo.postcodes',
];

/** The planner knows how large tables are. */
export const statisticsCheck: Check = {
  name: 'Statistics',
  needs: 'schema',
  examine: async ({ database }) => {
    const opened = await database();
    const found = await opened.rows<{ name: string }>(
      `SELECT c.oid::regclass::text AS name FROM pg_class c
       WHERE c.relnamespace IN ('geo'::regnamespace, 'crm'::regnamespace) AND c.relkind = 'r'
         AND c.reltuples < 0 AND pg_relation_size(c.oid) > $1 * 8192
       ORDER BY 1`,
      [pagesWorthAnalysing],
    );
    if (found.length === 0) return ok('Every large table was analysed.');
    return warn(
      `Never analysed: ${found.map(({ name }) => name).join(', ')}. Queries may be slow.`,
      {
        todo: 'npm run catchment -- doctor --fix',
        fix: async () => {
          await opened.rows('ANALYZE');
          return 'All tables are analysed.';
        },
      },
    );
  },
};

/** Geometry and references can be found by an index. */
export const indexesCheck: Check = {
  name: 'Indexes',
  needs: 'schema',
  examine: async ({ database }) => {
    const opened = await database();
    if (await readLoadingMark(opened.pool)) {
      return warn('The demo is being loaded, or its load was cut off; indexes rest meanwhile.', {
        todo: 'npm start',
      });
    }
    const found = await opened.rows<{ name: string }>(
      `WITH wanted AS (
         SELECT a.attrelid, a.attnum, a.attname FROM pg_attribute a
         JOIN unnest($1::text[]) n ON a.attrelid = to_regclass(n)
         WHERE a.attname = 'geom'
         UNION
         SELECT a.attrelid, a.attnum, a.attname FROM pg_constraint k
         JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
         WHERE k.contype = 'f' AND k.confdeltype <> 'a'
           AND k.connamespace IN ('geo'::regnamespace, 'crm'::regnamespace))
       SELECT w.attrelid::regclass || '.' || w.attname AS name FROM wanted w
       WHERE NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = w.attrelid AND i.indisvalid
                         AND w.attnum = ANY (i.indkey::int2[]))
       ORDER BY 1`,
      [searchedByPlace],
    );
    if (found.length === 0) return ok('Geometry and references have theirs.');
    return warn(`None on ${found.map(({ name }) => name).join(', ')}: reading there is slow.`, {
      todo: 'Make it anew as the migrations in server/db/migrations say, or restore a backup.',
    });
  },
};

/** The shapes that tiles are cut from are those of the rows. */
export const shapesCheck: Check = {
  name: 'Shapes of the map',
  needs: 'schema',
  examine: async ({ database }) => {
    const opened = await database();
    const stale = await opened.rows<{ layer: string }>(
      'SELECT layer FROM geo.layer_versions WHERE is_stale AND (changes > 1 OR feature_count > 0) ORDER BY layer',
    );
    if (stale.length === 0) return ok('In step with the rows.');
    return warn(
      `${counted(stale.length, 'layer')} behind: ${stale.map(({ layer }) => layer).join(', ')}.`,
      {
        todo: 'npm run catchment -- doctor --fix, or open the map and wait',
        fix: async () => {
          const made = await refreshStaleShapes(opened);
          return `${counted(made.length, 'layer')} made anew.`;
        },
      },
    );
  },
};

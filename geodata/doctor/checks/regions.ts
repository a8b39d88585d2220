import { counted, fail, ok, warn, type Check } from '../check.js';

/** Overlaps are looked for among so many regions; the sentence says so where there are more. */
const comparedRegions = 2000;
/** Borders that two publishers drew differ by slivers; more than this share of a piece is no sliver. */
const overlapShare = 0.02;

/** Every region has a shape to match accounts with. */
export const regionShapesCheck: Check = {
  name: 'Regions without shape',
  needs: 'schema',
  examine: async ({ database }) => {
    const found = await (
      await database()
    ).row<{ all: number; bare: number; example: string | null }>(
      `SELECT count(*) AS all, count(*) FILTER (WHERE geom IS NULL) AS bare,
         min(code || ' ' || name) FILTER (WHERE geom IS NULL) AS example
       FROM geo.regions WHERE level > 0`,
    );
    const { all = 0, bare = 0, example } = found ?? {};
    if (all === 0) {
      return warn('There are no regions.', {
        todo: 'npm run catchment -- import regions FILE --level 1',
      });
    }
    if (bare === 0) return ok(`${counted(all, 'region')}, all with a shape.`);
    return warn(`${counted(bare, 'region')} of ${all} without a shape, such as ${example}.`, {
      todo: 'Import regions of that level from a file with shapes.',
    });
  },
};

/** Every region but the topmost has a parent that is above it. */
export const regionOrphansCheck: Check = {
  name: 'Regions without parent',
  needs: 'schema',
  examine: async ({ database }) => {
    const found = await (
      await database()
    ).row<{ orphans: number; wrong: number }>(
      `SELECT count(*) FILTER (WHERE r.parent_id IS NULL AND r.level > first.level) AS orphans,
         count(*) FILTER (WHERE p.level >= r.level) AS wrong
       FROM geo.regions r LEFT JOIN geo.regions p ON p.region_id = r.parent_id
       CROSS JOIN (SELECT min(level) AS level FROM geo.regions WHERE level > 0) first
       WHERE r.level > 0`,
    );
    const { orphans = 0, wrong = 0 } = found ?? {};
    const todo = 'Import that level again with --parent, or its parents with their shapes.';
    if (wrong > 0)
      return fail(`${counted(wrong, 'region')} below a parent of their own level.`, { todo });
    if (orphans === 0) return ok('All below the first level have one.');
    return warn(`${counted(orphans, 'region')} count straight to the project.`, { todo });
  },
};

/** Regions of one level do not lie over each other: an account can be in one only. */
export const regionOverlapsCheck: Check = {
  name: 'Overlapping regions',
  needs: 'schema',
  examine: async ({ database }) => {
    const found = await (
      await database()
    ).row<{ pairs: number; all: number; example: string | null }>(
      `WITH compared AS MATERIALIZED (
         SELECT region_id, level, name FROM geo.regions WHERE level > 0 AND geom IS NOT NULL
         ORDER BY md5(region_id::text) LIMIT $1),
       pairs AS (
         SELECT DISTINCT least(a.region_id, o.region_id) AS one, greatest(a.region_id, o.region_id) AS other,
           a.name || ' and ' || o.name AS names
         FROM compared a
         JOIN geo.region_pieces p ON p.region_id = a.region_id
         JOIN geo.region_pieces q ON q.geom && p.geom AND q.region_id <> a.region_id
         JOIN geo.regions o ON o.region_id = q.region_id AND o.level = a.level
         WHERE ST_Overlaps(p.geom, q.geom) OR ST_Contains(p.geom, q.geom) OR ST_Within(p.geom, q.geom)
         GROUP BY a.region_id, o.region_id, a.name, o.name, p.geom, q.geom
         HAVING ST_Area(ST_Intersection(p.geom, q.geom)) > $2 * least(ST_Area(p.geom), ST_Area(q.geom)))
       SELECT (SELECT count(DISTINCT (one, other)) FROM pairs) AS pairs, (SELECT min(names) FROM pairs) AS example,
         (SELECT count(*) FROM geo.regions WHERE level > 0 AND geom IS NOT NULL) AS all`,
      [comparedRegions, overlapShare],
    );
    const { pairs = 0, all = 0, example } = found ?? {};
    const among = all > comparedRegions ? ` among ${comparedRegions} of ${all} looked at` : '';
    if (pairs === 0) return ok(`None${among}.`);
    return warn(`${counted(pairs, 'pair')}${among}, such as ${example}.`, {
      todo: 'Correct the shapes at their source and import them again; accounts there count to one of the two.',
    });
  },
};

/** The tables that say which region lies in which agree with the regions. */
export const regionMembersCheck: Check = {
  name: 'Region hierarchy',
  needs: 'schema',
  examine: async ({ database }) => {
    const opened = await database();
    const found = await opened.row<{ stale: number }>(
      `SELECT count(*) AS stale
       FROM geo.regions r FULL JOIN geo.region_paths p ON p.region_id = r.region_id
       WHERE r.region_id IS NULL OR p.region_id IS NULL
         OR (r.parent_id IS NOT NULL AND r.parent_id <> ALL (p.path_ids))
         OR (SELECT count(*) FROM geo.region_members m WHERE m.descendant_id = r.region_id)
            <> (SELECT count(*) FROM geo.region_levels)`,
    );
    if (found?.stale === 0) return ok('In step with the regions.');
    return fail(`${counted(found?.stale ?? 0, 'region')} not in step: sums by region are wrong.`, {
      todo: 'npm run catchment -- doctor --fix',
      fix: async () => {
        await opened.rows('SELECT geo.refresh_region_members()');
        return 'The region hierarchy is made anew.';
      },
    });
  },
};

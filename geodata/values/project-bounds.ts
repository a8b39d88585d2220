import { z } from 'zod';
import type { Queryable } from '../../server/db/database.js';
import type { Bounds } from './check-coordinates.js';

const boundsSchema = z.tuple([z.number(), z.number(), z.number(), z.number()]);

/**
 * The bounds of the project: those of its settings, else the box around its regions; undefined where
 * there is neither.
 */
export async function projectBounds(queryable: Queryable): Promise<Bounds | undefined> {
  const setting = await queryable.query<{ value: unknown }>(
    `SELECT value -> 'bounds' AS value FROM app.settings WHERE name = 'project'`,
  );
  const parsed = boundsSchema.safeParse(setting.rows[0]?.value);
  if (parsed.success) return parsed.data;
  const extent = await queryable.query<{ bounds: unknown }>(
    `SELECT jsonb_build_array(ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box)) AS bounds
     FROM (SELECT ST_Extent(geom) AS box FROM geo.regions WHERE level > 0) e WHERE box IS NOT NULL`,
  );
  const box = boundsSchema.safeParse(extent.rows[0]?.bounds);
  return box.success ? box.data : undefined;
}

import type { Queryable } from '../../server/db/database.js';

/** How the accounts of a file would be placed. */
export type StagedPlacement = {
  /** By coordinates of the file. */
  readonly byCoordinates: number;
  /** By a postcode that is known. */
  readonly byPostcode: number;
  /** Looked up by address or town when they are loaded; found out then. */
  readonly byAddress: number;
  /** Nothing says where they are: they stay visible as not placed. */
  readonly notPlaced: number;
};

/** How staged accounts would be placed; undefined for other kinds of import. */
export async function findStagedPlacement(
  client: Queryable,
  importId: number,
): Promise<StagedPlacement | undefined> {
  const table = `app.staging_${importId}_accounts`;
  const there = await client.query<{ found: string | null }>('SELECT to_regclass($1) AS found', [
    table,
  ]);
  if (there.rows[0]?.found === null) return undefined;
  const { rows } = await client.query<StagedPlacement>(
    `SELECT count(*) FILTER (WHERE s.point IS NOT NULL) AS "byCoordinates",
       count(*) FILTER (WHERE s.point IS NULL AND p.geom IS NOT NULL) AS "byPostcode",
       count(*) FILTER (WHERE s.point IS NULL AND p.geom IS NULL AND has_address) AS "byAddress",
       count(*) FILTER (WHERE s.point IS NULL AND p.geom IS NULL AND NOT has_address) AS "notPlaced"
     FROM ${table} s
     CROSS JOIN LATERAL (SELECT COALESCE(s.street, s.city, s.postcode) IS NOT NULL AS has_address) h
     LEFT JOIN geo.postcodes p ON p.postcode = s.postcode`,
  );
  return rows[0];
}

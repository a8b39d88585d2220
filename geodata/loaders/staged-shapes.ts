import type { Queryable } from '../../server/db/database.js';
import type { ImportContext } from '../importer.js';
import { antipodalReason, hasAntipodalEdge } from '../shapes/antipodal-edge.js';
import type { StagingTable } from './bulk-loader.js';
import { rejectStaged, warnStaged } from './staged-issues.js';

/** Makes areas of the staged `geom` valid, and notes in the new column `flaw` what was wrong with them. */
export async function repairAreas(queryable: Queryable, table: StagingTable): Promise<void> {
  await queryable.query(`ALTER TABLE ${table.name} ADD flaw text`);
  await queryable.query(
    `UPDATE ${table.name} SET
       flaw = CASE WHEN NOT ST_IsValid(geom) THEN ST_IsValidReason(geom) END,
       geom = ST_Multi(ST_CollectionExtract(ST_MakeValid(geom), 3))
     WHERE ST_Dimension(geom) < 2 OR NOT ST_IsValid(geom)`,
  );
}

/** Rejects repaired areas that cannot be used and tells of the others; `value` is the SQL of what names a row. */
export async function tellAreas(
  client: Queryable,
  context: ImportContext,
  table: StagingTable,
  value: string,
): Promise<void> {
  const field = 'geometry';
  await rejectStaged(client, context, table, {
    where: 'ST_IsEmpty(s.geom)',
    field,
    value,
    reason: `'the shape has no area' || COALESCE(': ' || s.flaw, '')`,
  });
  await rejectUnmeasurable(client, context, table, value);
  await warnStaged(client, context, table, {
    where: 's.flaw IS NOT NULL',
    field,
    value,
    reason: `'the shape was repaired: ' || s.flaw`,
  });
}

/** Rejects shapes whose length or area in metres PostGIS cannot tell. */
export async function rejectUnmeasurable(
  client: Queryable,
  context: ImportContext,
  table: StagingTable,
  value: string,
): Promise<void> {
  const field = 'geometry';
  await rejectStaged(client, context, table, {
    where: `NOT s.geom @ ST_MakeEnvelope(-180.000001, -90.000001, 180.000001, 90.000001, 4326)`,
    field,
    value,
    reason: `'the shape reaches beyond 180 degrees of longitude or 90 of latitude'`,
  });
  await rejectStaged(client, context, table, {
    where: hasAntipodalEdge('s.geom'),
    field,
    value,
    reason: `'${antipodalReason}'`,
  });
}

import type { Queryable } from '../../server/db/database.js';
import { measureBuildings } from './building-features.js';
import { deriveType } from './derive-type.js';

export type DeriveOptions = {
  /** Only buildings whose surroundings this import changed; without it, all whose type is open. */
  readonly importId?: number | undefined;
  /** Only buildings of which a register of dwellings has units, or had. */
  readonly isRegistered?: boolean | undefined;
  /** Checked between chunks; what was written stays unless the caller rolls back. */
  readonly signal?: AbortSignal | undefined;
  /** Told after each chunk how many of the buildings are done. */
  readonly progress?: ((done: number, total: number) => void) | undefined;
};

export type DeriveReport = {
  /** Buildings whose tag leaves the type open and that were looked at. */
  readonly examined: number;
  /** Those of them that have a derived type now. */
  readonly derived: number;
  /** Those whose row was written. */
  readonly changed: number;
};

const chunkSize = 500;

/** How far a changed building or address can alter what is measured of another. */
const reachMetres = 50;

const isOpen = `b.tagged_housing_type IN ('unknown', 'house', 'residential')`;

const hasRegister = `(b.register_units IS NOT NULL OR b.housing_type_rule LIKE 'register%')`;

/**
 * Derives the housing type of buildings whose tag leaves it open, a chunk at a time; rows that stay as
 * they are are not written. Follow it by matching accounts to buildings where `changed` is above zero.
 */
export async function deriveHousing(
  queryable: Queryable,
  { importId, isRegistered, signal, progress }: DeriveOptions = {},
): Promise<DeriveReport> {
  const scope = [
    isOpen,
    ...(importId === undefined ? [] : [isNear(importId)]),
    ...(isRegistered ? [hasRegister] : []),
  ].join(' AND ');
  const counted = await queryable.query<{ total: number }>(
    `SELECT count(*) AS total FROM geo.buildings b WHERE ${isRegistered ? scope : isOpen}`,
  );
  const total = counted.rows[0]?.total ?? 0;
  const report = { examined: 0, derived: 0, changed: 0 };
  for (let after = 0; ;) {
    signal?.throwIfAborted();
    const { rows } = await queryable.query<{ id: number }>(
      `SELECT b.building_id AS id FROM geo.buildings b
       WHERE b.building_id > $1 AND ${scope} ORDER BY b.building_id LIMIT ${chunkSize}`,
      [after],
    );
    const last = rows.at(-1);
    if (!last) return report;
    const chunk = await deriveChunk(
      queryable,
      rows.map(({ id }) => id),
    );
    report.examined += rows.length;
    report.derived += chunk.derived;
    report.changed += chunk.changed;
    progress?.(report.examined, total);
    after = last.id;
  }
}

function isNear(importId: number): string {
  if (!Number.isSafeInteger(importId)) throw new Error(`Not an import id: ${importId}`);
  const changedNear = (table: string) =>
    `EXISTS (SELECT FROM ${table} n WHERE n.import_id = ${importId}
             AND n.geom && geo.metres_box(b.geom, ${reachMetres}))`;
  return `(b.import_id = ${importId} OR ${changedNear('geo.buildings')} OR ${changedNear('geo.addresses')})`;
}

async function deriveChunk(queryable: Queryable, ids: readonly number[]) {
  const buildings = await measureBuildings(queryable, ids);
  const found = buildings.map((building) => deriveType(building, building.taggedType));
  const written = await queryable.query(
    `UPDATE geo.buildings b
     SET housing_type = COALESCE(d.housing_type, geo.housing_type_of_tag(b.tagged_housing_type)),
         housing_type_source = CASE WHEN d.rule IS NULL THEN 'tagged' ELSE 'derived' END,
         housing_type_confidence = d.confidence, housing_type_rule = d.rule
     FROM unnest($1::bigint[], $2::text[], $3::real[], $4::text[])
       AS d (building_id, housing_type, confidence, rule)
     WHERE b.building_id = d.building_id
       AND (b.housing_type, b.housing_type_confidence, b.housing_type_rule) IS DISTINCT FROM
           (COALESCE(d.housing_type, geo.housing_type_of_tag(b.tagged_housing_type)), d.confidence, d.rule)`,
    [
      buildings.map(({ buildingId }) => buildingId),
      found.map((type) => type?.housingType ?? null),
      found.map((type) => type?.confidence ?? null),
      found.map((type) => type?.rule ?? null),
    ],
  );
  return { derived: found.filter(Boolean).length, changed: written.rowCount ?? 0 };
}

import pg from 'pg';
import type { Queryable } from '../../server/db/database.js';
import type { ImportContext, ImportSource } from '../importer.js';
import { mergeRows, type MergeCounts } from '../loaders/merge-rows.js';
import { layerTables, type LayerName } from './layers.js';
import type { StagingWriter } from './staging-writer.js';

/** What became of one layer. */
export type LayerCounts = MergeCounts & {
  /** Features that an earlier import of the same file brought and this one does not hold. */
  readonly vanished: number;
  /** How many of these were removed. */
  readonly removed: number;
};

export type MergeTools = {
  readonly client: Queryable;
  readonly context: ImportContext;
  readonly writer: StagingWriter;
};

const defaultSource = '© OpenStreetMap contributors';
const defaultLicence = 'ODbL 1.0';

/** Qualified name of the table that holds a layer as it will be written. */
export function readyTable(writer: StagingWriter, layer: LayerName): string {
  return `${writer.tableName(layer)}_ready`;
}

/**
 * Builds the rows of a layer as they will be written: shapes repaired and measured, one row a feature.
 * Shapes without an extent are rejected, repaired ones reported.
 */
export async function prepareLayer(
  { client, context, writer }: MergeTools,
  layer: LayerName,
  source: ImportSource,
): Promise<void> {
  const { written, shape } = layerTables[layer];
  const staged = writer.tableName(layer);
  const ready = readyTable(writer, layer);
  const columns = Object.entries(written).map(([name, sql]) => `${sql} AS "${name}"`);
  await client.query(
    `CREATE UNLOGGED TABLE ${ready} AS
     SELECT s.source_key, ${columns.join(', ')},
            ${pg.escapeLiteral(source.source ?? defaultSource)}::text AS source,
            ${pg.escapeLiteral(source.licence ?? defaultLicence)}::text AS licence
     FROM (SELECT DISTINCT ON (s.source_key) s.*, ${shape} AS shape
           FROM ${staged} s ORDER BY s.source_key) s
     WHERE NOT ST_IsEmpty(s.shape)`,
  );
  await client.query(`CREATE UNIQUE INDEX ON ${ready} (source_key)`);
  await client.query(`ANALYZE ${ready}`);
  const element = `split_part(s.source_key, '/', 2)::bigint AS line, split_part(s.source_key, '/', 1) AS field`;
  await context.issues.collect(
    client,
    'rejected',
    `SELECT ${element}, NULL::text AS value, 'the shape has no extent' AS reason
     FROM ${staged} s
     WHERE NOT EXISTS (SELECT FROM ${ready} r WHERE r.source_key = s.source_key)`,
  );
  if (layer === 'roads' || layer === 'places' || layer === 'addresses') return;
  await context.issues.collect(
    client,
    'warning',
    `SELECT ${element}, NULL::text AS value,
            'the shape was repaired: ' || ST_IsValidReason(s.geom) AS reason
     FROM ${staged} s WHERE NOT ST_IsValid(s.geom)`,
  );
}

/** Writes what differs of a prepared layer; removes what vanished from the file only when asked to. */
export async function mergeLayer(
  { client, context, writer }: MergeTools,
  layer: LayerName,
  removal: { readonly sourceName: string; readonly replace: boolean },
): Promise<LayerCounts> {
  const ready = readyTable(writer, layer);
  const columns = Object.keys(layerTables[layer].written);
  const counts = await mergeRows(client, {
    target: `geo.${layer}`,
    key: ['source_key'],
    columns: Object.fromEntries([...columns, 'source', 'licence'].map((name) => [name, {}])),
    stamps: { import_id: String(context.importId) },
    source: ready,
  });
  const vanishedRows = `
    FROM geo.${layer} t
    WHERE t.import_id IN (SELECT i.import_id FROM app.imports i
                          WHERE i.importer = 'osm' AND i.source_name = $1)
      AND NOT EXISTS (SELECT FROM ${ready} r WHERE r.source_key = t.source_key)`;
  if (removal.replace) {
    const removed = await client.query(`DELETE ${vanishedRows}`, [removal.sourceName]);
    const count = removed.rowCount ?? 0;
    return { ...counts, vanished: count, removed: count };
  }
  const found = await client.query<{ count: number }>(`SELECT count(*) AS count ${vanishedRows}`, [
    removal.sourceName,
  ]);
  return { ...counts, vanished: found.rows[0]?.count ?? 0, removed: 0 };
}

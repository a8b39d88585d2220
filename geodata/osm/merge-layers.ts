import pg from 'pg';
import type { Queryable } from '../../server/db/database.js';
import type { ImportContext, ImportSource } from '../importer.js';
import { mergeRows, type MergeCounts } from '../loaders/merge-rows.js';
import { antipodalReason, hasAntipodalEdge } from '../shapes/antipodal-edge.js';
import { holdExtract, type Extract, type HeldCounts } from './extracts.js';
import { layerTables, type LayerName } from './layers.js';
import type { StagingWriter } from './staging-writer.js';

/** What became of one layer. */
export type LayerCounts = MergeCounts & HeldCounts;

export type MergeTools = {
  readonly client: Queryable;
  readonly context: ImportContext;
  readonly writer: StagingWriter;
};

export const defaultSource = '© OpenStreetMap contributors';
export const defaultLicence = 'ODbL 1.0';

/** Qualified name of the table that holds a layer as it will be written. */
export function readyTable(writer: StagingWriter, layer: LayerName): string {
  return `${writer.tableName(layer)}_ready`;
}

/**
 * Builds the rows of a layer as they will be written: shapes repaired and measured, one row a feature.
 * Shapes without an extent, or that cannot be measured, are rejected, repaired ones reported. Returns how many were rejected.
 */
export async function prepareLayer(
  { client, context, writer }: MergeTools,
  layer: LayerName,
  source: ImportSource,
): Promise<number> {
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
     WHERE NOT ST_IsEmpty(s.shape) AND NOT ${hasAntipodalEdge('s.shape')}`,
  );
  await client.query(`CREATE UNIQUE INDEX ON ${ready} (source_key)`);
  await client.query(`ANALYZE ${ready}`);
  const element = `split_part(s.source_key, '/', 2)::bigint AS line, split_part(s.source_key, '/', 1) AS field`;
  const rejected = await context.issues.collect(
    client,
    'rejected',
    `SELECT ${element}, NULL::text AS value,
            CASE WHEN ST_IsEmpty(${shape}) THEN 'the shape has no extent'
                 ELSE '${antipodalReason}' END AS reason
     FROM ${staged} s
     WHERE NOT EXISTS (SELECT FROM ${ready} r WHERE r.source_key = s.source_key)`,
  );
  if (layer === 'roads' || layer === 'places' || layer === 'addresses') return rejected;
  await context.issues.collect(
    client,
    'warning',
    `SELECT ${element}, NULL::text AS value,
            'the shape was repaired: ' || ST_IsValidReason(s.geom) AS reason
     FROM ${staged} s WHERE NOT ST_IsValid(s.geom)`,
  );
  return rejected;
}

/** Writes what differs of a prepared layer; removes what vanished from the file only when asked to. */
export async function mergeLayer(
  { client, context, writer }: MergeTools,
  layer: LayerName,
  extract: Extract,
): Promise<LayerCounts> {
  const ready = readyTable(writer, layer);
  const { written, merged, target = `geo.${layer}` } = layerTables[layer];
  const columns = [...Object.keys(written), 'source', 'licence'];
  const counts = await mergeRows(client, {
    target,
    key: ['source_key'],
    columns: { ...Object.fromEntries(columns.map((name) => [name, {}])), ...merged },
    stamps: { import_id: String(context.importId) },
    insertOnly: { extract_ids: `ARRAY[${extract.id}]` },
    source: ready,
  });
  const held = { table: target, key: ['source_key'], source: ready };
  return { ...counts, ...(await holdExtract(client, held, extract)) };
}

import { mergeRows } from '../loaders/merge-rows.js';
import type { ImportSource } from '../importer.js';
import { holdExtract, type Extract } from './extracts.js';
import { defaultLicence, defaultSource, type MergeTools } from './merge-layers.js';

/** Writes what differs of the turn restrictions of an extract; its roads have been merged. */
export async function mergeRestrictions(
  { client, context, writer }: MergeTools,
  source: ImportSource,
  extract: Extract,
): Promise<void> {
  const staged = writer.tableName('restrictions');
  const ready = `${staged}_ready`;
  await client.query(
    `CREATE UNLOGGED TABLE ${ready} AS
     SELECT DISTINCT ON (s.source_key, s.part) s.source_key, s.part, s.restriction, s.is_only,
            s.modes::smallint AS modes, f.road_id AS from_road_id, s.via_node_ids::bigint[] AS via_node_ids,
            t.road_id AS to_road_id, $1::text AS source, $2::text AS licence
     FROM ${staged} s
     JOIN geo.roads f ON f.source_key = s.from_key
     JOIN geo.roads t ON t.source_key = s.to_key
     ORDER BY s.source_key, s.part`,
    [source.source ?? defaultSource, source.licence ?? defaultLicence],
  );
  await mergeRows(client, {
    target: 'geo.turn_restrictions',
    key: ['source_key', 'part'],
    columns: {
      ...{
        restriction: {},
        is_only: {},
        modes: {},
        from_road_id: {},
        via_node_ids: {},
        to_road_id: {},
      },
      ...{ source: {}, licence: {} },
    },
    stamps: { import_id: String(context.importId) },
    insertOnly: { extract_ids: `ARRAY[${extract.id}]` },
    source: ready,
  });
  const held = { table: 'geo.turn_restrictions', key: ['source_key', 'part'], source: ready };
  await holdExtract(client, held, extract);
}

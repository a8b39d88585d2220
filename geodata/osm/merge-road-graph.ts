import { mergeRows } from '../loaders/merge-rows.js';
import { readyTable, type MergeTools } from './merge-layers.js';

type RoadGraphCounts = { readonly nodes: number; readonly edges: number };

/**
 * Brings the graph of the roads just merged up to date: their nodes, their edges, and nothing of roads
 * that other sources brought. Returns the nodes and edges of this extract.
 */
export async function mergeRoadGraph({ client, writer }: MergeTools): Promise<RoadGraphCounts> {
  const staged = writer.tableName('edges');
  const edges = `${staged}_ready`;
  const roads = readyTable(writer, 'roads');
  await client.query(
    `CREATE UNLOGGED TABLE ${edges} AS
     SELECT r.road_id, s.sequence, s.from_node_id, s.to_node_id, s.geom,
            ST_Length(s.geom::geography)::real AS length_m
     FROM (SELECT DISTINCT ON (s.source_key, s.sequence) s.*
           FROM ${staged} s ORDER BY s.source_key, s.sequence) s
     JOIN geo.roads r ON r.source_key = s.source_key`,
  );
  await client.query(`CREATE UNIQUE INDEX ON ${edges} (road_id, sequence)`);
  await client.query(`ANALYZE ${edges}`);
  const nodes = await mergeRows(client, {
    target: 'geo.road_nodes',
    key: ['node_id'],
    columns: { geom: {} },
    source: `(SELECT DISTINCT ON (node_id) node_id, geom
              FROM (SELECT from_node_id AS node_id, ST_StartPoint(geom) AS geom FROM ${edges}
                    UNION ALL SELECT to_node_id, ST_EndPoint(geom) FROM ${edges}) ends
              ORDER BY node_id)`,
  });
  // A road that lost a junction has fewer edges than before.
  const shortened = await client.query(
    `DELETE FROM geo.road_edges e USING geo.roads r
     WHERE r.road_id = e.road_id
       AND EXISTS (SELECT FROM ${roads} s WHERE s.source_key = r.source_key)
       AND NOT EXISTS (SELECT FROM ${edges} s WHERE s.road_id = e.road_id AND s.sequence = e.sequence)`,
  );
  const counts = await mergeRows(client, {
    target: 'geo.road_edges',
    key: ['road_id', 'sequence'],
    columns: { from_node_id: {}, to_node_id: {}, length_m: {}, geom: {} },
    source: edges,
  });
  if (counts.updated > 0 || (shortened.rowCount ?? 0) > 0) await removeLooseNodes({ client });
  return {
    nodes: nodes.inserted + nodes.updated + nodes.unchanged,
    edges: counts.inserted + counts.updated + counts.unchanged,
  };
}

/** Removes the nodes that no edge begins or ends at. */
export async function removeLooseNodes({ client }: Pick<MergeTools, 'client'>): Promise<void> {
  await client.query(
    `DELETE FROM geo.road_nodes n
     WHERE NOT EXISTS (SELECT FROM geo.road_edges e WHERE e.from_node_id = n.node_id)
       AND NOT EXISTS (SELECT FROM geo.road_edges e WHERE e.to_node_id = n.node_id)`,
  );
}

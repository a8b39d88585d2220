import { mergeRows } from '../loaders/merge-rows.js';
import { readyTable, type MergeTools } from './merge-layers.js';
import { prepareEdges } from './prepare-edges.js';

type RoadGraphCounts = {
  readonly nodes: number;
  readonly edges: number;
  /** Edges in built-up areas. */
  readonly builtUp: number;
};

/**
 * Brings the graph of the roads just merged up to date: their nodes, their edges, and nothing of roads
 * that other sources brought. Returns the nodes and edges of this extract.
 */
export async function mergeRoadGraph(tools: MergeTools): Promise<RoadGraphCounts> {
  const { client, writer } = tools;
  const edges = await prepareEdges(tools);
  const roads = readyTable(writer, 'roads');
  const nodes = await mergeRows(client, {
    target: 'geo.road_nodes',
    key: ['node_id'],
    columns: { geom: {}, barrier: {}, blocked_modes: {} },
    source: `(SELECT DISTINCT ON (ends.node_id) ends.node_id, ends.geom, b.barrier,
                     COALESCE(b.blocked_modes, 0)::smallint AS blocked_modes
              FROM (SELECT from_node_id AS node_id, ST_StartPoint(geom) AS geom FROM ${edges}
                    UNION ALL SELECT to_node_id, ST_EndPoint(geom) FROM ${edges}) ends
              LEFT JOIN ${writer.tableName('barriers')} b ON b.node_id = ends.node_id
              ORDER BY ends.node_id)`,
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
    columns: {
      ...{ from_node_id: {}, to_node_id: {}, length_m: {}, geom: {} },
      ...{ car_kmh_forward: {}, car_kmh_backward: {}, bicycle_kmh_forward: {} },
      ...{ bicycle_kmh_backward: {}, foot_kmh: {}, limited_modes: {}, built_up: {} },
    },
    source: edges,
  });
  if (counts.updated > 0 || (shortened.rowCount ?? 0) > 0) await removeLooseNodes({ client });
  const inTowns = await client.query<{ count: number }>(
    `SELECT count(*) AS count FROM ${edges} WHERE built_up`,
  );
  return {
    nodes: nodes.inserted + nodes.updated + nodes.unchanged,
    edges: counts.inserted + counts.updated + counts.unchanged,
    builtUp: inTowns.rows[0]?.count ?? 0,
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

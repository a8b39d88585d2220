import type { Database } from '../../server/db/database.js';
import type { NodeIndex } from './node-index.js';

const pageRows = 50_000;

/**
 * Lets nodes count as junctions where roads of other extracts begin or end: a road in two extracts is
 * split by the later one, which does not hold the side streets that only the earlier one has.
 */
export async function markForeignJunctions(
  database: Database,
  nodes: NodeIndex,
  extractId: number,
): Promise<void> {
  let after: number | undefined;
  do {
    const page: { node_id: number }[] = await database.rows<{ node_id: number }>(
      `SELECT n.node_id FROM geo.road_nodes n
       WHERE ($1::bigint IS NULL OR n.node_id > $1) AND EXISTS (
         SELECT FROM geo.road_edges e JOIN geo.roads r USING (road_id)
         WHERE (e.from_node_id = n.node_id OR e.to_node_id = n.node_id) AND NOT r.extract_ids <@ ARRAY[$2::integer])
       ORDER BY n.node_id LIMIT ${pageRows}`,
      [after ?? null, extractId],
    );
    for (const { node_id: id } of page) nodes.makeJunction(id);
    after = page.length < pageRows ? undefined : page.at(-1)?.node_id;
  } while (after !== undefined);
}

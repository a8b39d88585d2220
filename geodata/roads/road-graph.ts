import type { Queryable } from '../../server/db/database.js';
import { loadForbiddenTurns, type ForbiddenTurns } from './forbidden-turns.js';
import { modeBit, type TravelMode } from './travel-mode.js';

/**
 * The road network for one mode as typed arrays: 29 bytes an edge and direction, 12 a node.
 *
 * Nodes and edges are named by their index. Edges have a direction and are sorted by the node they leave:
 * those of node `n` are `firstEdge[n]` up to `firstEdge[n + 1]`.
 */
export type RoadGraph = {
  readonly mode: TravelMode;
  /** OpenStreetMap ids, ascending; `nodeIndex` finds one. */
  readonly nodeIds: Float64Array;
  /** 1 where a barrier stops the mode. */
  readonly blocked: Uint8Array;
  readonly firstEdge: Int32Array;
  readonly fromNode: Int32Array;
  readonly toNode: Int32Array;
  readonly seconds: Float32Array;
  readonly metres: Float32Array;
  /** 1 where the edge is only to reach what lies there. */
  readonly limited: Uint8Array;
  /** geo.road_edges.edge_id; negative where it is travelled against its geometry. */
  readonly edgeIds: Float64Array;
  readonly forbidden: ForbiddenTurns;
};

type NetworkRow = {
  edge_id: number;
  road_id: number;
  from_node_id: number;
  to_node_id: number;
  length_m: number;
  forward: number | null;
  backward: number | null;
  limited_modes: number;
  from_blocked_modes: number;
  to_blocked_modes: number;
};

export type DirectedEdge = {
  readonly id: number;
  readonly road: number;
  readonly from: number;
  readonly to: number;
  readonly seconds: number;
  readonly metres: number;
  readonly isLimited: boolean;
};

const pageRows = 20_000;

/**
 * Loads the edges that a mode may travel, with the turns that it may not make, from geo.road_network and
 * geo.turn_restrictions.
 *
 * @param extractId only the roads of one extract (geo.extracts)
 */
export async function loadRoadGraph(
  database: Queryable,
  mode: TravelMode,
  { extractId }: { readonly extractId?: number } = {},
): Promise<RoadGraph> {
  const edges: DirectedEdge[] = [];
  const blocked = new Map<number, boolean>();
  for await (const row of networkRows(database, mode, extractId)) {
    blocked.set(row.from_node_id, (row.from_blocked_modes & modeBit[mode]) !== 0);
    blocked.set(row.to_node_id, (row.to_blocked_modes & modeBit[mode]) !== 0);
    edges.push(...directions(row, mode));
  }
  const nodeIds = Float64Array.from(blocked.keys()).sort();
  const graph = buildGraph(mode, nodeIds, edges);
  const forbidden = await loadForbiddenTurns(database, { mode, extractId }, edges, nodeIds);
  const isBlocked = Uint8Array.from(nodeIds, (id) => (blocked.get(id) ? 1 : 0));
  return { ...graph, blocked: isBlocked, forbidden };
}

/** Index of a node by its OpenStreetMap id; -1 where the graph does not hold it. */
export function nodeIndex({ nodeIds }: Pick<RoadGraph, 'nodeIds'>, id: number): number {
  let low = 0;
  let high = nodeIds.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = nodeIds[middle] ?? NaN;
    if (found === id) return middle;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

async function* networkRows(
  database: Queryable,
  mode: TravelMode,
  extractId: number | undefined,
): AsyncGenerator<NetworkRow> {
  for (let after = 0; ;) {
    const { rows } = await database.query<NetworkRow>(
      `SELECT n.edge_id, n.road_id, n.from_node_id, n.to_node_id, n.length_m, n.${mode}_s_forward AS forward,
              n.${mode}_s_backward AS backward, n.limited_modes, n.from_blocked_modes, n.to_blocked_modes
       FROM geo.road_network n
       WHERE n.edge_id > $1 AND (n.${mode}_s_forward IS NOT NULL OR n.${mode}_s_backward IS NOT NULL)
         AND ($2::integer IS NULL OR EXISTS (
           SELECT FROM geo.roads r WHERE r.road_id = n.road_id AND r.extract_ids @> ARRAY[$2::integer]))
       ORDER BY n.edge_id LIMIT ${pageRows}`,
      [after, extractId ?? null],
    );
    yield* rows;
    if (rows.length < pageRows) return;
    after = rows.at(-1)!.edge_id;
  }
}

function directions(row: NetworkRow, mode: TravelMode): DirectedEdge[] {
  const { edge_id: id, from_node_id: from, to_node_id: to, road_id: road } = row;
  const isLimited = (row.limited_modes & modeBit[mode]) !== 0;
  const shared = { road, metres: row.length_m, isLimited };
  return [
    ...(row.forward === null ? [] : [{ ...shared, id, from, to, seconds: row.forward }]),
    ...(row.backward === null
      ? []
      : [{ ...shared, id: -id, from: to, to: from, seconds: row.backward }]),
  ];
}

/** Sorts the edges, in place, by the node they leave. */
function buildGraph(mode: TravelMode, nodeIds: Float64Array, edges: DirectedEdge[]) {
  edges.sort((a, b) => a.from - b.from || a.to - b.to || a.id - b.id);
  const at = (id: number) => nodeIndex({ nodeIds }, id);
  const fromNode = Int32Array.from(edges, ({ from }) => at(from));
  const firstEdge = new Int32Array(nodeIds.length + 1);
  for (const node of fromNode) firstEdge[node + 1] = (firstEdge[node + 1] ?? 0) + 1;
  for (let node = 0; node < nodeIds.length; node += 1) {
    firstEdge[node + 1] = (firstEdge[node + 1] ?? 0) + (firstEdge[node] ?? 0);
  }
  return {
    ...{ mode, nodeIds, firstEdge, fromNode },
    toNode: Int32Array.from(edges, ({ to }) => at(to)),
    seconds: Float32Array.from(edges, ({ seconds }) => seconds),
    metres: Float32Array.from(edges, ({ metres }) => metres),
    limited: Uint8Array.from(edges, ({ isLimited }) => (isLimited ? 1 : 0)),
    edgeIds: Float64Array.from(edges, ({ id }) => id),
  };
}

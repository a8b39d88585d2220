import type { Queryable } from '../../server/db/database.js';
import { modeBit, type TravelMode } from './travel-mode.js';

/** An edge in a direction, as far as turns are concerned. */
type TurnEdge = { readonly road: number; readonly from: number; readonly to: number };

type Restriction = {
  readonly is_only: boolean;
  readonly from_road_id: number;
  readonly via_node_ids: readonly number[];
  readonly to_road_id: number;
};

export type ForbiddenTurns = {
  /**
   * Sequences of edges (indexes) that may not be travelled one after the other, of two or more; those that
   * lead over a road in between have three or more.
   */
  readonly sequences: readonly (readonly number[])[];
  /** Restrictions whose edges were not found, or not without doubt: of roads closed to the mode, mostly. */
  readonly unresolved: number;
};

const pageRows = 20_000;

export type TurnScope = {
  readonly mode: TravelMode;
  /** Only the restrictions of one extract (geo.extracts). */
  readonly extractId?: number | undefined;
};

/**
 * The turns that a mode may not make, as sequences of the given edges. `only_…` restrictions become the
 * turns that they forbid: every other one where they lead.
 */
export async function loadForbiddenTurns(
  database: Queryable,
  scope: TurnScope,
  edges: readonly TurnEdge[],
  nodeIds: Float64Array,
): Promise<ForbiddenTurns> {
  const sequences: number[][] = [];
  let unresolved = 0;
  const network = new EdgeLookup(edges, nodeIds);
  for await (const restriction of restrictions(database, scope)) {
    const path = resolve(restriction, network);
    if (path) sequences.push(...forbid(restriction, path, network));
    else unresolved += 1;
  }
  return { sequences, unresolved };
}

async function* restrictions(
  database: Queryable,
  { mode, extractId }: TurnScope,
): AsyncGenerator<Restriction> {
  for (let after = 0; ;) {
    const { rows } = await database.query<Restriction & { restriction_id: number; nodes: string }>(
      `SELECT restriction_id, is_only, from_road_id, array_to_string(via_node_ids, ' ') AS nodes, to_road_id
       FROM geo.turn_restrictions WHERE restriction_id > $1 AND modes & $2::integer <> 0
         AND ($3::integer IS NULL OR extract_ids @> ARRAY[$3::integer])
       ORDER BY restriction_id LIMIT ${pageRows}`,
      [after, modeBit[mode], extractId ?? null],
    );
    for (const row of rows) yield { ...row, via_node_ids: row.nodes.split(' ').map(Number) };
    if (rows.length < pageRows) return;
    after = rows.at(-1)!.restriction_id;
  }
}

/** Finds edges by the node they leave or reach. */
class EdgeLookup {
  readonly #edges: readonly TurnEdge[];
  readonly #leaving = new Map<number, number[]>();
  readonly #reaching = new Map<number, number[]>();
  readonly #nodes: ReadonlySet<number>;

  constructor(edges: readonly TurnEdge[], nodeIds: Float64Array) {
    this.#edges = edges;
    this.#nodes = new Set(nodeIds);
    edges.forEach(({ from, to }, index) => {
      push(this.#leaving, from, index);
      push(this.#reaching, to, index);
    });
  }

  isNode(id: number): boolean {
    return this.#nodes.has(id);
  }

  leaving(node: number, of: (edge: TurnEdge) => boolean = () => true): number[] {
    return this.#pick(this.#leaving.get(node), of);
  }

  reaching(node: number, of: (edge: TurnEdge) => boolean): number[] {
    return this.#pick(this.#reaching.get(node), of);
  }

  isReverse(a: number, b: number): boolean {
    const [one, other] = [this.#edges[a], this.#edges[b]];
    return one?.road === other?.road && one?.from === other?.to && one?.to === other?.from;
  }

  #pick(indexes: readonly number[] = [], of: (edge: TurnEdge) => boolean): number[] {
    return indexes.filter((index) => {
      const edge = this.#edges[index];
      return edge !== undefined && of(edge);
    });
  }
}

function push(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

type Path = { readonly before: readonly number[]; readonly last: number };

/** The edges of a restriction: the one it comes from, those in between, and the one it leads to. */
function resolve(restriction: Restriction, network: EdgeLookup): Path | undefined {
  const { from_road_id: fromRoad, to_road_id: toRoad } = restriction;
  const nodes = restriction.via_node_ids.filter((id) => network.isNode(id));
  const [first, end] = [nodes[0], nodes.at(-1)];
  if (first === undefined || end === undefined) return undefined;
  const from = network.reaching(first, ({ road }) => road === fromRoad);
  const between = nodes.slice(1).map((node, index) => {
    const start = nodes[index] ?? NaN;
    return network.leaving(start, ({ to, road }) => to === node && road !== fromRoad);
  });
  const before = [from, ...between].map((candidates) => candidates[0]);
  const leaving = network.leaving(end, ({ road }) => road === toRoad);
  const last = before.at(-1);
  // Where a road goes on behind the turn, a turn into it is not the way back, unless that is what is meant.
  const isUTurn = fromRoad === toRoad;
  const to = leaving.filter(
    (edge) => last === undefined || network.isReverse(last, edge) === isUTurn,
  );
  const isClear =
    from.length === 1 && between.every(({ length }) => length === 1) && to.length === 1;
  const target = to[0];
  if (!isClear || target === undefined) return undefined;
  return { before: before.filter((edge) => edge !== undefined), last: target };
}

function forbid(
  { is_only, via_node_ids }: Restriction,
  path: Path,
  network: EdgeLookup,
): number[][] {
  const { before, last } = path;
  if (!is_only) return [[...before, last]];
  const end = via_node_ids.findLast((id) => network.isNode(id)) ?? NaN;
  return network
    .leaving(end)
    .filter((edge) => edge !== last)
    .map((edge) => [...before, edge]);
}

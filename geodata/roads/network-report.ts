import type { Queryable } from '../../server/db/database.js';
import { connectivity, type Connectivity } from './connectivity.js';
import { loadRoadGraph } from './road-graph.js';
import { travelModes, type TravelMode } from './travel-mode.js';

export type NetworkReport = Readonly<
  Record<TravelMode, Connectivity & { readonly unresolvedRestrictions: number }>
>;

/** How far the roads of an extract hang together for each mode. */
export async function networkReport(client: Queryable, extractId: number): Promise<NetworkReport> {
  const found: Partial<Record<TravelMode, NetworkReport[TravelMode]>> = {};
  for (const mode of travelModes) {
    const graph = await loadRoadGraph(client, mode, { extractId });
    const unresolvedRestrictions = graph.forbidden.unresolved;
    found[mode] = { ...connectivity(graph), unresolvedRestrictions };
  }
  return found as NetworkReport;
}

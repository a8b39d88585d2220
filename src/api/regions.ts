import type { Region, RegionDetail } from '../../server/contract/regions.js';
import { get } from './client.js';

/** The parts of a region, without shapes. */
export function listRegions(parentId: number, signal?: AbortSignal): Promise<readonly Region[]> {
  return get<readonly Region[]>('/api/regions', { query: { parent: parentId }, signal });
}

/** The region that is the project itself, parent of all others. */
export async function getProjectRegion(signal?: AbortSignal): Promise<Region | undefined> {
  const regions = await get<readonly Region[]>('/api/regions', { query: { level: 0 }, signal });
  return regions[0];
}

/** One region with its path from the project down and its statistics. */
export function getRegion(id: number, signal?: AbortSignal): Promise<RegionDetail> {
  return get<RegionDetail>(`/api/regions/${id}`, { signal });
}

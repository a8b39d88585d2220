import type { ImportContext } from '../importer.js';
import { placeAgain } from '../placing/place-again.js';
import { refreshSearchIndex } from './refresh-search-index.js';

/** Layers whose change can place an account; named places cannot. */
const placingLayers: readonly string[] = ['regions', 'postcodes', 'settlements'];

/**
 * Brings what an import loaded into the search index, and places accounts by it that were not placed well before;
 * answers what the report has to say of it. The data are loaded by then: what does not get done, the next
 * import or `catchment match` does.
 */
export async function prepareSearch({
  database,
  progress,
  signal,
}: ImportContext): Promise<Readonly<Record<string, unknown>>> {
  try {
    progress.stage('Preparing search');
    const { indexed, layers } = await refreshSearchIndex(database, {
      signal,
      onProgress: (fraction) => progress.fraction(fraction),
    });
    if (indexed === 0 && !layers.some((layer) => placingLayers.includes(layer))) return {};
    progress.stage('Placing accounts by address');
    const placed = await placeAgain(database, {
      signal,
      progress: (done, total) => progress.fraction(done / Math.max(1, total)),
    });
    return placed === 0 ? {} : { accountsPlacedAgain: placed };
  } catch (error) {
    return { searchNotPrepared: signal.aborted ? 'cancelled' : (error as Error).message };
  }
}

import type { Map as MapLibreMap } from 'maplibre-gl';
import type { LayerId } from './contract.js';
import { layerOfSource } from './sources.js';

const firstRetryMs = 3_000;
const longestRetryMs = 60_000;

/**
 * Watches the vector sources of a map: tells which layer fails, once until it works again, and
 * asks for failed tiles anew with growing pauses and when the network is back.
 */
export class TileErrors {
  readonly #map: MapLibreMap;
  readonly #onError: (layer: LayerId | null, message: string) => void;
  readonly #failedSources = new Set<string>();
  #retryMs = firstRetryMs;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(map: MapLibreMap, onError: (layer: LayerId | null, message: string) => void) {
    this.#map = map;
    this.#onError = onError;
    map.on('error', (event) => this.#note(event.error, sourceIdOf(event)));
  }

  /** Asks again for every tile of the sources that failed. */
  retry(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const sources = [...this.#failedSources];
    this.#failedSources.clear();
    for (const id of sources) if (this.#map.getSource(id)) this.#map.refreshTiles(id);
  }

  /** Stops retrying. */
  close(): void {
    clearTimeout(this.#timer);
  }

  /** Starts again with short pauses, after something could be loaded. */
  noteSuccess(): void {
    if (this.#failedSources.size === 0) this.#retryMs = firstRetryMs;
  }

  #note(
    error: { readonly name?: string; readonly message: string },
    sourceId: string | null,
  ): void {
    if (error.name === 'AbortError') return;
    const layer = sourceId === null ? null : layerOfSource(sourceId);
    if (sourceId === null || !layer) {
      this.#onError(null, error.message);
      return;
    }
    if (this.#failedSources.has(sourceId)) return;
    this.#failedSources.add(sourceId);
    this.#onError(layer, error.message);
    this.#timer ??= setTimeout(() => this.retry(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, longestRetryMs);
  }
}

/** MapLibre adds the source to the error events of tiles without saying so in its types. */
function sourceIdOf(event: object): string | null {
  return 'sourceId' in event && typeof event.sourceId === 'string' ? event.sourceId : null;
}

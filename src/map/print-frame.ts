import type { Map as MapLibreMap } from 'maplibre-gl';
import { fitPadding, uncoveredOffset } from './camera.js';
import type { FrameSize, MapPadding, Viewport } from './contract.js';

/** What MapLibre is told for a map that nobody moves and that is drawn once. */
export interface PrintView {
  readonly interactive: false;
  readonly fadeDuration: 0;
  readonly bearing: number;
  readonly pixelRatio: number;
  readonly maxCanvasSize: [number, number];
}

/** Where a frame must look so that it holds all that is seen of a map between its panels. */
export function viewportFor(map: MapLibreMap, padding: MapPadding, frame: FrameSize): Viewport {
  const { clientWidth, clientHeight } = map.getContainer();
  const free = fitPadding(padding, clientWidth, clientHeight);
  const [right, down] = uncoveredOffset(free);
  const { lng, lat } = map.unproject([clientWidth / 2 + right, clientHeight / 2 + down]);
  const seen = {
    width: clientWidth - free.left - free.right,
    height: clientHeight - free.top - free.bottom,
  };
  return { lon: lng, lat, zoom: map.getZoom() + zoomToHold(seen, frame) };
}

/** By how many zooms a frame must go in (or out, below zero) to just hold what is seen. */
export function zoomToHold(seen: FrameSize, frame: FrameSize): number {
  const across = frame.width / Math.max(1, seen.width);
  const down = frame.height / Math.max(1, seen.height);
  return Math.log2(Math.min(across, down));
}

import { formatDistance } from '../../lib/format.js';
import { metersPerPixel } from '../../map/account-marks.js';
import type { MapElement, MapPrint } from '../../map/contract.js';
import { accountPicture } from '../../state/account-picture.js';
import { appLocation } from '../../state/location.js';
import { preferences } from '../../state/preferences.js';
import { drawSheet, pageMeasure } from './canvas-sheet.js';
import { composeContent, type SheetPart } from './compose-content.js';
import type { SheetScale } from './sheet-content.js';
import { arrange, sheetMarks } from './sheet-layout.js';
import type { FileKind, SheetSize } from './sheet-sizes.js';

/** What goes into the file. */
export interface MapFile {
  readonly kind: FileKind;
  readonly title: string;
  readonly size: SheetSize;
  readonly parts: ReadonlySet<SheetPart>;
}

/** How far the work is. */
export type ExportStep = 'map' | 'file';

/** Draws what the map shows as a sheet with title, legend, scale and sources, and makes a file of it. */
export async function exportMap(
  file: MapFile,
  map: MapElement,
  { signal, onStep }: { signal: AbortSignal; onStep: (step: ExportStep) => void },
): Promise<Blob> {
  onStep('map');
  const asked = { ...file, now: new Date() };
  const measure = pageMeasure();
  const { picture: accounts, mode } = accountPicture;
  const zoom = appLocation.state.viewport?.zoom ?? 0;
  const arrangement = arrange(composeContent(asked, { accounts, mode, zoom }), file.size, measure);
  const { width, height } = arrangement.map;
  const { pixelRatio } = file.size;
  const print = await map.print({ width, height, pixelRatio, signal });
  signal.throwIfAborted();
  onStep('file');
  await new Promise(requestAnimationFrame);
  const content = composeContent(asked, { ...print, zoom: print.viewport.zoom });
  const scale = file.parts.has('scale') ? scaleOf(print) : null;
  const marks = sheetMarks(content, arrangement, { scale, measure });
  if (file.kind === 'png') return toPng(drawSheet(marks, file.size, print.picture));
  const { pdfSheet } = await import('./pdf-sheet.js');
  const { title, now: created } = asked;
  const bytes = await pdfSheet(marks, file.size, { map: print.picture, title, created });
  return new Blob([bytes], { type: 'application/pdf' });
}

/** The scale in the middle of the map; none where it is seen from the side, as it would not be true. */
function scaleOf({ viewport, bearing, isTilted }: MapPrint): SheetScale | null {
  if (isTilted) return null;
  return {
    metersPerPixel: metersPerPixel(viewport.lat, viewport.zoom),
    bearing,
    format: (meters) => formatDistance(meters, preferences.language),
  };
}

async function toPng(canvas: HTMLCanvasElement): Promise<Blob> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('This browser cannot write pictures.');
  return blob;
}

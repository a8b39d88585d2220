import { msg } from '@lit/localize';
import type { SheetPart } from './compose-content.js';
import type { ExportStep } from './export-map.js';
import type { SheetName } from './sheet-sizes.js';

/** Name of a size of sheet. */
export function sheetName(sheet: SheetName): string {
  return {
    a4: 'A4',
    a3: 'A3',
    letter: msg('Letter'),
    wide: msg('Slide, 1920 × 1080'),
    wide4k: msg('Slide, 3840 × 2160'),
    square: msg('Square, 1080 × 1080'),
  }[sheet];
}

/** Name of a part that may be left off. */
export function partName(part: SheetPart): string {
  return {
    legend: msg('Legend'),
    scale: msg('Scale and north arrow'),
    sources: msg('Sources'),
    date: msg('Date'),
    filters: msg('Region and filters'),
  }[part];
}

/** What is being done. */
export function stepName(step: ExportStep): string {
  return { map: msg('Drawing the map at full size…'), file: msg('Writing the file…') }[step];
}

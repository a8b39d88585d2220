import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../shared/data');

/** Whether the folder with real data of other publishers stands beside this checkout. */
export const hasRealData = existsSync(path.join(folder, 'README.md'));

/** Absolute path of a real data file, for example `realData('osm/monaco.osm.pbf')`. */
export function realData(file: string): string {
  return path.join(folder, file);
}

import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * The folder of the project. Files that belong to the program are found from here: a module's own address
 * differs between its source and the bundle of `npm run build`.
 */
export const projectRoot = findRoot(import.meta.dirname);

function findRoot(folder: string): string {
  if (existsSync(path.join(folder, 'package.json'))) return folder;
  return findRoot(path.dirname(folder));
}

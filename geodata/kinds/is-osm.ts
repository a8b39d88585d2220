import { sampleOf } from '../readers/open-file.js';

/** Whether a file is an OpenStreetMap extract, by its first bytes: PBF or XML, also gzipped. */
export async function isOsm(file: string): Promise<boolean> {
  const start = (await sampleOf(file, 1024)).toString('latin1');
  return start.slice(0, 64).includes('OSMHeader') || /^\s*(<\?xml[^>]*>\s*)?<osm[\s>]/.test(start);
}

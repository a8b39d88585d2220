import path from 'node:path';

const endings = /(?:\.(?:osm|pbf|xml|gz))+$/i;
const dates = /(?:[-_.](?:latest|\d{8}|\d{6}|\d{4}(?:-\d{2}){0,2}))+$/i;

/**
 * Name of the extract that a file holds, whatever its date: `liechtenstein` for
 * `liechtenstein-2015.osm.pbf`, `liechtenstein-latest.osm.pbf` and `liechtenstein-150727.osm.pbf`.
 */
export function extractName(file: string): string {
  const name = path.basename(file).replace(endings, '');
  const undated = name.replace(dates, '');
  return undated === '' ? name : undated;
}

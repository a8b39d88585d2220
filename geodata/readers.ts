import { AppError } from '../server/errors.js';
import { csvReader } from './readers/csv.reader.js';
import { flatgeobufReader } from './readers/flatgeobuf.reader.js';
import { geojsonReader } from './readers/geojson.reader.js';
import { geopackageReader } from './readers/geopackage.reader.js';
import { geoparquetReader } from './readers/geoparquet.reader.js';
import { gpxReader } from './readers/gpx.reader.js';
import { kmlReader } from './readers/kml.reader.js';
import { shapefileReader } from './readers/shapefile.reader.js';
import type { Reader } from './readers/source-row.js';
import { topojsonReader } from './readers/topojson.reader.js';
import { xlsxReader } from './readers/xlsx.reader.js';

/**
 * Every format that row importers read; a further one is one file, one line here and one in
 * identify-format.ts. Files are opened with `openSource`, which finds the format by their content.
 */
export const readers: readonly Reader[] = [
  csvReader,
  xlsxReader,
  geojsonReader,
  topojsonReader,
  shapefileReader,
  flatgeobufReader,
  geopackageReader,
  geoparquetReader,
  kmlReader,
  gpxReader,
];

/** The reader of that name; throws where there is none. */
export function readerNamed(name: string): Reader {
  const reader = readers.find((candidate) => candidate.name === name);
  if (reader) return reader;
  throw new AppError('internal', `There is no reader ${name}.`);
}

/** What can be read, for messages. */
export function knownFormats(): string {
  return readers.map(({ title, extensions }) => `${title} (${extensions.join(', ')})`).join(', ');
}

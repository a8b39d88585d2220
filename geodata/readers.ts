import { AppError } from '../server/errors.js';
import { csvReader } from './readers/csv.reader.js';
import { geojsonReader } from './readers/geojson.reader.js';
import type { Reader } from './readers/source-row.js';

/** Every format that row importers read; a further one is one file and one line here. */
export const readers: readonly Reader[] = [csvReader, geojsonReader];

/** The reader for a file by the ending of its name; throws an AppError that lists what can be read. */
export function readerFor(path: string): Reader {
  const name = path.toLowerCase().replace(/\.gz$/, '');
  const reader = readers.find(({ extensions }) =>
    extensions.some((extension) => name.endsWith(`.${extension}`)),
  );
  if (reader) return reader;
  const known = readers.flatMap(({ extensions }) => extensions).join(', ');
  throw new AppError('validation', `Cannot tell the format of ${path}; known endings: ${known}.`);
}

import { openSource, type SourceOptions } from './readers/open-source.js';
import { describeDetection, type SourceDetection } from './readers/source-detection.js';
import type { SourceRow } from './readers/source-row.js';
import { suggestImport, type ImportSuggestion } from './suggest-import.js';

/** What can be said of a file without importing it. */
export type Inspection = {
  readonly detection: SourceDetection;
  /** The detection as one line. */
  readonly readAs: string;
  /** First rows, with geometry in longitude and latitude. */
  readonly rows: readonly SourceRow[];
  /** Which importer fits, and which column would be which field; undefined where none does. */
  readonly suggestion: ImportSuggestion | undefined;
};

/**
 * Looks at a file: format, layers, character set, coordinate system, columns with their formats and some
 * values, and the import that fits. Reads no more than its beginning.
 *
 * @throws AppError as `openSource` does, for example where a layer has to be chosen: `details.layers`
 */
export async function inspectSource(
  file: string,
  { rows = 5, ...options }: SourceOptions & { readonly rows?: number } = {},
): Promise<Inspection> {
  const source = await openSource(file, options);
  await source.close();
  const { detection, sample } = source;
  return {
    detection,
    readAs: describeDetection(detection),
    rows: sample.slice(0, rows),
    suggestion: suggestImport(detection, sample[0]),
  };
}

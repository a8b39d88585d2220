import { openSource, type SourceOptions } from './open-source.js';
import type { SourceRow } from './source-row.js';

/** The rows of a file of any known format one by one, for callers that need no more of it. */
export async function* readRows(
  file: string,
  options: SourceOptions = {},
): AsyncGenerator<SourceRow> {
  const source = await openSource(file, options);
  for await (const batch of source.batches) yield* batch;
}

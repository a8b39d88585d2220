import type { z } from 'zod';
import type { Database } from '../../server/db/database.js';
import { ProgressMeter } from '../progress.js';
import type { ImportReport } from '../report/import-record.js';
import { runImport } from '../run-import.js';
import { demoImporter, type demoOptions } from './demo.importer.js';
import { DEMO_LICENCE, DEMO_SOURCE } from './tables.js';

/** What an observer hears: what is being made, and the share done of it (0 to 1; null where unknown). */
export type DemoProgress = { readonly label: string; readonly fraction: number | null };

/**
 * Loads the demo region into an empty project, with a report in app.imports. A load that was cut off is taken
 * away first. Throws an ImportFailure when the project holds data or the signal is aborted; nothing is left then.
 */
export async function loadDemo(
  database: Database,
  options: z.input<typeof demoOptions> = {},
  onProgress: (progress: DemoProgress) => void = () => undefined,
  signal?: AbortSignal,
): Promise<ImportReport> {
  const progress = new ProgressMeter([
    ({ label, fraction }) => onProgress({ label, fraction: fraction ?? null }),
  ]);
  return runImport({
    database,
    importer: demoImporter,
    source: { path: 'demo', source: DEMO_SOURCE, licence: DEMO_LICENCE },
    options,
    progress,
    ...(signal ? { signal } : {}),
  });
}

import path from 'node:path';
import type { Database } from '../server/db/database.js';
import { AppError } from '../server/errors.js';
import { ensureLevel } from './importers/region-level.js';
import type { Progress } from './progress.js';
import { silentProgress } from './progress.js';
import type { Recipe } from './recipes.js';
import { localise } from './remote/localise.js';
import type { RemoteFiles } from './remote/remote-files.js';
import type { ImportReport } from './report/import-record.js';
import { runImport } from './run-import.js';

export type RecipeRun = {
  readonly database: Database;
  readonly recipe: Recipe;
  /** Fetches the sources that are https addresses. */
  readonly files?: RemoteFiles;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  readonly userId?: string;
  /** Told after each step. */
  readonly onReport?: (report: ImportReport) => void;
};

/**
 * Loads a project: its settings and levels, then each source in turn. Steps before one that fails stay
 * loaded, as running the recipe again changes nothing in them. Throws as `runImport` does, and an AppError
 * where the project holds the demo: made-up and real data do not go together.
 */
export async function runRecipe(run: RecipeRun): Promise<readonly ImportReport[]> {
  const { database, recipe, signal, userId } = run;
  // The demo says of itself what the project is.
  const isDemo = recipe.steps.every(({ importer }) => importer.name === 'demo');
  if (!isDemo) await writeSettings(database, recipe);
  const reports: ImportReport[] = [];
  for (const [index, step] of recipe.steps.entries()) {
    signal?.throwIfAborted();
    const { importer, saveAs, isPaged } = step;
    const number = `[${index + 1}/${recipe.steps.length}]`;
    const outer = run.progress ?? silentProgress;
    const fetching = { progress: within(outer, `${number} `), signal, saveAs, isPaged };
    const { source, options } = await localise(step, run.files, fetching);
    const report = await runImport({
      database,
      importer,
      source,
      options,
      progress: within(outer, `${number} ${path.basename(source.path)}: `),
      ...(signal ? { signal } : {}),
      ...(userId === undefined ? {} : { userId }),
    });
    reports.push(report);
    run.onReport?.(report);
  }
  return reports;
}

/** Progress whose stages say which step they belong to. */
function within(progress: Progress, place: string): Progress {
  return {
    stage: (label, totalRows) => progress.stage(`${place}${label}`, totalRows),
    advance: (rows) => progress.advance(rows),
    fraction: (value) => progress.fraction(value),
  };
}

const demoInTheWay =
  'This project holds the demo region. Load real data into another one: set CATCHMENT_DATA to a new folder ' +
  '(or DATABASE_URL to an empty database) and CATCHMENT_DEMO=never.';

async function writeSettings(database: Database, recipe: Recipe): Promise<void> {
  const { name, currency, bounds, today, levels } = recipe;
  const setting = {
    name,
    currency,
    isDemo: false,
    bounds: bounds ?? null,
    ...(today ? { today } : {}),
  };
  await database.transaction(async (client) => {
    const demo = await client.query(
      `SELECT 1 FROM app.settings WHERE name = 'project' AND value -> 'isDemo' = 'true'`,
    );
    if (demo.rows.length > 0) throw new AppError('conflict', demoInTheWay);
    await client.query(
      `INSERT INTO app.settings AS s (name, value) VALUES ('project', $1::jsonb)
       ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = now()
       WHERE s.value IS DISTINCT FROM excluded.value`,
      [JSON.stringify(setting)],
    );
    let isChanged = false;
    for (const { level, name: levelName, plural: levelPlural } of levels) {
      const ensured = await ensureLevel(client, { level: String(level), levelName, levelPlural });
      isChanged ||= ensured.isChanged;
    }
    if (isChanged) await client.query('SELECT geo.refresh_region_members()');
  });
}

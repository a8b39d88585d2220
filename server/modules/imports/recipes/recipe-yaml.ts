import { stringify } from 'yaml';
import type { Database } from '../../../db/database.js';
import type { StoredRecipe } from './recipe.repository.js';

type ProjectSetting = {
  readonly name?: string;
  readonly currency?: string;
  readonly bounds?: readonly number[] | null;
  readonly today?: string;
};

/**
 * A recipe as the command line takes it: `catchment import RECIPE.yaml` beside the file. It says of the project what
 * is so already, as the command line writes that too.
 */
export async function recipeYaml(database: Database, recipe: StoredRecipe): Promise<string> {
  const row = await database.row<{ value: ProjectSetting }>(
    `SELECT value FROM app.settings WHERE name = 'project'`,
  );
  const { name = 'Project', currency = 'EUR', bounds, today } = row?.value ?? {};
  const { importer, fileName, source, licence, options } = recipe;
  return stringify({
    name,
    currency,
    ...(bounds ? { bounds } : {}),
    ...(today === undefined ? {} : { today }),
    sources: [
      {
        import: importer,
        file: fileName,
        ...(source === null ? {} : { source }),
        ...(licence === null ? {} : { licence }),
        ...options,
      },
    ],
  });
}

import type { z } from 'zod';
import type { ImportRecipe, newRecipeBody } from '../../../contract/import-recipes.js';
import type { Database } from '../../../db/database.js';

type RecipeRow = Omit<ImportRecipe, 'updatedAt' | 'isOwn'> & {
  readonly userId: string | null;
  readonly updatedAt: Date;
};

export type StoredRecipe = Omit<ImportRecipe, 'isOwn'> & { readonly userId: string | null };

const recipeColumns = `
  r.import_recipe_id AS id, r.name, r.importer, r.options, r.source, r.licence, r.file_name AS "fileName",
  r.columns, r.user_id AS "userId", u.name AS "userName", r.updated_at AS "updatedAt"`;

const recipes = `app.import_recipes r LEFT JOIN app.users u ON u.id = r.user_id`;

/** All recipes by name: whoever may import may load by each. */
export async function listRecipes(database: Database): Promise<StoredRecipe[]> {
  const rows = await database.rows<RecipeRow>(
    `SELECT ${recipeColumns} FROM ${recipes} ORDER BY lower(r.name), r.name`,
  );
  return rows.map(toRecipe);
}

export async function findRecipe(
  database: Database,
  id: number,
): Promise<StoredRecipe | undefined> {
  const row = await database.row<RecipeRow>(
    `SELECT ${recipeColumns} FROM ${recipes} WHERE r.import_recipe_id = $1`,
    [id],
  );
  return row && toRecipe(row);
}

export async function findRecipeNamed(
  database: Database,
  name: string,
): Promise<StoredRecipe | undefined> {
  const row = await database.row<RecipeRow>(
    `SELECT ${recipeColumns} FROM ${recipes} WHERE r.name = $1`,
    [name],
  );
  return row && toRecipe(row);
}

/** Keeps a recipe under its name, in the place of the one that had it; answers its number. */
export async function saveRecipe(
  database: Database,
  recipe: z.output<typeof newRecipeBody>,
  userId: string,
): Promise<number> {
  const { name, importer, options, source, licence, fileName, columns } = recipe;
  const row = await database.row<{ id: number }>(
    `INSERT INTO app.import_recipes (name, importer, options, source, licence, file_name, columns, user_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (name) DO UPDATE SET importer = EXCLUDED.importer, options = EXCLUDED.options,
       source = EXCLUDED.source, licence = EXCLUDED.licence, file_name = EXCLUDED.file_name,
       columns = EXCLUDED.columns, updated_at = now()
     RETURNING import_recipe_id AS id`,
    [
      name,
      importer,
      JSON.stringify(options),
      source ?? null,
      licence ?? null,
      fileName,
      [...columns].sort(),
      userId,
    ],
  );
  if (!row) throw new Error('The recipe could not be kept.');
  return row.id;
}

export async function removeRecipe(database: Database, id: number): Promise<void> {
  await database.rows('DELETE FROM app.import_recipes WHERE import_recipe_id = $1', [id]);
}

function toRecipe({ updatedAt, ...row }: RecipeRow): StoredRecipe {
  return { ...row, updatedAt: updatedAt.toISOString() };
}

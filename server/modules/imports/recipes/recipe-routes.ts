import { z } from 'zod';
import { principalOf, requireRole, type Principal } from '../../../auth/principal.js';
import { idParams } from '../../../contract/common.js';
import { importRecipeSchema, newRecipeBody } from '../../../contract/import-recipes.js';
import type { Database } from '../../../db/database.js';
import { AppError } from '../../../errors.js';
import type { App } from '../../../http/app.js';
import { importerRoles } from '../importer-roles.js';
import { checkedOptions } from '../jobs/checked-order.js';
import { recipeYaml } from './recipe-yaml.js';
import {
  findRecipe,
  findRecipeNamed,
  listRecipes,
  removeRecipe,
  saveRecipe,
  type StoredRecipe,
} from './recipe.repository.js';

/** How files of the same columns are loaded. All who import use them; changed by their owner or an administrator. */
export async function recipeRoutes(
  app: App,
  { database }: { readonly database: Database },
): Promise<void> {
  const tags = ['Imports'];
  const onRequest = requireRole(...importerRoles);
  const recipeOf = async (id: number) => {
    const found = await findRecipe(database, id);
    if (found) return found;
    throw new AppError('not_found', 'There is no such recipe.');
  };

  app.get(
    '/api/import-recipes',
    { onRequest, schema: { tags, response: { 200: z.array(importRecipeSchema) } } },
    async (request) => {
      const recipes = await listRecipes(database);
      return recipes.map((recipe) => toAnswer(recipe, principalOf(request)));
    },
  );

  app.post(
    '/api/import-recipes',
    { onRequest, schema: { tags, body: newRecipeBody, response: { 201: importRecipeSchema } } },
    async (request, reply) => {
      const principal = principalOf(request);
      const { name, importer, options } = request.body;
      checkedOptions(importer, options);
      const before = await findRecipeNamed(database, name);
      if (before) assertOwn(before, principal);
      const id = await saveRecipe(database, request.body, principal.userId);
      return reply.status(201).send(toAnswer(await recipeOf(id), principal));
    },
  );

  app.delete(
    '/api/import-recipes/:id',
    { onRequest, schema: { tags, params: idParams } },
    async (request, reply) => {
      const recipe = await recipeOf(request.params.id);
      assertOwn(recipe, principalOf(request));
      await removeRecipe(database, recipe.id);
      return reply.status(204).send();
    },
  );

  app.get(
    '/api/import-recipes/:id/recipe.yaml',
    { onRequest, schema: { tags, params: idParams } },
    async (request, reply) => {
      const recipe = await recipeOf(request.params.id);
      return reply
        .type('application/yaml; charset=utf-8')
        .header('Content-Disposition', `attachment; filename="recipe-${recipe.id}.yaml"`)
        .header('Cache-Control', 'no-store')
        .send(await recipeYaml(database, recipe));
    },
  );
}

function isOwn({ userId }: StoredRecipe, principal: Principal): boolean {
  return userId === principal.userId || principal.role === 'administrator';
}

function assertOwn(recipe: StoredRecipe, principal: Principal): void {
  if (isOwn(recipe, principal)) return;
  const owner = recipe.userName ?? 'somebody else';
  throw new AppError(
    'forbidden',
    `The recipe ${recipe.name} belongs to ${owner}. Keep yours under another name.`,
  );
}

function toAnswer(recipe: StoredRecipe, principal: Principal) {
  return { ...recipe, isOwn: isOwn(recipe, principal) };
}

import { AppError } from '../../server/errors.js';
import { importerNamed } from '../importers.js';
import type { Recipe, RecipeStep } from '../recipes.js';
import { belgium } from './countries/belgium.js';
import { brazil } from './countries/brazil.js';
import { france } from './countries/france.js';
import { germany } from './countries/germany.js';
import { netherlands } from './countries/netherlands.js';
import { unitedKingdom } from './countries/united-kingdom.js';
import { unitedStates } from './countries/united-states.js';
import type { Area, CatalogueStep, Country, Dataset } from './country.js';

/** Every country of the catalogue; a further one is one file and one line here. */
export const countries: readonly Country[] = [
  netherlands,
  belgium,
  germany,
  france,
  brazil,
  unitedStates,
  unitedKingdom,
];

/** Something of the catalogue that can be loaded. */
export type CatalogueRecipe = {
  /** For example `nl-utrecht`. */
  readonly name: string;
  readonly title: string;
  /** The data sets that it loads, with the addresses of the area. */
  readonly datasets: readonly Dataset[];
  readonly recipe: Recipe;
};

/** Names and titles of all recipes, by country. */
export function recipeNames(
  of: readonly Country[] = countries,
): readonly { readonly name: string; readonly title: string }[] {
  return of.flatMap(({ code, name, areas }) =>
    Object.entries(areas).map(([area, { title }]) => ({
      name: `${code}-${area}`,
      title: title === name ? title : `${title}, ${name}`,
    })),
  );
}

/** The recipe of that name; throws an AppError that tells how to see them all. */
export function catalogueRecipe(name: string, of: readonly Country[] = countries): CatalogueRecipe {
  const country = of.find(({ code }) => name.startsWith(`${code}-`));
  const area = country?.areas[name.slice(country.code.length + 1)];
  if (!country || !area) {
    const next = 'catchment add lists those that there are.';
    throw new AppError('not_found', `The catalogue has no ${name}; ${next}`);
  }
  const { steps, currency, bounds, levels } = country;
  const datasets = country.datasets
    .filter(({ id }) => steps.some(({ dataset }) => dataset === id))
    .map((dataset) => ({ ...dataset, address: fillIn(dataset.address, area) }));
  const title = area.title === country.name ? area.title : `${area.title}, ${country.name}`;
  const recipe = {
    name: country.name,
    currency,
    bounds,
    levels,
    steps: steps.map((step) => toStep(step, datasets, area)),
  };
  return { name, title, datasets, recipe };
}

function toStep(
  { dataset: id, import: importer, options = {} }: CatalogueStep,
  datasets: readonly Dataset[],
  area: Area,
): RecipeStep {
  const dataset = datasets.find((candidate) => candidate.id === id);
  if (!dataset) throw new Error(`The catalogue has no data set ${id}.`);
  const { address, publisher, licence, saveAs, isPaged } = dataset;
  return {
    importer: importerNamed(importer),
    source: { path: address, source: publisher, licence },
    options: fillIn(options, area),
    ...(saveAs === undefined ? {} : { saveAs }),
    ...(isPaged === undefined ? {} : { isPaged }),
  };
}

/** Puts the values of an area in the place of their `{name}`, at any depth; other braces stay. */
function fillIn<Value>(value: Value, { values }: Area): Value {
  const text = JSON.stringify(value).replace(/\{(\w+)\}/g, (whole, name: string) => {
    return values[name] ?? whole;
  });
  return JSON.parse(text) as Value;
}

/** Every host that the catalogue takes files from. */
export function catalogueHosts(of: readonly Country[] = countries): readonly string[] {
  const hosts = of.flatMap(({ datasets, furtherHosts = [] }) => [
    ...datasets.map(({ address }) => new URL(address).host),
    ...furtherHosts,
  ]);
  return [...new Set(hosts)].sort();
}

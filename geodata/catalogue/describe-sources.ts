import type { Country, Dataset } from './country.js';

const head = `# Sources

Where open data for the countries of the catalogue come from. \`catchment add\` lists the recipes that load them,
\`catchment add NAME\` runs one. This page is made from the catalogue (\`geodata/catalogue/\`): to change it, change that
and run \`npm run catchment -- add --write-sources\`.

The addresses were looked up on 22 November 2026 in the documentation of the publishers and in public code that uses
them. They were **not fetched** from where this was written: a publisher may have moved a file or named its columns
anew. \`catchment add NAME --dry-run\` shows what would be asked; an import names the column that it misses.
\`{name}\` in an address stands for the area. Data sets marked “by hand” are part of no recipe; their note says why.
`;

const columns = ['data', 'address', 'format', 'publisher', 'licence', 'to be shown', 'notes'];

/** The catalogue as a page for people, in Markdown. */
export function describeSources(countries: readonly Country[]): string {
  return [head, ...countries.map(describeCountry)].join('\n');
}

function describeCountry({ code, name, areas, datasets, steps }: Country): string {
  const recipes = Object.keys(areas).map((area) => `\`${code}-${area}\``);
  const rows = datasets.map((dataset) => {
    const isLoaded = steps.some((step) => step.dataset === dataset.id);
    return toRow(cellsOf(dataset, isLoaded));
  });
  const table = [toRow(columns), toRow(columns.map(() => '---')), ...rows];
  return `## ${name}\n\nRecipes: ${recipes.join(', ')}.\n\n${table.join('\n')}\n`;
}

function cellsOf(dataset: Dataset, isLoaded: boolean): readonly string[] {
  const { kind, title, address, format, crs, publisher, licence, attribution, notes } = dataset;
  const mark = isLoaded ? '' : ' (by hand)';
  const shape = crs === undefined ? format : `${format}; ${crs}`;
  return [
    `${kind}: ${title}${mark}`,
    `<${address}>`,
    shape,
    publisher,
    licence,
    attribution,
    notes ?? '',
  ];
}

function toRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

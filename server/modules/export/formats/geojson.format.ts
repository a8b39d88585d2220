import type { AccountExport } from '../account-export.repository.js';
import type { ExportRow } from '../export-columns.js';
import type { ExportFormat } from '../export-format.js';
import { featureLayout, type FeatureLayout } from '../features.js';

/**
 * A FeatureCollection (RFC 7946), one feature a line; an account that is not placed has a null geometry. Name of
 * the project, count and sources stand in front as foreign members.
 */
export const geojsonFormat: ExportFormat = {
  name: 'geojson',
  contentType: 'application/geo+json',
  write: writeGeojson,
};

async function* writeGeojson(accounts: AccountExport): AsyncGenerator<Uint8Array> {
  const { title, total, bounds, sources, columns, pages } = accounts;
  const encoder = new TextEncoder();
  const layout = featureLayout(columns);
  const head = {
    type: 'FeatureCollection',
    name: title,
    numberMatched: total,
    sources,
    ...(bounds ? { bbox: bounds } : {}),
  };
  yield encoder.encode(`${JSON.stringify(head).slice(0, -1)},"features":[`);
  let separator = '\n';
  for await (const page of pages) {
    const lines = page.map((row) => JSON.stringify(toFeature(row, layout)));
    yield encoder.encode(separator + lines.join(',\n'));
    separator = ',\n';
  }
  yield encoder.encode('\n]}\n');
}

function toFeature(row: ExportRow, { columns, valuesOf, pointOf }: FeatureLayout): object {
  const point = pointOf(row);
  const values = valuesOf(row);
  return {
    type: 'Feature',
    id: values[0],
    geometry: point ? { type: 'Point', coordinates: point } : null,
    properties: Object.fromEntries(columns.map(({ name }, index) => [name, values[index]])),
  };
}

import { accountFields } from './importers/account-fields.js';
import { saleWithLineFields } from './importers/sale-fields.js';
import type { Fields } from './mapping/field.js';
import { suggestColumns } from './mapping/suggest-columns.js';
import type { SourceDetection } from './readers/source-detection.js';
import type { SourceRow } from './readers/source-row.js';

export type ImportSuggestion = {
  /** Name of the importer. */
  readonly importer: string;
  /** Field or option, and the column for it. */
  readonly columns: Readonly<Record<string, string>>;
};

const regionFields: Fields = {
  code: {
    type: 'text',
    required: true,
    synonyms: [
      'region_code',
      'statcode',
      'gemeentecode',
      'postcode',
      'nuts_id',
      'fips',
      'id',
      'fid',
    ],
  },
  name: { type: 'text', synonyms: ['statnaam', 'naam', 'nome', 'nom', 'gen', 'label'] },
};

/** The import that fits a file best, by the kind of its shapes and the names of its columns. */
export function suggestImport(
  { geometry }: SourceDetection,
  first: SourceRow | undefined,
): ImportSuggestion | undefined {
  if (!first) return undefined;
  const types = geometry?.types ?? [];
  if (types.some((type) => type.endsWith('Polygon'))) {
    if ('building' in first.values) return { importer: 'buildings', columns: {} };
    return fitting('regions', regionFields, first);
  }
  if (types.some((type) => type.endsWith('LineString'))) {
    return 'highway' in first.values ? { importer: 'roads', columns: {} } : undefined;
  }
  const candidates = [
    fitting('accounts', accountFields, first),
    fitting('sales', saleWithLineFields, first),
  ].filter((candidate) => candidate !== undefined);
  const fields = candidates.map(({ columns }) => Object.keys(columns).length);
  return candidates[fields.indexOf(Math.max(...fields))];
}

function fitting(importer: string, fields: Fields, row: SourceRow): ImportSuggestion | undefined {
  const columns = suggestColumns(fields, row.values);
  const isComplete = Object.entries(fields).every(
    ([field, { required }]) => !required || field in columns,
  );
  return isComplete ? { importer, columns } : undefined;
}

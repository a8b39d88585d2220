import type { KnownCrs } from '../crs/crs.js';
import type { ColumnFormat, FileFormat } from '../detect/column-formats.js';
import type { FoundEncoding, LayerInfo } from './source-row.js';

/** What was found out about a file, before and while its first rows were read. */
export type SourceDetection = {
  /** For people, for example `GeoPackage`. */
  readonly format: string;
  readonly packing: readonly string[];
  readonly encoding?: FoundEncoding | undefined;
  readonly separator?: string | undefined;
  readonly quote?: string | undefined;
  readonly headerLine?: number | undefined;
  readonly layer?: string | undefined;
  readonly layers?: readonly LayerInfo[] | undefined;
  /** Records that the file says it holds. */
  readonly rows?: number | undefined;
  /** Undefined where the file has neither geometry nor a system given for its columns. */
  readonly crs?: KnownCrs | undefined;
  readonly geometry?: { readonly types: readonly string[]; readonly column?: string } | undefined;
  readonly columns: readonly ColumnFormat[];
  /** How numbers and dates are written, where text columns hold any. */
  readonly values: FileFormat;
};

/** A detection as one line, for example `CSV, windows-1252, separator ;, decimal comma, dd-mm-yyyy`. */
export function describeDetection(found: SourceDetection): string {
  const { format, packing, encoding, separator, quote, headerLine = 1, layer, crs, values } = found;
  const parts = [
    packing.length === 0 ? format : `${format} in ${packing.join(' in ')}`,
    layer === undefined ? '' : `layer ${layer}`,
    encoding && separator !== undefined ? describeEncoding(encoding) : '',
    separator === undefined ? '' : `separator ${separator === '\t' ? 'tab' : separator}`,
    quote === undefined || quote === '"' ? '' : `quote ${quote}`,
    headerLine > 1 ? `header on line ${headerLine}` : '',
    values.decimal === undefined ? '' : decimalText[values.decimal],
    values.patterns.join(' and '),
    values.dates === 'ambiguous' ? 'order of day and month ambiguous' : '',
    crs === undefined ? '' : describeCrs(crs),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

const decimalText = {
  point: 'decimal point',
  comma: 'decimal comma',
  ambiguous: 'decimal mark ambiguous',
} as const;

function describeEncoding({ name, by }: FoundEncoding): string {
  const how = { mark: ' (by its mark)', guess: ' (guessed)', option: '', content: '', file: '' };
  return `${name}${how[by]}`;
}

function describeCrs({ epsg, name, by }: KnownCrs): string {
  const code = epsg === undefined ? name : `EPSG:${epsg}`;
  const how = { option: '', file: '', parameters: ' (by its parameters)', assumed: ' (assumed)' };
  return `${code}${how[by]}`;
}

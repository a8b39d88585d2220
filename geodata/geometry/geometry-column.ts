import type { SourceGeometry, SourceRow } from '../readers/source-row.js';
import { parseWkb, type ParsedGeometry } from './parse-wkb.js';
import { parseWkt } from './parse-wkt.js';

/** Ways in which a column of text may hold geometries. */
export type GeometryEncoding = 'wkt' | 'wkb' | 'geojson';

export type GeometryColumn = { readonly name: string; readonly encoding: GeometryEncoding };

const forms: Readonly<Record<GeometryEncoding, RegExp>> = {
  wkt: /^\s*(?:SRID\s*=\s*\d+\s*;|<[^<>\s]+>)?\s*(?:MULTI)?(?:POINT|LINESTRING|POLYGON|GEOMETRYCOLLECTION)\s*(?:Z|M|ZM)?\s*(?:\(|EMPTY)/i,
  wkb: /^(?:\\x)?0[01][0-9a-f]{16,}$/i,
  geojson: /^\s*\{.*"(?:coordinates|geometries)"/s,
};

/**
 * The column whose text is geometry, from the first rows: one whose filled values all are. Where several
 * are, the first.
 */
export function findGeometryColumn(rows: readonly SourceRow[]): GeometryColumn | undefined {
  for (const name of Object.keys(rows[0]?.values ?? {})) {
    const encoding = encodingOf(rows, name);
    if (encoding) return { name, encoding };
  }
  return undefined;
}

/** The way in which a column holds geometries; undefined where it does not. */
export function encodingOf(rows: readonly SourceRow[], name: string): GeometryEncoding | undefined {
  const texts = rows.map(({ values }) => values[name]).filter((value) => !isEmpty(value));
  if (texts.length === 0) return undefined;
  const encodings = Object.keys(forms) as GeometryEncoding[];
  return encodings.find((encoding) =>
    texts.every((text) => typeof text === 'string' && forms[encoding].test(text)),
  );
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}

/** A row with the geometry of the column in the place of its text; what cannot be read is told. */
export function withGeometry(
  row: SourceRow,
  { name, encoding }: GeometryColumn,
): { readonly row: SourceRow; readonly srid: number | undefined; readonly isNorthFirst: boolean } {
  const { [name]: text, ...values } = row.values;
  const plain = { srid: undefined, isNorthFirst: false };
  if (isEmpty(text)) return { row: { ...row, values }, ...plain };
  try {
    const parsed = parse(String(text), encoding);
    if (!parsed) return { row: { ...row, values }, ...plain };
    const { geometry, srid, isNorthFirst = false } = parsed;
    return { row: { ...row, values, geometry }, srid, isNorthFirst };
  } catch (error) {
    const problem = row.problem ?? `${name}: ${(error as Error).message}`;
    return { row: { ...row, values, problem }, ...plain };
  }
}

function parse(text: string, encoding: GeometryEncoding): ParsedGeometry | undefined {
  if (encoding === 'wkt') return parseWkt(text);
  if (encoding === 'wkb') return parseWkb(Buffer.from(text.replace(/^\\x/, ''), 'hex'));
  const geometry = JSON.parse(text) as SourceGeometry | null;
  return geometry && typeof geometry === 'object' ? { geometry } : undefined;
}

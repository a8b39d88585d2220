import type { SchemaElement } from 'hyparquet';
import { z } from 'zod';
import { wgs84, type DeclaredCrs } from '../../crs/crs.js';
import { parseCrsName } from '../../crs/parse-crs-name.js';

/** What the metadata of a file say, as far as it is used. */
export type ParquetHeader = {
  readonly rows: number;
  /** Metadata of GeoParquet, as JSON. */
  readonly geo: string | undefined;
  readonly schema: readonly Pick<SchemaElement, 'name' | 'logical_type'>[];
};

/** What the metadata say of geometry. */
export type GeoColumn = {
  /** Column that is the geometry of the rows; undefined for a plain table. */
  readonly primary: string | undefined;
  /** All columns of geometry. */
  readonly columns: ReadonlySet<string>;
  readonly crs: DeclaredCrs | undefined;
};

const crsId = z.object({ authority: z.string(), code: z.union([z.string(), z.number()]) });
const projJson = z.object({
  name: z.string().optional(),
  id: crsId.optional(),
  ids: z.array(crsId).optional(),
});
const geoMetadata = z.object({
  primary_column: z.string(),
  columns: z.record(
    z.string(),
    z.object({ encoding: z.string(), crs: z.union([projJson, z.null()]).optional() }),
  ),
});

/**
 * The geometry columns by the `geo` metadata (GeoParquet 1.1), else by the column types of Parquet itself.
 * Where no system is given it is OGC:CRS84; null stands for unknown.
 *
 * @throws Error where the geometry is written in a way other than well-known binary
 */
export function geoColumnOf(header: ParquetHeader): GeoColumn {
  if (header.geo === undefined) return nativeColumn(header);
  const { primary_column: primary, columns } = geoMetadata.parse(JSON.parse(header.geo));
  const column = columns[primary];
  if (column && column.encoding !== 'WKB') {
    throw new Error(`its geometry is written as ${column.encoding}; only WKB can be read`);
  }
  return { primary, columns: new Set(Object.keys(columns)), crs: crsOf(column?.crs) };
}

function crsOf(crs: z.output<typeof projJson> | null | undefined): DeclaredCrs | undefined {
  if (crs === undefined) return wgs84;
  if (crs === null) return undefined;
  const id = crs.id ?? crs.ids?.[0];
  const named = id && parseCrsName(`${id.authority}:${id.code}`);
  return named ? { ...named, name: crs.name } : { name: crs.name };
}

function nativeColumn({ schema }: ParquetHeader): GeoColumn {
  const found = schema.filter(({ logical_type }) =>
    ['GEOMETRY', 'GEOGRAPHY'].includes(logical_type?.type ?? ''),
  );
  const [first] = found;
  const crs = (first?.logical_type as { crs?: string } | undefined)?.crs;
  return {
    primary: first?.name,
    columns: new Set(found.map(({ name }) => name)),
    crs: crs === undefined ? wgs84 : (parseCrsName(crs) ?? { name: crs }),
  };
}

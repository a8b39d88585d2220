import path from 'node:path';
import { z } from 'zod';
import { databaseProjections } from './crs/projections.js';
import type { ImportContext } from './importer.js';
import { openSource, type OpenSource } from './readers/open-source.js';
import { describeDetection } from './readers/source-detection.js';
import type { SourceRow } from './readers/source-row.js';
import { parseBytes } from './readers/unpack-limit.js';

/** Options that every importer of a file has; what is not given is found out. */
export const fileOptions = {
  separator: z.string().length(1).optional().describe('Field separator, found out by itself'),
  quote: z.string().length(1).optional().describe('Quote character, default "'),
  encoding: z.string().optional().describe('Character set such as latin1, found out by itself'),
  headerLine: z.coerce
    .number()
    .int()
    .positive()
    .optional()
    .describe('Line that names the columns, found out by itself'),
  layer: z.string().optional().describe('Layer, sheet or file, where the file holds several'),
  crs: z
    .string()
    .optional()
    .describe('Coordinate system such as EPSG:28992; else what the file says'),
  axes: z.enum(['xy', 'yx']).optional().describe('yx where the latitude or northing comes first'),
  geometry: z.string().optional().describe('Column with geometry as WKT, WKB or GeoJSON'),
  maxUnpacked: z
    .union([z.number().positive(), z.string()])
    .optional()
    .transform((size) => (typeof size === 'string' ? (parseBytes(size) ?? NaN) : size))
    .refine((size) => !Number.isNaN(size), 'is a size such as 20GB')
    .describe('Most that a packed file may unpack to, for example 20GB'),
};

export type FileOptions = z.output<z.ZodObject<typeof fileOptions>>;

/** Opens the file of an import and enters in its report how it is read. */
export async function openImportSource(
  context: ImportContext,
  file: string,
  options: Partial<FileOptions>,
): Promise<OpenSource> {
  const { progress, signal, database } = context;
  const { maxUnpacked, separator, quote, encoding, headerLine, layer, crs, axes, geometry } =
    options;
  const source = await openSource(file, {
    ...{ separator, quote, encoding, headerLine, layer, crs, axes, geometry },
    maxUnpackedBytes: maxUnpacked,
    projections: databaseProjections(database.pool),
    signal,
    onFraction: (fraction) => progress.fraction(fraction),
  });
  const { columns, layers, ...found } = source.detection;
  context.noteSource({
    file: path.basename(file),
    readAs: describeDetection(source.detection),
    found: { ...found, layers: layers?.map(({ name }) => name), formats: formatsOf(columns) },
  });
  return source;
}

/** Columns whose numbers or dates were text; examples stay out of the report, as they are people's data. */
function formatsOf(columns: OpenSource['detection']['columns']): Readonly<Record<string, unknown>> {
  const written = columns.filter(({ numbers, dates }) => numbers ?? dates);
  return Object.fromEntries(written.map(({ name, numbers, dates }) => [name, dates ?? numbers]));
}

/**
 * The rows of an import's file one by one, counted as they are read.
 *
 * @param onOpen told how the file is read, before its first row
 */
export async function* importRows(
  context: ImportContext,
  file: string,
  options: Partial<FileOptions>,
  onOpen?: (source: OpenSource) => void,
): AsyncGenerator<SourceRow> {
  const source = await openImportSource(context, file, options);
  onOpen?.(source);
  for await (const batch of source.batches) {
    for (const row of batch) {
      context.countRead(1);
      yield row;
    }
  }
}

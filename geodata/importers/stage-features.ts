import path from 'node:path';
import type { ImportContext, ImportSource } from '../importer.js';
import {
  createStagingTable,
  type StagingTable,
  type StagingType,
  type StagingValue,
} from '../loaders/bulk-loader.js';
import type { Tags } from '../osm/tags.js';
import { readerFor } from '../readers.js';
import type { SourceRow } from '../readers/source-row.js';
import { toGeometryText } from '../values/geometry-text.js';
import { keySource, tagsOf, type FeatureOptions } from './feature-tags.js';

export type FeatureKind = {
  /** Name of the staging table within the import. */
  readonly purpose: string;
  readonly columns: Readonly<Record<string, StagingType>>;
  /** Geometry types that can be used, with a sentence for the others. */
  readonly geometryTypes: readonly string[];
  /** Values of the columns, or undefined where the tags say that it is something else. */
  classify(tags: Tags): readonly StagingValue[] | undefined;
};

/**
 * Reads features into a staging table with `line`, `source_key`, `geom`, `source`, `licence` and the
 * columns of the kind. Features that are something else are counted, broken ones told.
 *
 * @returns the table and how many features were something else
 */
export async function stageFeatures(
  context: ImportContext,
  source: ImportSource,
  options: FeatureOptions,
  kind: FeatureKind,
): Promise<{ readonly table: StagingTable; readonly otherFeatures: number }> {
  const { issues, progress, signal } = context;
  const table = await createStagingTable(context.database.pool, context.importId, kind.purpose, {
    line: 'bigint',
    source_key: 'text',
    geom: 'geometry',
    source: 'text',
    licence: 'text',
    ...kind.columns,
  });
  const keyOf = keySource(options.key);
  let otherFeatures = 0;
  progress.stage(`Reading ${path.basename(source.path)}`);
  const stageRow = async (row: SourceRow): Promise<readonly StagingValue[] | undefined> => {
    const { line } = row;
    const key = keyOf(row);
    const shape = shapeOf(row, kind.geometryTypes);
    const reason = row.problem ?? (key === null ? `${options.key} is empty` : shape.reason);
    if (reason !== undefined) {
      await issues.reject({ line, field: shape.reason ? 'geometry' : 'key', value: key, reason });
      return undefined;
    }
    const values = kind.classify(tagsOf(row, options.tags));
    if (values)
      return [line, key, shape.text, source.source ?? null, source.licence ?? null, ...values];
    otherFeatures += 1;
    return undefined;
  };
  const staged = async function* () {
    const onFraction = (fraction: number) => progress.fraction(fraction);
    const rows = readerFor(source.path).read(source.path, { ...options, signal, onFraction });
    for await (const row of rows) {
      context.countRead(1);
      const values = await stageRow(row);
      if (values) yield values;
    }
  };
  await context.loader.load(table, staged(), { signal });
  return { table, otherFeatures };
}

type Shape = { readonly text: string | null; readonly reason?: string };

function shapeOf({ geometry }: SourceRow, types: readonly string[]): Shape {
  if (geometry === undefined) return { text: null, reason: 'has no geometry' };
  if (!types.includes(geometry.type)) {
    return { text: null, reason: `is a ${geometry.type}, not a ${types.join(' or ')}` };
  }
  const parsed = toGeometryText(geometry);
  return parsed.ok ? { text: parsed.value } : { text: null, reason: parsed.reason };
}

import path from 'node:path';
import { importRows } from '../import-source.js';
import type { ImportContext, ImportSource } from '../importer.js';
import {
  createStagingTable,
  type StagingTable,
  type StagingType,
  type StagingValue,
} from '../loaders/bulk-loader.js';
import type { Tags } from '../osm/tags.js';
import type { SourceRow } from '../readers/source-row.js';
import { toGeometryText } from '../values/geometry-text.js';
import { keySource, tagsOf, type FeatureOptions } from './feature-tags.js';

export type FeatureKind = {
  /** Name of the staging table within the import. */
  readonly purpose: string;
  readonly columns: Readonly<Record<string, StagingType>>;
  /** Geometry types that can be used, with a sentence for the others. */
  readonly geometryTypes: readonly string[];
  /** Why a feature of other tags is rejected, for example `the tags do not say that it is a road`. */
  readonly otherwise: string;
  /** Values of the columns, or undefined where the tags say that it is something else. */
  classify(tags: Tags): readonly StagingValue[] | undefined;
};

/**
 * Reads features into a staging table with `line`, `source_key`, `geom`, `source`, `licence` and the
 * columns of the kind. Features that are broken or something else are rejected and told.
 */
export async function stageFeatures(
  context: ImportContext,
  source: ImportSource,
  options: FeatureOptions,
  kind: FeatureKind,
): Promise<StagingTable> {
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
  progress.stage(`Reading ${path.basename(source.path)}`);
  const stageRow = async (row: SourceRow): Promise<readonly StagingValue[] | undefined> => {
    const { line } = row;
    const key = keyOf(row);
    const shape = shapeOf(row, kind.geometryTypes);
    const reject = async (field: string, reason: string) => {
      await issues.reject({ line, field, value: key, reason });
      return undefined;
    };
    if (row.problem !== undefined) return reject('feature', row.problem);
    if (key === null) return reject('key', `${options.key} is empty`);
    if (shape.reason !== undefined) return reject('geometry', shape.reason);
    const values = kind.classify(tagsOf(row, options.tags));
    if (!values) return reject('tags', kind.otherwise);
    return [line, key, shape.text, source.source ?? null, source.licence ?? null, ...values];
  };
  const staged = async function* () {
    for await (const row of importRows(context, source.path, options)) {
      const values = await stageRow(row);
      if (values) yield values;
    }
  };
  await context.loader.load(table, staged(), { signal });
  return table;
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

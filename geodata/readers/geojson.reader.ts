import { pipeline } from 'node:stream';
import pick from 'stream-json/filters/pick.js';
import streamArray from 'stream-json/streamers/stream-array.js';
import { AppError } from '../../server/errors.js';
import { openFile } from './open-file.js';
import type { ReadOptions, Reader, SourceGeometry, SourceRow } from './source-row.js';

type FeatureItem = { readonly key: number; readonly value: unknown };

/** A GeoJSON FeatureCollection, read feature by feature whatever its size. */
export const geojsonReader: Reader = {
  name: 'geojson',
  title: 'GeoJSON',
  extensions: ['geojson', 'json'],
  fixedColumns: false,
  hasTextValues: false,
  readsGzip: true,
  read: readGeojson,
};

async function* readGeojson(path: string, options: ReadOptions): AsyncGenerator<SourceRow> {
  const file = await openFile(path, options);
  // An error of any part reaches the last one, where the loop below sees it.
  const features = pipeline(
    file,
    pick.withParserAsStream({ filter: 'features' }),
    streamArray.asStream(),
    () => undefined,
  );
  let found = 0;
  try {
    for await (const { key, value } of features as AsyncIterable<FeatureItem>) {
      found += 1;
      yield toRow(key + 1, value);
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    throw new AppError('validation', `${path}: ${(error as Error).message}`);
  } finally {
    file.destroy();
  }
  if (found === 0) {
    throw new AppError('validation', `${path} holds no features: is it a FeatureCollection?`);
  }
}

function toRow(line: number, value: unknown): SourceRow {
  if (typeof value !== 'object' || value === null) {
    return { line, values: {}, problem: 'is not a feature' };
  }
  const feature = value as { properties?: unknown; geometry?: unknown; id?: unknown };
  const properties = (feature.properties ?? {}) as Record<string, unknown>;
  const values = 'id' in properties ? properties : withId(properties, feature.id);
  if (feature.geometry === null || feature.geometry === undefined) return { line, values };
  return { line, values, geometry: feature.geometry as SourceGeometry };
}

function withId(properties: Record<string, unknown>, id: unknown): Record<string, unknown> {
  return id === undefined ? properties : { ...properties, id };
}

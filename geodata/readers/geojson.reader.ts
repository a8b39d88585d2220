import { pipeline, type Readable } from 'node:stream';
import pick from 'stream-json/filters/pick.js';
import streamArray from 'stream-json/streamers/stream-array.js';
import { AppError } from '../../server/errors.js';
import type { DeclaredCrs } from '../crs/crs.js';
import { parseCrsName } from '../crs/parse-crs-name.js';
import { openFile, sampleOf } from './open-file.js';
import { readWhole } from './read-whole.js';
import type {
  ReadOptions,
  Reader,
  SourceDescription,
  SourceGeometry,
  SourceRow,
} from './source-row.js';
import { formatBytes } from './unpack-limit.js';

type Item = { readonly key: number; readonly value: unknown };

/** How the features are put together. */
type Form = 'collection' | 'array' | 'lines' | 'single';

/** Longest feature that is read, in bytes: one is in memory at a time. */
const longestFeature = 256 * 2 ** 20;

/**
 * GeoJSON, read feature by feature whatever its size: a FeatureCollection, features one a line (RFC 8142
 * and newline-delimited), one feature, or an array of plain objects.
 */
export const geojsonReader: Reader = {
  name: 'geojson',
  title: 'GeoJSON',
  extensions: ['geojson', 'json', 'geojsonl', 'geojsons', 'ndjson'],
  fixedColumns: false,
  readsGzip: true,
  describe,
  read: readGeojson,
};

async function describe(path: string): Promise<SourceDescription> {
  const head = (await sampleOf(path)).toString('utf8');
  return { crs: crsOf(head), encoding: { name: 'utf-8', by: 'file' } };
}

/** The `crs` member of GeoJSON 2008; the standard of today knows longitude and latitude only. */
function crsOf(head: string): DeclaredCrs | undefined {
  const beforeFeatures = head.slice(0, Math.max(head.search(/"features"\s*:/), 0)) || head;
  const found = /"crs"\s*:\s*\{[^{}]*\{[^{}]*"name"\s*:\s*"([^"]+)"/.exec(beforeFeatures)?.[1];
  return found === undefined ? undefined : (parseCrsName(found) ?? { name: found });
}

function formOf(head: string): Form {
  const text = head.replace(/^[\ufeff\s\u001e]+/, '');
  if (text.startsWith('[')) return 'array';
  if (head.includes('\u001e') || /^\{[^\n]*\}\s*\r?\n\s*\{/.test(text)) return 'lines';
  const isSingle = /^\{(?:\s*"(?:id|bbox)"\s*:[^,]*,)?\s*"type"\s*:\s*"(?!FeatureCollection)/.test(
    text,
  );
  return isSingle && !/"features"\s*:/.test(text) ? 'single' : 'collection';
}

async function* readGeojson(path: string, options: ReadOptions): AsyncGenerator<SourceRow> {
  const form = formOf((await sampleOf(path)).toString('utf8'));
  let found = 0;
  try {
    for await (const { key, value } of itemsOf(path, form, options)) {
      if (found === 0 && form === 'array' && !isObject(value)) break;
      found += 1;
      yield toRow(key + 1, value);
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof AppError) throw error;
    throw new AppError('validation', `${path}: ${(error as Error).message}`);
  }
  if (found === 0) {
    throw new AppError('validation', `${path} holds no features: is it a FeatureCollection?`);
  }
}

async function* itemsOf(path: string, form: Form, options: ReadOptions): AsyncGenerator<Item> {
  if (form === 'single') {
    const bytes = await readWhole(path, longestFeature, options);
    const value = JSON.parse(bytes.toString('utf8')) as object;
    if (Object.keys(value).length > 1) yield { key: 0, value };
    return;
  }
  const file = await openFile(path, options);
  // Bytes that went in since the last feature came out.
  let waiting = 0;
  file.on('data', (chunk: Buffer) => {
    waiting += chunk.length;
    if (waiting > longestFeature) file.destroy(tooLong(path));
  });
  file.pause();
  try {
    for await (const item of featuresOf(file, form)) {
      waiting = 0;
      yield item;
    }
  } finally {
    file.destroy();
  }
}

/** The features one by one; an error of any part reaches the last one, where it is read. */
function featuresOf(file: Readable, form: Form): AsyncIterable<Item> {
  const done = () => undefined;
  if (form === 'lines') return linesOf(file as AsyncIterable<Buffer>);
  return form === 'array'
    ? pipeline(file, streamArray.withParserAsStream(), done)
    : pipeline(file, pick.withParserAsStream({ filter: 'features' }), streamArray.asStream(), done);
}

/** Features one a line; the record separators of RFC 8142 and blank lines say nothing. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Item> {
  const decoder = new TextDecoder();
  let rest = '';
  let key = 0;
  const parsed = (line: string): Item[] => {
    const text = line.replaceAll('\u001e', '').trim();
    return text === '' ? [] : [{ key: key++, value: parseOrUndefined(text) }];
  };
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield* parsed(line);
  }
  yield* parsed(rest + decoder.decode());
}

/** A line that is no JSON is told as a row that is no feature. */
function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function tooLong(path: string): AppError {
  const most = formatBytes(longestFeature);
  return new AppError('validation', `${path} holds a feature of more than ${most}.`);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toRow(line: number, value: unknown): SourceRow {
  if (!isObject(value)) return { line, values: {}, problem: 'is not a feature' };
  const { type } = value as { type?: unknown };
  if ('coordinates' in value || 'geometries' in value) {
    return { line, values: {}, geometry: value as SourceGeometry };
  }
  if (type !== 'Feature' && !('properties' in value) && !('geometry' in value)) {
    return { line, values: value as Record<string, unknown> };
  }
  const feature = value as { properties?: unknown; geometry?: unknown; id?: unknown };
  const properties = isObject(feature.properties)
    ? (feature.properties as Record<string, unknown>)
    : {};
  const values = 'id' in properties ? properties : withId(properties, feature.id);
  if (!isObject(feature.geometry)) return { line, values };
  return { line, values, geometry: feature.geometry as SourceGeometry };
}

function withId(properties: Record<string, unknown>, id: unknown): Record<string, unknown> {
  return id === undefined ? properties : { ...properties, id };
}

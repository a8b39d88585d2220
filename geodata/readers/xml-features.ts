import { DOMParser } from '@xmldom/xmldom';
import type { gpx, kml } from '@tmcw/togeojson';
import type { Feature, Geometry } from 'geojson';
import { AppError } from '../../server/errors.js';
import { wgs84 } from '../crs/crs.js';
import { openText } from './open-text.js';
import type { ReadOptions, SourceDescription, SourceGeometry, SourceRow } from './source-row.js';
import { xmlEncoding, xmlFragments, type XmlFragment } from './xml-fragments.js';

/** How the elements of a format become rows. */
export type XmlFormat = {
  /** Elements that are records. */
  readonly elements: ReadonlySet<string>;
  /** Further values of a record, from where it stands. */
  readonly valuesOf: (fragment: XmlFragment) => Readonly<Record<string, unknown>>;
  readonly parse: typeof kml | typeof gpx;
  /** Element around a record. */
  readonly root: string;
};

/** KML and GPX are of longitude and latitude by their definition. */
export async function describeXml(path: string): Promise<SourceDescription> {
  return { crs: wgs84, encoding: await xmlEncoding(path) };
}

/** Records of a KML or GPX file, one element at a time. */
export async function* readXmlFeatures(
  path: string,
  options: ReadOptions,
  format: XmlFormat,
): AsyncGenerator<SourceRow> {
  const encoding = await xmlEncoding(path);
  const texts = openText(path, encoding, options);
  let line = 0;
  try {
    for await (const fragment of xmlFragments(texts, format.elements)) {
      for (const row of toRows(fragment, format)) yield { line: ++line, ...row };
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof AppError) throw error;
    throw new AppError('validation', `${path} ${(error as Error).message}.`);
  }
}

function toRows(fragment: XmlFragment, format: XmlFormat): readonly Omit<SourceRow, 'line'>[] {
  const text = `<${format.root} xmlns:gx="http://www.google.com/kml/ext/2.2">${fragment.xml}</${format.root}>`;
  try {
    const document = new DOMParser({ onError }).parseFromString(text, 'text/xml');
    const { features } = format.parse(document);
    return features.map((feature) => toRow(feature, format.valuesOf(fragment)));
  } catch (error) {
    return [{ values: {}, problem: `cannot be read: ${(error as Error).message}` }];
  }
}

/** Warnings are of what the text is about, such as characters that could not be decoded: no concern here. */
function onError(level: string, message: string): void {
  if (level !== 'warning') throw new Error(message);
}

/** How a map draws a feature: no part of what it is. */
const drawing =
  /^(?:style|stroke|fill|icon|label|marker|poly|line)|^(?:visibility|open|snippet|coordinateProperties)$/i;

function toRow(
  feature: Feature<Geometry | null>,
  further: Readonly<Record<string, unknown>>,
): Omit<SourceRow, 'line'> {
  const values: Record<string, unknown> = {};
  if (feature.id !== undefined) values['id'] = feature.id;
  for (const [name, value] of Object.entries({ ...feature.properties, ...further })) {
    if (!drawing.test(name)) values[name] = plainValue(value);
  }
  const geometry = feature.geometry as SourceGeometry | null;
  return geometry ? { values, geometry } : { values };
}

/** Text with markup comes as an object that says so. */
function plainValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('@type' in value)) return value;
  return (value as { value?: unknown }).value;
}

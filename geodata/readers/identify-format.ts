import iconv from 'iconv-lite';
import { AppError } from '../../server/errors.js';
import { detectEncoding } from '../detect/encoding.js';
import { isGzip, sampleOf } from './open-file.js';
import { openZip } from './zip-archive.js';

export type IdentifiedFormat = {
  /** Name of the reader, or `archive` for a zip with files of other formats. */
  readonly format: string;
  readonly isGzip: boolean;
  /** File in the zip that is to be read, where it is not the zip itself. */
  readonly entry?: string;
};

const identifyBytes = 64 * 1024;

type Signature = readonly [format: string, bytes: string];

const signatures: readonly Signature[] = [
  ['geopackage', 'SQLite format 3\0'],
  ['flatgeobuf', 'fgb'],
  ['geoparquet', 'PAR1'],
  ['shapefile', '\0\0\x27\x0a'],
  ['zip', 'PK\x03\x04'],
  ['zip', 'PK\x05\x06'],
];

/** Formats that are known but not read, with what to do. */
const refused: readonly Signature[] = [
  ['an Excel 97 workbook or other old Office file: save it as .xlsx', '\xd0\xcf\x11\xe0'],
  ['a PDF', '%PDF-'],
  ['a 7-zip archive: unpack it first', '7z\xbc\xaf'],
  ['a RAR archive: unpack it first', 'Rar!'],
  ['a bzip2 file: unpack it first', 'BZh'],
  ['a Zstandard file: unpack it first', '\x28\xb5\x2f\xfd'],
  ['an xz file: unpack it first', '\xfd7zXZ'],
];

/**
 * The format of a file by its first bytes, whatever its name ends in.
 *
 * @throws AppError where it is not one that can be read, with the reason
 */
export async function identifyFormat(path: string, layer?: string): Promise<IdentifiedFormat> {
  const packed = await isGzip(path);
  const bytes = await sampleOf(path, identifyBytes);
  const start = bytes.subarray(0, 16).toString('latin1');
  const format = signatures.find(([, signature]) => start.startsWith(signature))?.[0];
  if (format === 'zip' && packed) return { format: 'archive', isGzip: true };
  if (format === 'zip') return { isGzip: false, ...(await identifyZip(path, layer)) };
  if (format !== undefined) return { format, isGzip: packed };
  const reason = refused.find(([, signature]) => start.startsWith(signature))?.[0];
  if (reason !== undefined) throw new AppError('validation', `${path} is ${reason}.`);
  return { format: identifyText(path, bytes), isGzip: packed };
}

function identifyText(path: string, bytes: Buffer): string {
  const { name } = detectEncoding(bytes);
  const text = iconv.decode(bytes, name).trimStart();
  if (isBinary(text)) {
    throw new AppError(
      'validation',
      `${path} is of no format that can be read: its bytes are neither text nor of a known kind.`,
    );
  }
  if (text.startsWith('<')) return identifyXml(path, text);
  if (/^\u001e?\s*\{/.test(text) || /^\[\s*[[{\]]/.test(text)) {
    return /"type"\s*:\s*"Topology"/.test(text) ? 'topojson' : 'geojson';
  }
  return 'csv';
}

function isBinary(text: string): boolean {
  const head = text.slice(0, 4096);
  const controls = head.match(/[\0-\x08\x0e-\x1d\x1f\ufffd]/g)?.length ?? 0;
  return controls > head.length / 50;
}

function identifyXml(path: string, text: string): string {
  const root = /<(?:\w+:)?(kml|gpx|html|osm|FeatureCollection)[\s>]/i
    .exec(text)?.[1]
    ?.toLowerCase();
  if (root === 'kml' || root === 'gpx') return root;
  const kinds: Readonly<Record<string, string>> = {
    html: 'a web page: the download may have failed',
    osm: 'OpenStreetMap XML: take the .osm.pbf of the same area',
    featurecollection: 'GML: save it as GeoPackage',
  };
  const kind = kinds[root ?? ''] ?? 'XML of a kind that cannot be read (KML and GPX can)';
  throw new AppError('validation', `${path} is ${kind}.`);
}

async function identifyZip(
  path: string,
  layer: string | undefined,
): Promise<Omit<IdentifiedFormat, 'isGzip'>> {
  const zip = await openZip(path);
  zip.close();
  const names = zip.entries.map(({ name }) => name);
  if (names.some((name) => /\.shp$/i.test(name))) return { format: 'shapefile' };
  if (names.some((name) => /^xl\/workbook\.xml$/i.test(name))) return { format: 'xlsx' };
  const kml = names.find((name) => /^doc\.kml$/i.test(name)) ?? names.find(isKml);
  if (kml !== undefined) return { format: 'archive', entry: kml };
  const data = names.filter(
    (name) => !/(^|\/)(readme|licen[cs]e)[^/]*$|\.(pdf|xml|html?|md)$/i.test(name),
  );
  const asked = layer === undefined ? undefined : data.find((name) => isCalled(name, layer));
  const [only] = data;
  if (asked !== undefined) return { format: 'archive', entry: asked };
  if (data.length === 1 && only !== undefined) return { format: 'archive', entry: only };
  const list = data.length === 0 ? 'no data' : `several files: ${data.slice(0, 20).join(', ')}`;
  const next = data.length === 0 ? '' : ' Say which with --layer.';
  throw new AppError('validation', `${path} holds ${list}.${next}`, { layers: data });
}

function isKml(name: string): boolean {
  return /\.kml$/i.test(name);
}

function isCalled(name: string, layer: string): boolean {
  const wanted = layer.toLowerCase();
  const base = name.toLowerCase().split('/').at(-1) ?? '';
  return name.toLowerCase() === wanted || base === wanted || base.replace(/\.\w+$/, '') === wanted;
}

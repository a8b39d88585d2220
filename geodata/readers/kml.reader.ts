import { kml } from '@tmcw/togeojson';
import type { Reader } from './source-row.js';
import { describeXml, readXmlFeatures, type XmlFormat } from './xml-features.js';

const format: XmlFormat = {
  elements: new Set(['Placemark']),
  valuesOf: ({ folders }) => (folders.length === 0 ? {} : { folder: folders.join(' / ') }),
  parse: kml,
  root: 'kml',
};

/** KML: placemarks one by one, with the folder they stand in. What other files link to is not read. */
export const kmlReader: Reader = {
  name: 'kml',
  title: 'KML',
  extensions: ['kml'],
  fixedColumns: false,
  readsGzip: true,
  describe: describeXml,
  read: (path, options) => readXmlFeatures(path, options, format),
};

import type { ExportFormat } from './export-format.js';
import { csvFormat } from './formats/csv.format.js';
import { flatgeobufFormat } from './formats/flatgeobuf.format.js';
import { geojsonFormat } from './formats/geojson.format.js';
import { geoparquetFormat } from './formats/geoparquet.format.js';
import { xlsxFormat } from './formats/xlsx.format.js';

/** Every format of the export; a further one is one file, one line here and one in the contract. */
export const formats: readonly ExportFormat[] = [
  csvFormat,
  xlsxFormat,
  geojsonFormat,
  flatgeobufFormat,
  geoparquetFormat,
];

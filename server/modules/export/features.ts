import type { ExportColumn, ExportRow, ExportValue } from './export-columns.js';

/** How to take a row apart into its point and the rest. */
export type FeatureLayout = {
  /** Columns without those of the coordinates. */
  readonly columns: readonly ExportColumn[];
  /** Values in the order of `columns`. */
  readonly valuesOf: (row: ExportRow) => ExportValue[];
  /** [lon, lat] in EPSG:4326; null for an account that is not placed. */
  readonly pointOf: (row: ExportRow) => readonly [number, number] | null;
};

/** For formats with a geometry: the columns lon and lat become the point. */
export function featureLayout(columns: readonly ExportColumn[]): FeatureLayout {
  const lonAt = columns.findIndex(({ name }) => name === 'lon');
  const latAt = columns.findIndex(({ name }) => name === 'lat');
  const rest = columns.flatMap((_, index) => (index === lonAt || index === latAt ? [] : [index]));
  return {
    columns: columns.filter((_, index) => index !== lonAt && index !== latAt),
    valuesOf: (row) => rest.map((index) => row[index] ?? null),
    pointOf: (row) => {
      const [lon, lat] = [row[lonAt], row[latAt]];
      return typeof lon === 'number' && typeof lat === 'number' ? [lon, lat] : null;
    },
  };
}

/** Formats in which accounts can be taken out, by the ending of the file. */
export const exportFormats = ['csv', 'xlsx', 'geojson', 'fgb', 'parquet'] as const;

export type ExportFormatName = (typeof exportFormats)[number];

/** A coordinate system as a file names it; at least one of the ways is given. */
export type DeclaredCrs = {
  readonly epsg?: number | undefined;
  /** Well-known text, of OGC or of Esri. */
  readonly wkt?: string | undefined;
  /** As it stands in the file, for people. */
  readonly name?: string | undefined;
  /** Whether the first coordinate is the latitude or northing, against the custom of these formats. */
  readonly isNorthFirst?: boolean | undefined;
};

/** Longitude and latitude in degrees on WGS 84, which everything is stored in. */
export const wgs84: DeclaredCrs = { epsg: 4326, name: 'WGS 84' };

/** A coordinate system that positions can be transformed from. */
export type KnownCrs = {
  readonly epsg: number | undefined;
  readonly name: string;
  /** How it was known: said by the option, by the file, or taken for degrees as nothing else was said. */
  readonly by: 'option' | 'file' | 'parameters' | 'assumed';
  readonly isDegrees: boolean;
};

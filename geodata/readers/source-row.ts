import type { DeclaredCrs } from '../crs/crs.js';

/** A GeoJSON geometry as it stands in the file: checked where it is used (`toGeometryText`, `rowPoint`). */
export type SourceGeometry = {
  readonly type: string;
  readonly coordinates?: unknown;
  /** Members of a GeometryCollection. */
  readonly geometries?: unknown;
};

/** One record of a source, as it stands there. */
export type SourceRow = {
  /** Line of the file (the first of the record), or number of the feature, from 1. */
  readonly line: number;
  readonly values: Readonly<Record<string, unknown>>;
  readonly geometry?: SourceGeometry;
  /** Why the record cannot be used, where the reader found it broken. */
  readonly problem?: string;
};

/** How to read a file; what is not given is found out or has the usual value. */
export type ReadOptions = {
  /** Field separator; found from the first lines where not given. */
  readonly separator?: string | undefined;
  /** Quote character, default ". */
  readonly quote?: string | undefined;
  /** Character set, by any name that iconv knows; found from the bytes where not given. */
  readonly encoding?: string | undefined;
  /** Line (or row of a sheet) that names the columns, from 1; found where not given. */
  readonly headerLine?: number | undefined;
  /** Layer, sheet or file within the file, where it holds several. */
  readonly layer?: string | undefined;
  /** Most bytes that a packed file may unpack to; see `unpackedLimit` for the usual value. */
  readonly maxUnpackedBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told the share of the file that was read, 0 to 1. */
  readonly onFraction?: ((fraction: number) => void) | undefined;
};

/** A part of a file that can be read by itself: a layer, a sheet, a file in an archive. */
export type LayerInfo = {
  readonly name: string;
  readonly rows?: number | undefined;
  readonly geometryType?: string | undefined;
};

/** What can be said of a file before its records are read. */
export type SourceDescription = {
  /** All layers, where the format can hold several. */
  readonly layers?: readonly LayerInfo[];
  /** The one that is read. */
  readonly layer?: string;
  readonly rows?: number | undefined;
  /** Coordinate system that the file names; undefined where it names none. */
  readonly crs?: DeclaredCrs | undefined;
  readonly encoding?: FoundEncoding;
  readonly separator?: string;
  readonly quote?: string;
  readonly headerLine?: number;
};

/** A character set, and how it is known. */
export type FoundEncoding = {
  /** Lower case name such as `utf-8` or `windows-1252`. */
  readonly name: string;
  readonly by: 'option' | 'mark' | 'content' | 'file' | 'guess';
};

/** Reads one file format as a stream of records, with coordinates as they stand in the file. */
export type Reader = {
  /** Word of the code, for example `geopackage`. */
  readonly name: string;
  /** For people, for example `GeoPackage`. */
  readonly title: string;
  /** Endings without the dot and without gz, which every reader accepts on top. */
  readonly extensions: readonly string[];
  /** Whether all records have the columns of the first one. */
  readonly fixedColumns: boolean;
  /** Whether the reader unpacks gzip while it reads; else it gets the file unpacked. */
  readonly readsGzip: boolean;
  /** What the file says of itself; throws an AppError where the layer asked for is not there. */
  describe?(path: string, options: ReadOptions): Promise<SourceDescription>;
  /** The records; what `describe` found, where it was asked before, is not found out again. */
  read(path: string, options: ReadOptions, described?: SourceDescription): AsyncIterable<SourceRow>;
  /** The same in batches, where the format comes so: it spares a promise a row. */
  readonly readBatches?: (
    path: string,
    options: ReadOptions,
    described?: SourceDescription,
  ) => AsyncIterable<readonly SourceRow[]>;
};

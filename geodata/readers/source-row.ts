/** A GeoJSON geometry as it stands in the file: checked where it is used (`toGeometryText`, `rowPoint`). */
export type SourceGeometry = { readonly type: string; readonly coordinates?: unknown };

/** One record of a source, as it stands there. */
export type SourceRow = {
  /** Line of the file (the first of the record), or number of the feature, from 1. */
  readonly line: number;
  readonly values: Readonly<Record<string, unknown>>;
  readonly geometry?: SourceGeometry;
  /** Why the record cannot be used, where the reader found it broken. */
  readonly problem?: string;
};

/** How to read a text file; what is not given is found out or has the usual value. */
export type ReadOptions = {
  /** Field separator; found from the header line where not given. */
  readonly separator?: string | undefined;
  /** Quote character, default ". */
  readonly quote?: string | undefined;
  readonly encoding?: 'utf8' | 'latin1' | undefined;
  readonly signal?: AbortSignal;
  /** Told the share of the file's bytes that was read, 0 to 1. */
  readonly onFraction?: (fraction: number) => void;
};

/** Reads one file format as a stream of records. */
export type Reader = {
  readonly name: string;
  /** Endings without the dot and without gz, which every reader accepts on top. */
  readonly extensions: readonly string[];
  /** Whether all records have the columns of the first one. */
  readonly fixedColumns: boolean;
  read(path: string, options: ReadOptions): AsyncIterable<SourceRow>;
  /** The same in batches, where the format comes so: it spares a promise a row. */
  readonly readBatches?: (
    path: string,
    options: ReadOptions,
  ) => AsyncIterable<readonly SourceRow[]>;
};

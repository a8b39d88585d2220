import type { ExportFormatName } from '../../contract/exports.js';
import type { AccountExport } from './account-export.repository.js';

/** One format of the export; listed in formats.ts. */
export type ExportFormat = {
  /** Also the ending of the file. */
  readonly name: ExportFormatName;
  readonly contentType: string;
  /** Most rows that a file of it can hold; undefined where there is no such end. */
  readonly maxRows?: number;
  /** Why a larger set is refused, and what to do. */
  readonly tooMany?: (total: number) => string;
  /** The bytes of the file, made as they are asked for; holds a page of rows or a row group at a time. */
  readonly write: (accounts: AccountExport) => AsyncIterable<Uint8Array>;
};

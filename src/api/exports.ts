import type { ExportFormatName } from '../../server/contract/exports.js';
import { download, type DownloadOptions } from './client.js';

/** The accounts in a filter as a file, whole or not at all; throws `ApiError`. */
export function downloadAccounts(
  format: ExportFormatName,
  filter: string,
  options: DownloadOptions,
): Promise<Blob> {
  return download(`/api/exports/accounts.${format}${filter ? `?${filter}` : ''}`, options);
}

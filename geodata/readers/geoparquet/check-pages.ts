import type { AsyncBuffer, RowGroup } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { formatBytes } from '../unpack-limit.js';

/** Largest row group that is read: it is decoded in memory. */
const largestGroup = 2 ** 30;

/**
 * Refuses a row group whose pages say more than they can hold. The decoder makes room for what a page
 * says of itself, so that a damaged or hostile file could ask for any amount of memory.
 */
export async function assertPages(file: AsyncBuffer, group: RowGroup): Promise<void> {
  const unpacked = group.columns.map(({ meta_data: chunk }) =>
    Number(chunk?.total_uncompressed_size ?? 0),
  );
  const total = unpacked.reduce((sum, size) => sum + size, 0);
  if (total > largestGroup) {
    const most = formatBytes(largestGroup);
    throw new Error(`a row group unpacks to more than ${most}; save it with smaller row groups`);
  }
  for (const column of group.columns) await assertChunk(file, column, group.num_rows);
}

async function assertChunk(
  file: AsyncBuffer,
  { meta_data: chunk }: RowGroup['columns'][number],
  rows: bigint,
): Promise<void> {
  if (!chunk) throw new Error('a column has no metadata');
  const start = Number(chunk.dictionary_page_offset || chunk.data_page_offset);
  const end = start + Number(chunk.total_compressed_size);
  if (!(start >= 0 && end >= start && end <= file.byteLength)) throw damaged();
  if (chunk.num_values < 0n || (!isNested(chunk.path_in_schema) && chunk.num_values !== rows)) {
    throw damaged();
  }
  const view = new DataView(await file.slice(start, end));
  const reader = { view, offset: 0 };
  const [values, bytes] = [Number(chunk.num_values), Number(chunk.total_uncompressed_size)];
  while (reader.offset < view.byteLength - 1) {
    const page = parquetHeader(reader);
    const data = page.data_page_header ?? page.data_page_header_v2;
    const count = (data ?? page.dictionary_page_header)?.num_values ?? 0;
    const size = page.compressed_page_size;
    const fits = size >= 0 && size <= view.byteLength - reader.offset;
    // Pages count their headers into the total of the chunk; a page is never larger than that.
    const isSized = page.uncompressed_page_size >= 0 && page.uncompressed_page_size <= bytes;
    if (!fits || !isSized || count < 0 || count > Math.max(values, bytes)) throw damaged();
    reader.offset += size;
  }
}

function isNested(path: readonly string[]): boolean {
  return path.length > 1;
}

function damaged(): Error {
  return new Error('a row group is damaged');
}

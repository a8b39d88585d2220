import { parquetHeader } from 'hyparquet/src/column.js';

/** Largest row group that is read, unpacked: it is decoded in memory. */
const largestGroupBytes = 2 ** 30;

/** Rows that a file may always have, and how many more a byte of it may stand for. */
const usualRows = 2 ** 20;
const rowsPerByte = 1000;

/**
 * Refuses a file that says it has more rows than its size makes likely: a page of a few bytes can stand for
 * any number of rows without values.
 *
 * @param {import('hyparquet').AsyncBuffer} file
 * @param {import('hyparquet').FileMetaData} metadata
 */
export function assertRows(file, { num_rows, row_groups }) {
  const most = usualRows + rowsPerByte * file.byteLength;
  let rows = 0n;
  for (const group of row_groups) {
    if (!(group.num_rows >= 0n)) throw damaged();
    rows += group.num_rows;
  }
  if (rows !== num_rows) throw damaged();
  if (rows > most) throw new Error(`it says to have ${rows} rows, more than its size makes likely`);
}

/**
 * Refuses a row group whose pages say more than they can hold. The decoder makes room for what a page
 * says of itself, so that a damaged or hostile file could ask for any amount of memory.
 *
 * @param {import('hyparquet').AsyncBuffer} file
 * @param {import('hyparquet').RowGroup} group
 */
export async function assertPages(file, group) {
  const unpacked = group.columns.map(({ meta_data }) =>
    Number(meta_data?.total_uncompressed_size ?? 0),
  );
  if (unpacked.reduce((sum, size) => sum + size, 0) > largestGroupBytes) {
    throw new Error('a row group unpacks to more than 1 GB; save it with smaller row groups');
  }
  for (const { meta_data } of group.columns) await assertChunk(file, meta_data, group.num_rows);
}

async function assertChunk(file, chunk, rows) {
  if (!chunk) throw new Error('a column has no metadata');
  const start = Number(chunk.dictionary_page_offset || chunk.data_page_offset);
  const end = start + Number(chunk.total_compressed_size);
  if (!(start >= 0 && end >= start && end <= file.byteLength)) throw damaged();
  const isNested = chunk.path_in_schema.length > 1;
  if (chunk.num_values < 0n || (!isNested && chunk.num_values !== rows)) throw damaged();
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
    if (!hasLevels(page.data_page_header_v2, size)) throw damaged();
    reader.offset += size;
  }
}

/** Whether a page says how long its levels are: a length left out would be read over and over. */
function hasLevels(header, size) {
  if (!header) return true;
  const lengths = [header.definition_levels_byte_length, header.repetition_levels_byte_length];
  return lengths.every((length) => length >= 0 && length <= size);
}

function damaged() {
  return new Error('a row group is damaged');
}

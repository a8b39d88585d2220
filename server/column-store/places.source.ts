import type { Database } from '../db/database.js';
import type { RawRow, RowSource } from './row-source.js';
import { pageRows, rowsByIds, streamRows } from './row-source.js';
import type { StoreRow } from './row-table.js';

/** Category columns of the place store, in order. */
export const placeCategories = ['category', 'kind'] as const;

const columns = 'p.place_id, ST_X(p.geom), ST_Y(p.geom), p.category, p.kind, p.name';

const allPlaces = `SELECT ${columns} FROM geo.places p`;
const pageOfPlaces = `${allPlaces} WHERE p.place_id > $1 ORDER BY p.place_id LIMIT $2`;
const placesById = `${allPlaces} WHERE p.place_id = ANY ($1::bigint[])`;

/** Named places with category, kind and name. */
export const placesSource: RowSource = {
  layer: 'places',
  schema: { categories: placeCategories, values: [], texts: ['name'] },
  async *readAll(database: Database) {
    const batches =
      database.engine === 'embedded'
        ? pageRows(database, pageOfPlaces)
        : streamRows(database, allPlaces);
    for await (const batch of batches) yield batch.map(toStoreRow);
  },
  async readByIds(database, ids) {
    return (await rowsByIds(database, placesById, ids)).map(toStoreRow);
  },
};

function toStoreRow(raw: RawRow): StoreRow {
  const [id, lon, lat, category, kind, name] = raw as [
    number,
    number,
    number,
    string,
    string,
    string,
  ];
  return {
    id,
    position: [lon, lat],
    cell: null,
    categories: [category, kind],
    values: [],
    texts: [name],
  };
}

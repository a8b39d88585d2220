import { copyRows, type CopySelect } from './copy-rows.js';
import { fillByPages, rowsByIds, type RawRow, type RowSource } from './row-source.js';
import type { StoreRow } from './row-table.js';

/** Category columns of the place store, in order. */
export const placeCategories = ['category', 'kind'] as const;

const allPlaces: CopySelect = {
  sql: 'SELECT p.place_id, p.geom, NULL::bigint, p.category, p.kind, p.name FROM geo.places p',
};

const columns = 'p.place_id, ST_X(p.geom), ST_Y(p.geom), p.category, p.kind, p.name';
const pageOfPlaces = `SELECT ${columns} FROM geo.places p
  WHERE p.place_id > $1 ORDER BY p.place_id LIMIT $2`;
const placesById = `SELECT ${columns} FROM geo.places p WHERE p.place_id = ANY ($1::bigint[])`;

/** Named places with category, kind and name. */
export const placesSource: RowSource = {
  layer: 'places',
  schema: { categories: placeCategories, values: [], texts: ['name'] },
  fill(database, table) {
    return database.engine === 'embedded'
      ? fillByPages(database, { sql: pageOfPlaces, toStoreRow }, table)
      : copyRows(database, allPlaces, table);
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

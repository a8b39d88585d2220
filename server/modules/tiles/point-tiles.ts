import { accountCategories, type AccountCategory } from '../../column-store/accounts.source.js';
import type { ColumnStore, TileContent } from '../../column-store/column-store.js';
import { measureColumn, type AccountMeasure } from '../../column-store/column-stores.js';
import type { TilePoint } from '../../column-store/tile-query.js';
import type { Selection } from '../../column-store/view.js';
import type { TileId } from '../../column-store/world.js';
import { LayerEncoder, type TagValue } from './layer-encoder.js';

const hundredths = 100;

const columnOf = (name: AccountCategory) => accountCategories.indexOf(name);
const pointColumns = [columnOf('lifecycle'), columnOf('segment'), columnOf('housing_type')];

export type AccountTileOptions = {
  readonly measure: AccountMeasure;
  readonly as?: 'cells' | undefined;
};

/**
 * The tile of a selection of accounts: cells with count and value, or points from the selection's point
 * zoom on, unless cells are asked for. Over the tiles of a zoom `count` sums to the placed accounts and `value` to their measure.
 */
export function accountTile(
  store: ColumnStore,
  selection: Selection,
  tile: TileId,
  { measure, as }: AccountTileOptions,
): Uint8Array {
  const toValue = measure === 'count' ? same : toUnits;
  return encode(store.tile(selection, tile, measureColumn(measure), as), toValue);
}

function encode(content: TileContent, toValue: (value: number) => number): Uint8Array {
  if (content.mode === 'cells') {
    const layer = new LayerEncoder('accounts', ['cell', 'count', 'value']);
    for (const { x, y, cell, count, value } of content.cells) {
      layer.addPoint(null, x, y, [cell, count, toValue(value)]);
    }
    return layer.finish();
  }
  const keys = ['kind', 'segment', 'housing_type', 'count', 'value'];
  const layer = new LayerEncoder('accounts', keys);
  for (const point of content.points) {
    const tags: TagValue[] = pointColumns.map((column) => categoryOf(point, column));
    tags.push(point.count, toValue(point.value));
    layer.addPoint(point.table.ids[point.row]!, point.x, point.y, tags);
  }
  return layer.finish();
}

/** The tile of places: cells with a count, or from the point zoom on points with category, kind and name. */
export function placeTile(store: ColumnStore, selection: Selection, tile: TileId): Uint8Array {
  const content = store.tile(selection, tile, 'count');
  if (content.mode === 'cells') {
    const layer = new LayerEncoder('places', ['cell', 'count']);
    for (const { x, y, cell, count } of content.cells) layer.addPoint(null, x, y, [cell, count]);
    return layer.finish();
  }
  const layer = new LayerEncoder('places', ['place_id', 'category', 'kind', 'name', 'count']);
  for (const point of content.points) {
    const id = point.table.ids[point.row]!;
    const name = shortened(point.table.texts[0]![point.row] ?? '');
    const tags = [id, categoryOf(point, 0), categoryOf(point, 1), name, point.count];
    layer.addPoint(id, point.x, point.y, tags);
  }
  return layer.finish();
}

function categoryOf({ table, row }: TilePoint, column: number): TagValue {
  return table.category(column, row);
}

/** Names on the map keep at most so many characters; the card of the place has the whole name. */
export const maxNameLength = 60;

function shortened(name: string): string {
  return name.length <= maxNameLength ? name : `${name.slice(0, maxNameLength - 1)}…`;
}

function same(value: number): number {
  return value;
}

/** Hundredths as units of the currency. */
function toUnits(value: number): number {
  return value / hundredths;
}

import { inTurns } from '../../column-store/breathe.js';
import { accountCategories, accountValues } from '../../column-store/accounts.source.js';
import type { ColumnStores } from '../../column-store/column-stores.js';
import type { PointRows } from '../../column-store/point-rows.js';
import type { AccountFilter } from '../../contract/account-filter.js';
import {
  pointCategories,
  pointLimit,
  type PointCategory,
  type PointColumn,
  type PointColumnHeader,
  type PointMaskHeader,
  type PointValue,
} from '../../contract/account-points.js';
import type { Database } from '../../db/database.js';
import { AppError } from '../../errors.js';
import type { RowPolicy } from '../../policy/row-policy.js';
import { readOwnerNames } from '../accounts/table-rows.repository.js';
import { pack } from '../tiles/pack.js';
import { TileCache, type CachedTile } from '../tiles/tile-cache.js';
import { encodeCategory, encodeFine, encodePositions, encodeValues } from './encode-points.js';
import { addedPoints, maskOf } from './point-mask.js';

const cacheBytes = 64 * 2 ** 20;

/** The accounts one by one as columns, for maps that draw each: what a policy shows and no more. */
export class PointsService {
  readonly #database: Database;
  readonly #stores: ColumnStores;
  readonly #columns = new TileCache('points', cacheBytes);
  readonly #running = new Map<string, Promise<CachedTile>>();

  constructor(database: Database, stores: ColumnStores) {
    this.#database = database;
    this.#stores = stores;
  }

  /** A column of the points of an edition. Call `stores.freshen` first. */
  column(edition: string, column: PointColumn, policy: RowPolicy): Promise<CachedTile> {
    const points = this.#pointsOf(edition, policy);
    // What is gone since is not told any more, so that older bodies are of no use.
    const variant = `${points.edition} ${points.overlay.removedRows.length} ${JSON.stringify(policy)}`;
    const known = this.#columns.get(column, variant);
    if (known !== undefined) return Promise.resolve(known);
    const key = `${column} ${variant}`;
    const running = this.#running.get(key);
    if (running !== undefined) return running;
    const work = bodyOf(this.#database, points, column)
      .then((bytes) => pack({ bytes, omitted: 0 }))
      .then((packed) => {
        this.#columns.set(column, variant, packed);
        return packed;
      })
      .finally(() => this.#running.delete(key));
    this.#running.set(key, work);
    return work;
  }

  /** Which points pass a filter now, and those that are not in the edition. Call `stores.freshen` first. */
  mask(filter: Partial<AccountFilter>, policy: RowPolicy): Promise<CachedTile> {
    const { accounts } = this.#stores;
    const points = accounts.points(this.#stores.select({}, policy));
    const isTooMany = points.rows.length > pointLimit;
    const tests = accounts.testsOf(this.#stores.select(filter, policy));
    const header: PointMaskHeader = {
      edition: points.edition,
      version: accounts.version,
      rows: points.rows.length,
      isTooMany,
      added: addedPoints(points.overlay, tests.added),
    };
    const bits = isTooMany ? new Uint8Array(0) : maskOf(points, tests.frozen);
    return pack({ bytes: framed(header, bits), omitted: 0 });
  }

  /** Id of the account that is a point of an edition. Call `stores.freshen` first. */
  idOf(edition: string, number: number, policy: RowPolicy): number {
    const { rows, table, isGone } = this.#pointsOf(edition, policy);
    const row = rows[number];
    if (row === undefined || isGone(row)) {
      throw new AppError('not_found', 'There is no such account, or it is not yours to see.');
    }
    return table.ids[row]!;
  }

  #pointsOf(edition: string, policy: RowPolicy): PointRows {
    const points = this.#stores.accounts.points(this.#stores.select({}, policy));
    if (points.edition === edition) return points;
    throw new AppError('conflict', 'The accounts were numbered anew; ask for the mask again.');
  }
}

async function bodyOf(
  database: Database,
  points: PointRows,
  column: PointColumn,
): Promise<Uint8Array> {
  const { edition, rows } = points;
  const header: PointColumnHeader = { edition, column, rows: rows.length };
  if (column === 'positions') return framed(header, await inTurns(encodePositions(points)));
  if (column === 'fine') return framed(header, await inTurns(encodeFine(points)));
  if (isCategory(column)) {
    const { bytes, values } = await inTurns(
      encodeCategory(points, accountCategories.indexOf(column)),
    );
    if (column !== 'owner') return framed({ ...header, values }, bytes);
    return framed({ ...header, values, labels: await namesOf(database, values) }, bytes);
  }
  return framed(header, await inTurns(encodeValues(points, accountValues.indexOf(column))));
}

async function namesOf(database: Database, userIds: readonly string[]): Promise<string[]> {
  const names = await readOwnerNames(database);
  return userIds.map((id) => names.get(id) ?? id);
}

function isCategory(column: PointCategory | PointValue): column is PointCategory {
  return pointCategories.some((name) => name === column);
}

/** Bytes behind a header of JSON, whose length comes first in four bytes. */
function framed(header: PointColumnHeader | PointMaskHeader, payload: Uint8Array): Uint8Array {
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return Buffer.concat([length, text, payload]);
}

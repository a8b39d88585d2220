import { afterAll, beforeAll, expect, it } from 'vitest';
import { startImportRecord } from '../../../geodata/report/import-record.js';
import type { Database } from '../../../server/db/database.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.close());

/** The database, whose connection breaks after a row was written and before the answer came. */
function breakingAfterward(database: Database): Database {
  const row = async (sql: string, values?: unknown[]) => {
    await database.row(sql, values);
    throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
  };
  return Object.assign(Object.create(database) as Database, { row, pool: database.pool });
}

it('closes a record whose number was never answered, and no other', async () => {
  const entry = (run: string) => ({
    importer: 'accounts',
    sourceName: 'a.csv',
    source: { path: 'a.csv' },
    options: {},
    userId: undefined,
    isCheck: false,
    process: { host: 'h', pid: 1, run },
  });
  const other = await startImportRecord(test.database, entry('other'));
  const cutOff = startImportRecord(breakingAfterward(test.database), entry('cut off'));

  await expect(cutOff).rejects.toThrow('ECONNRESET');
  expect(
    await test.database.rows(
      `SELECT import_id = $1 AS is_other, status FROM app.imports ORDER BY import_id`,
      [other],
    ),
  ).toEqual([
    { is_other: true, status: 'running' },
    { is_other: false, status: 'failed' },
  ]);
});

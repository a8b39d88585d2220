import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mergeRows } from '../../../geodata/loaders/merge-rows.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';

const rows = 10_000;
let test: TestDatabase;

beforeAll(async () => {
  test = await testDatabase();
  await test.database.rows('CREATE TABLE app.towns (town_id bigint PRIMARY KEY)');
  await test.database.rows(
    `CREATE TABLE app.shops (shop_id bigint PRIMARY KEY,
       town_id bigint CONSTRAINT shops_town_id_fkey REFERENCES app.towns)`,
  );
});

afterAll(() => test.close());

beforeEach(async () => {
  await test.database.rows('DROP TRIGGER IF EXISTS shops_inserted ON app.shops');
  await test.database.rows('TRUNCATE app.shops, app.towns');
  await test.database.rows('INSERT INTO app.towns SELECT generate_series(1, 100)');
});

/** Inserts shops whose towns are those of the given SQL over the number n, in one transaction. */
function insertShops(town: string): Promise<{ inserted: number; role: string }> {
  return test.database.transaction(async (client) => {
    const { inserted } = await mergeRows(client, {
      target: 'app.shops',
      key: ['shop_id'],
      columns: { town_id: {} },
      source: `(SELECT n AS shop_id, ${town} AS town_id FROM generate_series(1, ${rows}) n)`,
    });
    const found = await client.query<{ role: string }>(
      `SELECT current_setting('session_replication_role') AS role`,
    );
    return { inserted, role: found.rows[0]?.role ?? '' };
  });
}

describe('foreign keys of many new rows', () => {
  it('lets in rows whose keys are there or null, and leaves the session as it was', async () => {
    const done = await insertShops('NULLIF(n % 101, 0)');
    expect(done).toEqual({ inserted: rows, role: 'origin' });
  });

  it('refuses a key that names nothing, as the database says it', async () => {
    await expect(insertShops('CASE WHEN n = 9000 THEN 101 ELSE 1 END')).rejects.toMatchObject({
      code: '23503',
      constraint: 'shops_town_id_fkey',
    });
    expect(await test.database.rows('SELECT FROM app.shops')).toHaveLength(0);
  });

  it.each([
    ['a trigger that is always enabled', 'ENABLE ALWAYS'],
    ['any other trigger, and leaves the keys to the database', 'ENABLE'],
  ])('fires %s', async (_, state) => {
    await test.database.rows('TRUNCATE app.changes');
    await test.database.rows(
      `CREATE TRIGGER shops_inserted AFTER INSERT ON app.shops REFERENCING NEW TABLE AS new_rows
       FOR EACH STATEMENT EXECUTE FUNCTION app.log_changes('shops', 'shop_id')`,
    );
    await test.database.rows(`ALTER TABLE app.shops ${state} TRIGGER shops_inserted`);
    await insertShops('1');
    expect(await test.database.rows('SELECT layer FROM app.changes')).toEqual([{ layer: 'shops' }]);
  });
});

describe('triggers of new rows', () => {
  it.each(['crm.accounts', 'crm.sale_lines'])(
    'of %s are always enabled, as a quick bulk insert needs',
    async (table) => {
      const found = await test.database.rows<{ tgenabled: string }>(
        `SELECT DISTINCT tgenabled::text FROM pg_trigger
         WHERE tgrelid = $1::regclass AND NOT tgisinternal AND tgtype & 4 <> 0`,
        [table],
      );
      expect(found).toEqual([{ tgenabled: 'A' }]);
    },
  );
});

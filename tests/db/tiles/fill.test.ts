import { expect, it } from 'vitest';
import { accountsSource } from '../../../server/column-store/accounts.source.js';
import { Dictionary } from '../../../server/column-store/dictionary.js';
import { RowTable } from '../../../server/column-store/row-table.js';
import { testDatabase } from '../../support/database.js';

const rowCount = 6000;

it('fills the store with what the rows hold: nothing, much, and letters of every script', async () => {
  const { database, close } = await testDatabase();
  try {
    await database.rows(
      `INSERT INTO crm.accounts (name, geom, placement, lifecycle, segment, housing_type)
       SELECT 'Account ' || n,
         CASE WHEN n % 5 > 0 THEN ST_SetSRID(ST_MakePoint(n / 40.0 - 60, n / 100.0 - 20), 4326) END,
         CASE WHEN n % 5 > 0 THEN 'exact' ELSE 'not_placed' END, 'lead',
         (ARRAY['Zürich', '東京', '', NULL, repeat('long ', 300), 'Ελλάδα'])[1 + n % 6],
         'type ' || n % 700
       FROM generate_series(1, ${rowCount}) n`,
    );
    const { schema } = accountsSource;
    const table = new RowTable(
      schema,
      schema.categories.map(() => new Dictionary()),
    );
    await accountsSource.fill(database, table);
    const ids = Array.from(table.ids.subarray(0, table.length));
    const expected = await accountsSource.readByIds(database, ids);

    expect(table.length).toBe(rowCount);
    const rowOf = new Map(ids.map((id, row) => [id, row]));
    for (const { id, position, categories, values } of expected) {
      const row = rowOf.get(id)!;
      expect(table.isPlaced(row)).toBe(position !== null);
      expect(schema.categories.map((_, column) => table.category(column, row))).toEqual(categories);
      expect(table.values.map((column) => column[row])).toEqual(values);
    }
  } finally {
    await close();
  }
});

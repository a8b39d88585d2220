import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { importFile, issuesOf, TestFiles } from './import-files.js';

let test: TestDatabase;
const files = new TestFiles();

beforeAll(async () => {
  test = await testDatabase();
  await importFile(
    test.database,
    'accounts',
    files.write('accounts.csv', 'id,name\nA,Ann\nB,Bob\n'),
  );
  const products = files.write(
    'products.csv',
    'sku,name,category,price\nP1,Pen,Office,"1,50"\nP2,Pot,Kitchen,9\n',
  );
  await importFile(test.database, 'products', products);
});

afterAll(async () => {
  files.remove();
  await test.close();
});

beforeEach(async () => {
  await test.database.pool.query('DELETE FROM crm.payments');
  await test.database.pool.query('DELETE FROM crm.sales');
});

const orders =
  'order_id,customer_id,order_date\nO1,A,2024-05-01 21:00\nO2,B,02/05/2024\nO3,X,2024-05-03\n';
const lines =
  'order_id,line,product_id,quantity,price\nO1,1,P1,2,3\nO1,2,P9,1,4.50\nO2,1,P2,1,9\nO3,1,P1,1,1\n';

const importOrders = (linesText = lines) =>
  importFile(test.database, 'sales', files.write('orders.csv', orders), {
    options: { lines: files.write('lines.csv', linesText) },
  });

const storedLines = () =>
  test.database.rows(
    `SELECT s.external_id AS sale, l.line_number AS line, p.external_id AS product, l.quantity, l.revenue
     FROM crm.sales s JOIN crm.sale_lines l USING (sale_id)
     LEFT JOIN crm.products p USING (product_id) ORDER BY 1, 2`,
  );

describe('the products importer', () => {
  it('keeps category and price', async () => {
    expect(
      await test.database.rows(
        'SELECT external_id, category, unit_price FROM crm.products ORDER BY 1',
      ),
    ).toEqual([
      { external_id: 'P1', category: 'Office', unit_price: 1.5 },
      { external_id: 'P2', category: 'Kitchen', unit_price: 9 },
    ]);
  });
});

describe('the sales importer', () => {
  it('loads orders and lines, tells of unknown accounts and products, and keeps the revenue', async () => {
    const report = await importOrders();
    expect(report.counts).toMatchObject({ read: 7, inserted: 2, rejected: 2, warned: 1 });
    expect(report.summary).toMatchObject({ lines: { inserted: 3 }, salesWithoutLines: 0 });
    expect(await issuesOf(test.database, report.importId)).toEqual([
      {
        severity: 'warning',
        line: 3,
        field: 'product',
        value: 'P9',
        reason: 'no product has this external id; the line is kept without product',
      },
      {
        severity: 'rejected',
        line: 4,
        field: 'account',
        value: 'X',
        reason: 'no account has this external id',
      },
      {
        severity: 'rejected',
        line: 5,
        field: 'external_id',
        value: 'O3',
        reason: 'file of lines: the order is not in the file of orders, or was rejected',
      },
    ]);
    expect(await storedLines()).toEqual([
      { sale: 'O1', line: 1, product: 'P1', quantity: 2, revenue: 3 },
      { sale: 'O1', line: 2, product: null, quantity: 1, revenue: 4.5 },
      { sale: 'O2', line: 1, product: 'P2', quantity: 1, revenue: 9 },
    ]);
    const times = await test.database.rows<{ ordered_at: Date }>(
      'SELECT ordered_at FROM crm.sales ORDER BY 1',
    );
    expect(times.map(({ ordered_at }) => ordered_at.toISOString())).toEqual([
      '2024-05-01T21:00:00.000Z',
      '2024-05-02T00:00:00.000Z',
    ]);
  });

  it('writes nothing the second time and takes away lines that are gone', async () => {
    await importOrders();
    const state = () =>
      test.database.rows(
        'SELECT sale_id, line_number, xmin::text FROM crm.sale_lines ORDER BY 1, 2',
      );
    const before = await state();
    const report = await importOrders();
    expect(report.counts).toMatchObject({ inserted: 0, updated: 0, unchanged: 2 });
    expect(report.summary).toMatchObject({
      lines: { inserted: 0, updated: 0, unchanged: 3, removed: 0 },
    });
    expect(await state()).toEqual(before);
    const fewer = await importOrders(lines.replace('O1,2,P9,1,4.50\n', ''));
    expect(fewer.summary).toMatchObject({ lines: { removed: 1, unchanged: 2 } });
    expect(await storedLines()).toHaveLength(2);
  });

  it('takes one file with a row a line, and numbers lines that have no number', async () => {
    const text = [
      'order_id,customer_id,date,sku,qty,unit_price',
      'O1,A,2024-05-01,P1,2,1.5',
      'O1,A,2024-05-01,P2,1,9',
      'O2,B,2024-05-02,P2,3,9',
      'O1,B,2024-05-01,P1,1,1',
      'O2,B,2024-05-02,P2,1,',
    ].join('\n');
    const report = await importFile(test.database, 'sales', files.write('sales.csv', text));
    expect(report.counts).toMatchObject({ read: 5, inserted: 2, rejected: 2 });
    expect(
      (await issuesOf(test.database, report.importId)).map(({ line, field }) => [line, field]),
    ).toEqual([
      [5, 'external_id'],
      [6, 'revenue'],
    ]);
    expect(await storedLines()).toEqual([
      { sale: 'O1', line: 1, product: 'P1', quantity: 2, revenue: 3 },
      { sale: 'O1', line: 2, product: 'P2', quantity: 1, revenue: 9 },
      { sale: 'O2', line: 1, product: 'P2', quantity: 3, revenue: 27 },
    ]);
  });
});

describe('the payments importer', () => {
  const text =
    'order_id,payment_sequential,payment_type,payment_value\nO1,1,card,3.00\nO9,1,cash,5\nO9,1,cash,6\n';
  const importPayments = () =>
    importFile(test.database, 'payments', files.write('payments.csv', text));

  it('keeps payments whose sale was not loaded, and connects them when it comes', async () => {
    const report = await importPayments();
    expect(report.counts).toMatchObject({ read: 3, inserted: 2, rejected: 1 });
    expect(report.summary).toMatchObject({ paymentsWithoutSale: 2 });
    const sales = await importOrders();
    expect(sales.summary).toMatchObject({ paymentsLinked: 1 });
    expect((await importPayments()).counts).toMatchObject({
      inserted: 0,
      updated: 0,
      unchanged: 2,
    });
    expect(
      await test.database.rows(
        `SELECT p.sale_external_id, s.external_id AS sale, p.value FROM crm.payments p
         LEFT JOIN crm.sales s USING (sale_id) ORDER BY 1`,
      ),
    ).toEqual([
      { sale_external_id: 'O1', sale: 'O1', value: 3 },
      { sale_external_id: 'O9', sale: null, value: 5 },
    ]);
  });
});

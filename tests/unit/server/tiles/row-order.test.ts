import { describe, expect, it } from 'vitest';
import { atOnce } from '../../../../server/column-store/breathe.js';
import { Dictionary } from '../../../../server/column-store/dictionary.js';
import { KeyColumn } from '../../../../server/column-store/key-column.js';
import { orderRows, type SortColumn } from '../../../../server/column-store/row-order.js';
import { RowTable } from '../../../../server/column-store/row-table.js';
import { foldText } from '../../../../server/contract/fold-text.js';
import { randomNumbers } from '../../../db/tiles/support.js';

const byName: SortColumn = { kind: 'key', column: 0 };

function tableOf(rows: readonly { name?: string; stage?: string; revenue?: number }[]): RowTable {
  const schema = { categories: ['stage'], values: ['revenue'], texts: [], keys: ['name'] };
  const table = new RowTable(schema, [new Dictionary()]);
  rows.forEach(({ name = '', stage, revenue = 0 }, index) => {
    table.append({
      id: 1000 - index,
      position: null,
      cell: null,
      categories: [stage ?? null],
      values: [revenue],
      texts: [],
      keys: [name],
    });
  });
  return table;
}

function namesInOrder(names: readonly string[]): string[] {
  const { rows } = atOnce(orderRows(tableOf(names.map((name) => ({ name }))), byName));
  return [...rows].map((row) => names[row]!);
}

describe('rows in the order of a text', () => {
  it('do not mind case and accents, and those without one come last', () => {
    expect(namesInOrder(['Zoë', '', 'éclair', 'Eclairs', 'ad', 'Ad Astra'])).toEqual([
      'ad',
      'Ad Astra',
      'éclair',
      'Eclairs',
      'Zoë',
      '',
    ]);
  });

  it('are right where many begin alike', () => {
    const random = randomNumbers(7);
    const names = Array.from({ length: 500 }, () => `account number ${Math.floor(random() * 300)}`);

    expect(namesInOrder(names)).toEqual([...names].sort());
  });

  it('come by id where texts are equal', () => {
    const table = tableOf(Array.from({ length: 100 }, () => ({ name: 'the same long name' })));
    const { rows } = atOnce(orderRows(table, byName));

    const ids = [...rows].map((row) => table.ids[row]!);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
  });
});

describe('rows in the order of a figure', () => {
  it('count below zero too', () => {
    const revenues = [5, -3, 0, 12, -40];
    const table = tableOf(revenues.map((revenue) => ({ revenue })));
    const { rows, present } = atOnce(
      orderRows(table, { kind: 'value', column: 0, zeroIsMissing: false }),
    );

    expect([...rows].map((row) => revenues[row])).toEqual([-40, -3, 0, 5, 12]);
    expect(present).toBe(5);
  });
});

describe('rows in the order of a category', () => {
  it('stand by the name of the value, without one last', () => {
    const stages = ['b', 'a', undefined, 'c'];
    const table = tableOf(stages.map((stage) => (stage ? { stage } : {})));
    const names: Record<string, string> = { a: '3', b: '1', c: '2' };
    const { rows, present } = atOnce(
      orderRows(table, { kind: 'category', column: 0, nameOf: (value) => names[value]! }),
    );

    expect([...rows].map((row) => stages[row])).toEqual(['b', 'c', 'a', undefined]);
    expect(present).toBe(3);
  });
});

describe('a column of keys', () => {
  it('finds words inside rows, each row once, and never across two', () => {
    const column = new KeyColumn();
    for (const text of ['Müller & Müller', 'mul', 'ler', null, 'Bakkerij MULLER'])
      column.push(text);
    const found: number[] = [];
    column.search(foldText('Muller'), (row) => found.push(row));

    expect(found).toEqual([0, 4]);
  });

  it('is the same from bytes as from text', () => {
    const texts = ['Ünïcode Łódź', 'PLAIN', '', 'ÆØ'];
    const [fromText, fromBytes] = [new KeyColumn(), new KeyColumn()];
    for (const text of texts) {
      fromText.push(text);
      const bytes = Buffer.from(text);
      fromBytes.pushBytes(bytes, 0, bytes.length);
    }
    for (const row of texts.keys()) expect(fromText.compare(row, fromBytes, row)).toBe(0);
  });
});

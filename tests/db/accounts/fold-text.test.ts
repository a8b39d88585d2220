import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foldText } from '../../../server/contract/fold-text.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.close());

describe('folded text', () => {
  it('is the same in the database as in the server, letter for letter', async () => {
    const letters = Array.from({ length: 0x600 - 0x20 }, (_, i) => String.fromCodePoint(0x20 + i));
    const rows = await test.database.rows<{ folded: string }>(
      `SELECT app.fold_text(letter || 'É') AS folded
       FROM unnest($1::text[]) WITH ORDINALITY AS t (letter, n) ORDER BY n`,
      [letters],
    );

    expect(rows.map(({ folded }) => folded)).toEqual(
      letters.map((letter) => foldText(`${letter}É`)),
    );
  });
});

describe('tags of a text', () => {
  it.each([
    ['VIP; Visit  again|vip', ['vip', 'visit again']],
    [' , none, 50%_off"', ['50 off']],
    [null, []],
  ])('of %s', async (content, tags) => {
    const row = await test.database.row('SELECT app.to_tags($1) AS tags', [content]);

    expect(row).toEqual({ tags });
  });
});

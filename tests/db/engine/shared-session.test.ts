import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../../server/db/database.js';
import type { EmbeddedEngine } from '../../../server/db/embedded/embedded-engine.js';
import { testEngine } from '../../support/database.js';
import { startEmbeddedForTests } from '../../support/embedded.js';

describe.runIf(testEngine === 'embedded')('connections that share the embedded session', () => {
  let engine: EmbeddedEngine;
  let database: Database;

  beforeAll(async () => {
    engine = await startEmbeddedForTests();
    database = new Database({ ...engine.connection, max: 8 }, 'embedded');
  });

  afterAll(async () => {
    await database.close();
    await engine.stop();
  });

  it('each get the answer to their own statement, also beside failing and large ones', async () => {
    const long = 'x'.repeat(300_000);
    const ask = async (number: number): Promise<string> => {
      if (number % 7 === 0) {
        return database.rows('SELECT $1::int / 0', [number]).then(
          () => 'no error',
          (error: { code?: string }) => error.code ?? 'no code',
        );
      }
      if (number % 5 === 0) {
        const rows = await database.rows<{ n: number }>('SELECT length($1) + $2::int AS n', [
          long,
          number,
        ]);
        return String(rows[0]?.n);
      }
      if (number % 3 === 0) {
        return database.transaction(async (client) => {
          const { rows } = await client.query<{ n: number }>('SELECT $1::int AS n', [number]);
          const again = await client.query<{ n: number }>('SELECT $1::int AS n', [number]);
          return `${rows[0]?.n}/${again.rows[0]?.n}`;
        });
      }
      const rows = await database.rows<{ n: number }>('SELECT $1::int AS n', [number]);
      return rows.map((row) => row.n).join();
    };
    const expected = (number: number): string => {
      if (number % 7 === 0) return '22012';
      if (number % 5 === 0) return String(long.length + number);
      return number % 3 === 0 ? `${number}/${number}` : String(number);
    };
    const numbers = Array.from({ length: 600 }, (_, index) => index);
    expect(await Promise.all(numbers.map(ask))).toEqual(numbers.map(expected));
  });

  it.each<[string, string, unknown[]]>([
    ['that cannot be parsed', 'SELECT no_such_column + $1', [1]],
    ['with a value of the wrong type', 'SELECT $1::int', ['abc']],
    ['that fails while it runs', 'SELECT 1 / (random() * $1)::int', [0]],
  ])('answer the statement after one %s', async (_which, text, values) => {
    const client = await database.pool.connect();
    const failing = client.query(text, values);
    const next = client.query<{ n: number }>('SELECT $1::int AS n', [7]);
    await expect(failing).rejects.toThrow();
    expect((await next).rows).toEqual([{ n: 7 }]);
    client.release();
  });

  it('go on when one of them leaves in the middle of a statement', async () => {
    const client = await database.pool.connect();
    const lost = client.query('SELECT $1::int, pg_sleep(0.05)', [1]).catch(() => undefined);
    client.release(new Error('gone'));
    const rows = await database.rows<{ n: number }>('SELECT $1::int AS n', [2]);
    await lost;
    expect(rows).toEqual([{ n: 2 }]);
  });
});

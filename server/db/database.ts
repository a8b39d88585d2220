import pg from 'pg';

pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value);

export type EngineKind = 'postgres' | 'embedded';

/** What runs a statement: the pool or the client of a transaction. */
export type Queryable = Pick<pg.ClientBase, 'query'>;

/**
 * The one way to the database, for both engines.
 *
 * The embedded engine shares one backend session between all connections: outside `transaction` use no
 * SET, no named statements, no temporary tables, no LISTEN and no advisory locks.
 */
export class Database {
  readonly pool: pg.Pool;
  readonly engine: EngineKind;

  constructor(connection: string | pg.PoolConfig, engine: EngineKind) {
    this.engine = engine;
    const config = typeof connection === 'string' ? { connectionString: connection } : connection;
    this.pool = new pg.Pool({ max: engine === 'embedded' ? 4 : 10, ...config });
    // An idle connection that breaks is replaced by the pool; the next query reports what matters.
    this.pool.on('error', () => undefined);
  }

  /** Rows of one statement. */
  async rows<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.pool.query<Row>(text, values)).rows;
  }

  /** The first row, or undefined. */
  async row<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row | undefined> {
    return (await this.rows<Row>(text, values))[0];
  }

  /** Runs `work` in a transaction; rolls back when it throws. */
  async transaction<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((rollbackError: Error) => {
        broken = rollbackError;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}

import { createHash } from 'node:crypto';
import pg from 'pg';
import { AppError } from '../errors.js';

pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value);

export type EngineKind = 'postgres' | 'embedded';

/** What runs a statement: the pool or the client of a transaction. */
export type Queryable = Pick<pg.ClientBase, 'query'>;

/** Codes of errors after which the statement certainly did not run: it never reached a working engine. */
const neverRan = new Set(['ECONNREFUSED', 'ENOENT', '57P03', '54001']);
const recoveryMs = 20_000;
const firstPauseMs = 50;
/** How long a connection to PostgreSQL may take, a free place in the pool included. */
const connectWithinMs = 10_000;

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
    // The embedded engine is near, and whoever waits for its one session waits for a reason.
    const network = { keepAlive: true, connectionTimeoutMillis: connectWithinMs };
    const usual = engine === 'embedded' ? { max: 4 } : { max: 10, ...network };
    this.pool = new pg.Pool({ ...usual, ...config });
    // An idle connection that breaks is replaced by the pool; the next query reports what matters.
    this.pool.on('error', () => undefined);
    // One that breaks between two statements of a transaction too; nobody listening would end the process.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** Rows of one statement. Waits up to twenty seconds for an engine that is being restarted. */
  async rows<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.#whileRecovering(() => this.pool.query<Row>(text, values))).rows;
  }

  /**
   * As `rows`, for a statement asked often with other values: PostgreSQL then parses and plans it once a
   * connection. Its text must be one of few, or every connection keeps them all.
   */
  async preparedRows<Row extends pg.QueryResultRow>(
    text: string,
    values: unknown[] = [],
  ): Promise<Row[]> {
    if (this.engine === 'embedded') return this.rows(text, values);
    const name = createHash('sha1').update(text).digest('base64');
    const query = { name, text, values };
    return (await this.#whileRecovering(() => this.pool.query<Row>(query))).rows;
  }

  /** The first row, or undefined. */
  async row<Row extends pg.QueryResultRow>(
    text: string,
    values: unknown[] = [],
  ): Promise<Row | undefined> {
    return (await this.rows<Row>(text, values))[0];
  }

  /** Runs `work` in a transaction; rolls back when it throws. */
  async transaction<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.#whileRecovering(() => this.#begin());
    let broken: Error | undefined;
    try {
      const result = await work(client);
      await commit(client);
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

  async #begin(): Promise<pg.PoolClient> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      return client;
    } catch (error) {
      client.release(error as Error);
      throw error;
    }
  }

  /** Tries again while the engine is away, but only where the statement cannot have run. */
  async #whileRecovering<Result>(attempt: () => Promise<Result>): Promise<Result> {
    const giveUpAt = Date.now() + recoveryMs;
    for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, 1_000)) {
      try {
        return await attempt();
      } catch (error) {
        const code = (error as { code?: string }).code ?? '';
        if (!this.#mayRetry(code) || Date.now() + pause > giveUpAt) throw error;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  /** On PostgreSQL 54001 means that this very statement is too deep, and it would be so again. */
  #mayRetry(code: string): boolean {
    return neverRan.has(code) && (code !== '54001' || this.engine === 'embedded');
  }
}

/** Commits; where the answer is lost, nobody knows whether it was done. */
async function commit(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('COMMIT');
  } catch (error) {
    // An answer says that it was refused; the end of the session, or none, says nothing.
    if (error instanceof pg.DatabaseError && !/^(08|57)/.test(error.code ?? '')) throw error;
    throw new AppError(
      'unavailable',
      'The database went away while this was being saved: it may or may not have been saved. Look before you repeat it.',
      { retryable: true, outcome: 'unknown' },
    );
  }
}

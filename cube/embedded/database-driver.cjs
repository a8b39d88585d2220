const { PostgresDriver } = require('@cubejs-backend/postgres-driver');

/**
 * Driver of the embedded database. All connections share one session there, so nothing may be SET: not the time
 * zone (that database is in UTC) and not the statement timeout, which would hold for imports as well.
 */
class EmbeddedDatabaseDriver extends PostgresDriver {
  async prepareConnection(connection) {
    await this.loadUserDefinedTypes(connection);
  }
}

/** Driver of PostgreSQL that prepares each connection once instead of before every query. */
class PooledPostgresDriver extends PostgresDriver {
  #prepared = new WeakSet();

  async prepareConnection(connection, options) {
    if (this.#prepared.has(connection)) return;
    await super.prepareConnection(connection, options);
    this.#prepared.add(connection);
  }
}

/**
 * The driver for an engine (`embedded` or `postgres`), connecting to `connectionString` where one is given and by
 * CUBEJS_DB_* otherwise.
 */
function createDriver(engine, connectionString) {
  const connection = connectionString ? { connectionString } : {};
  if (engine === 'embedded') return new EmbeddedDatabaseDriver({ ...connection, maxPoolSize: 2 });
  return new PooledPostgresDriver({ ...connection, maxPoolSize: 8 });
}

module.exports = { createDriver };

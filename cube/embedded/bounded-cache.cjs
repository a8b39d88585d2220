/**
 * Keeps the answers that Cube remembers within bounds.
 *
 * Its cache in memory drops an answer only when the same question comes again after a day, so that every new filter
 * would stay for good. Here the answers used longest ago go first, above a number of rows. Their size, which the
 * cache tells for the log, is not measured: that means writing each answer as JSON once more.
 */
const MOST_ROWS = 500_000;

/** Bounds the caches of Cube; all of them share one store. */
function boundCache(LocalCacheDriver, { mostRows = MOST_ROWS } = {}) {
  const read = LocalCacheDriver.prototype.get;
  const drop = LocalCacheDriver.prototype.remove;
  const rowsOf = new Map();
  let rows = 0;

  const forget = (key) => {
    rows -= rowsOf.get(key) ?? 0;
    rowsOf.delete(key);
  };
  const note = (key, count) => {
    forget(key);
    rowsOf.set(key, count);
    rows += count;
  };

  LocalCacheDriver.prototype.get = async function get(key) {
    const value = await read.call(this, key);
    if (value === undefined) forget(key);
    else if (rowsOf.has(key)) note(key, rowsOf.get(key));
    return value;
  };
  LocalCacheDriver.prototype.set = async function set(key, value, expiration) {
    this.store[key] = { value, exp: Date.now() + expiration * 1000 };
    note(key, countRows(value));
    for (const oldest of rowsOf.keys()) {
      if (rows <= mostRows || oldest === key) break;
      delete this.store[oldest];
      forget(oldest);
    }
    return { key, bytes: 0 };
  };
  LocalCacheDriver.prototype.remove = async function remove(key) {
    forget(key);
    return drop.call(this, key);
  };
}

/** Rows of an answer, and one for what comes with it. */
function countRows(value) {
  return 1 + (Array.isArray(value?.result) ? value.result.length : 0);
}

module.exports = { boundCache };

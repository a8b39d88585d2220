import type { PGlite } from '@electric-sql/pglite';

const readyForQuery = 'Z'.charCodeAt(0);
const headerBytes = 5;
const syncMessage = Uint8Array.of(0x53, 0, 0, 0, 4);

/** First bytes of the messages that make up a statement with parameters, up to its Sync. */
const partsOfStatement = new Set([...'PBDECH'].map((letter) => letter.charCodeAt(0)));

/**
 * The database as the socket server may see it: one that counts as being in a transaction while a
 * connection is in the middle of a statement.
 *
 * The socket server queues message by message and lets only a transaction keep the session. A statement
 * with parameters is several messages (Parse, Bind, Execute, Sync) around one unnamed statement that all
 * connections share: without this another connection's Parse can come between, and somebody gets the answer
 * to a question that they did not ask.
 */
export function withWholeStatements(db: PGlite): PGlite {
  let isInStatement = false;

  const execProtocolRawStream: PGlite['execProtocolRawStream'] = async (message, options) => {
    isInStatement = partsOfStatement.has(message[0] ?? 0);
    const { onRawData } = options ?? {};
    const answers = isInStatement && onRawData ? withoutReadyForQuery(onRawData) : onRawData;
    try {
      await db.execProtocolRawStream(message, {
        ...options,
        ...(answers && { onRawData: answers }),
      });
    } catch (error) {
      // The socket server would stop answering; a fresh process does not.
      console.error('The engine failed outside SQL:', error);
      process.exit(1);
    }
  };

  /** The socket server's only use of it: to roll back for a connection that is gone. */
  const exec: PGlite['exec'] = async (sql, options) => {
    if (isInStatement) await db.execProtocolRaw(syncMessage);
    isInStatement = false;
    return db.isInTransaction() ? db.exec(sql, options) : [];
  };

  const replaced = {
    execProtocolRawStream,
    exec,
    isInTransaction: () => isInStatement || db.isInTransaction(),
  };
  return new Proxy(db, {
    get(target, name) {
      if (name in replaced) return replaced[name as keyof typeof replaced];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/**
 * Drops ReadyForQuery from what the engine answers before a Sync.
 *
 * Where a part of a statement fails, the engine says ReadyForQuery at once and again at the Sync. A client
 * takes the second for the end of its next query, which then has no rows and no error.
 */
function withoutReadyForQuery(forward: (data: Uint8Array) => void): (data: Uint8Array) => void {
  let held: Uint8Array = new Uint8Array();
  let left = 0;
  return (data) => {
    const chunk = held.length > 0 ? Buffer.concat([held, data]) : data;
    held = new Uint8Array();
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let from = 0;
    let at = Math.min(left, chunk.length);
    left -= at;
    while (at < chunk.length) {
      if (chunk.length - at < headerBytes) {
        held = chunk.slice(at);
        break;
      }
      const size = 1 + view.getInt32(at + 1);
      const present = Math.min(size, chunk.length - at);
      if (chunk[at] === readyForQuery) {
        if (at > from) forward(chunk.subarray(from, at));
        from = at + present;
      } else {
        left = size - present;
      }
      at += present;
    }
    if (at > from) forward(chunk.subarray(from, at));
  };
}

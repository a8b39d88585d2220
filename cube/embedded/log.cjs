/** Messages worth a line although they carry no error. */
const noted = new Set(['Performing query cancel', 'Refresh Scheduler Long Execution']);

/** Mistakes in a query: whoever asked has got the explanation. */
const explained = new Set(['UserError', 'User Error']);

/** Writes what went wrong as JSON lines to the error output; never queries, values or rights. */
function log(message, { error, warning, requestId, duration } = {}) {
  if (explained.has(message)) return;
  const text = error ?? warning;
  if (!text && !noted.has(message)) return;
  const line = {
    time: new Date().toISOString(),
    level: error ? 'error' : 'warn',
    message,
    detail: text === undefined ? undefined : String(text).split('\n')[0],
    requestId,
    durationMs: duration,
  };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

module.exports = { log };

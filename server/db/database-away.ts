const connectionErrors = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  '53300',
  '54001',
  '57P01',
  '57P02',
  '57P03',
]);

/** Whether the database could not be asked at all, so that the same request may work in a moment. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  if (connectionErrors.has(code) || code.startsWith('08')) return true;
  return /^(Connection terminated|timeout exceeded when trying to connect)/.test(error.message);
}

/** A database that was killed recovers first, and whoever restarts it pauses before each further try. */
const patienceMs = 120_000;
const pauseMs = 200;

/**
 * Does work again until the database answers, for up to two minutes. Only for work that may be done twice: a
 * connection that broke does not tell whether a statement ran.
 */
export async function onceBack<Result>(work: () => Promise<Result>): Promise<Result> {
  const giveUpAt = Date.now() + patienceMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isDatabaseAway(error) || Date.now() > giveUpAt) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../server/errors.js';
import { RetryableError } from './follow.js';

/** Attempts in a row that bring nothing before one gives up. */
const MAX_FRUITLESS = 5;
const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 30_000;

export type Wait = (ms: number, signal?: AbortSignal) => Promise<void>;

/** Waits for real; ends with the reason of the signal. */
export const waitFor: Wait = async (ms, signal) => {
  await sleep(ms, undefined, signal ? { signal } : {}).catch(() => signal?.throwIfAborted());
};

export type RetryOptions = {
  readonly wait: Wait;
  readonly signal?: AbortSignal | undefined;
  /** A number that grows with what was brought; growth makes the count of attempts start again. */
  readonly progressed: () => number;
};

/**
 * Tries until it works, with longer and longer pauses after passing faults. Gives up after five attempts in a row
 * that brought nothing, with an AppError (unavailable).
 */
export async function retrying<Result>(
  attempt: () => Promise<Result>,
  { wait, signal, progressed }: RetryOptions,
): Promise<Result> {
  let fruitless = 0;
  for (;;) {
    const before = progressed();
    try {
      return await attempt();
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof RetryableError)) throw error;
      fruitless = progressed() > before ? 1 : fruitless + 1;
      if (fruitless >= MAX_FRUITLESS) throw gaveUp(error);
      const pause = Math.min(FIRST_PAUSE_MS * 2 ** (fruitless - 1), MAX_PAUSE_MS);
      await wait(error.afterMs ?? pause, signal);
    }
  }
}

function gaveUp(error: RetryableError): AppError {
  return new AppError(
    'unavailable',
    `${error.message}. Tried ${MAX_FRUITLESS} times; what came so far is kept. Try again later.`,
  );
}

import { setImmediate } from 'node:timers/promises';

/** Lets requests that wait be answered before long work goes on. */
export async function breathe(): Promise<void> {
  await setImmediate();
}

/** Long work in steps: each `yield` is a place to let others go first. */
export type Steps<Result> = Generator<void, Result, void>;

/** Does the work step by step and serves others in between. */
export async function inTurns<Result>(work: Steps<Result>): Promise<Result> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await breathe();
  }
}

/** Does the work without a pause, for those who cannot wait. */
export function atOnce<Result>(work: Steps<Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

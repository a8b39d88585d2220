/** Steps that can be taken back and again. */
export type History<Step> = {
  readonly past: readonly Step[];
  readonly present: Step;
  readonly future: readonly Step[];
};

/** Older steps are forgotten. */
const mostSteps = 100;

export function startHistory<Step>(present: Step): History<Step> {
  return { past: [], present, future: [] };
}

/** A new step; what was taken back before cannot be taken again. The same step twice is one. */
export function pushStep<Step>(history: History<Step>, step: Step): History<Step> {
  if (step === history.present) return history;
  return { past: [...history.past, history.present].slice(-mostSteps), present: step, future: [] };
}

/** One step back; the same where there is none. */
export function undoStep<Step>(history: History<Step>): History<Step> {
  if (history.past.length === 0) return history;
  const { past, present, future } = history;
  return { past: past.slice(0, -1), present: past.at(-1)!, future: [present, ...future] };
}

/** One step forward again; the same where there is none. */
export function redoStep<Step>(history: History<Step>): History<Step> {
  const [next, ...future] = history.future;
  if (history.future.length === 0) return history;
  return { past: [...history.past, history.present], present: next!, future };
}

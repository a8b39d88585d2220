export { computed, signal, Signal, SignalWatcher } from '@lit-labs/signals';
import { Signal } from '@lit-labs/signals';

/**
 * Runs `effect` now and after every change of a signal that it read, once a microtask.
 * Returns the function that ends it.
 */
export function watchSignals(effect: () => void): () => void {
  let queued = false;
  const run = new Signal.Computed(effect);
  const watcher = new Signal.subtle.Watcher(() => {
    if (queued) return;
    queued = true;
    queueMicrotask(() => {
      queued = false;
      watcher.watch();
      for (const pending of watcher.getPending()) pending.get();
    });
  });
  watcher.watch(run);
  run.get();
  return () => watcher.unwatch(run);
}

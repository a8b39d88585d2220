const sampleMs = 10;

/** Runs work and answers the most memory in megabytes that this process held meanwhile, beyond what it had. */
export async function peakMemory(work: () => Promise<unknown>): Promise<number> {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let peak = before;
  const sample = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), sampleMs);
  try {
    await work();
  } finally {
    clearInterval(sample);
  }
  return (Math.max(peak, process.memoryUsage().rss) - before) / 1_048_576;
}

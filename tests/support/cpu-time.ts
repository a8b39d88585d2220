/**
 * Milliseconds of processor time that this process took for some work. Unlike time on the clock, it does not grow
 * with what else the machine does.
 */
export async function cpuMs(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

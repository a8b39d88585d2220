import { workerData } from 'node:worker_threads';

/**
 * Runs beside the decoder and ends the process when a step of it takes more processor time than it may, or
 * the process more memory. Processor time and not the clock: a busy machine must not refuse a good file.
 */
const { state, mostBytes } = workerData;
let seenStep = -1;
let startedMs = 0;

setInterval(() => {
  const { user, system } = process.cpuUsage();
  const usedMs = (user + system) / 1000;
  const step = Atomics.load(state, 0);
  if (step !== seenStep) [seenStep, startedMs] = [step, usedMs];
  const isLate = usedMs - startedMs > Atomics.load(state, 1);
  if (isLate || process.memoryUsage.rss() > mostBytes) process.kill(process.pid, 'SIGKILL');
}, 50);

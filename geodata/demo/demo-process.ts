import { Database } from '../../server/db/database.js';
import type { DemoJob, DemoMessage } from './load-demo-apart.js';
import { loadDemo } from './load-demo.js';

/** Loads the demo in a process of its own; tells progress and end to the parent, and does not outlive it. */
async function run({ connection, engine, options }: DemoJob, signal: AbortSignal): Promise<void> {
  const tell = (message: DemoMessage) => process.send?.(message);
  const database = new Database(connection, engine);
  try {
    await loadDemo(database, options, (progress) => tell({ progress }), signal);
    tell({ done: true });
  } catch (error) {
    tell({ failure: error instanceof Error ? error.message : String(error) });
  }
  await database.close();
  process.disconnect();
}

const abort = new AbortController();
// Ctrl-C reaches the whole process group; the parent decides, and its end ends this process too.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => abort.abort(new Error('Cancelled.')));
process.once('disconnect', () => process.exit());
process.once('message', (job) => void run(job as DemoJob, abort.signal));

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  startEmbeddedEngine,
  type EmbeddedEngine,
} from '../../server/db/embedded/embedded-engine.js';

/** An embedded database in a temporary folder, removed by `stop`. */
export async function startEmbeddedForTests(): Promise<EmbeddedEngine> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'catchment-test-'));
  const engine = await startEmbeddedEngine(folder);
  const stop = async () => {
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...engine, stop };
}

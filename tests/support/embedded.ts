import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  startEmbeddedEngine,
  type EmbeddedEngine,
} from '../../server/db/embedded/embedded-engine.js';

/** Name of the variable with the data folder that `embedded-template.ts` migrated once for the run. */
export const templateVariable = 'CATCHMENT_TEST_EMBEDDED_TEMPLATE';

/** An embedded database in a temporary folder, removed by `stop`; migrated where the run has a template. */
export function startEmbeddedForTests(): Promise<EmbeddedEngine> {
  return startFrom(process.env[templateVariable]);
}

/** As `startEmbeddedForTests`, without any migration: the database is made, which takes some seconds. */
export function startUnmigratedForTests(): Promise<EmbeddedEngine> {
  return startFrom(undefined);
}

async function startFrom(template: string | undefined): Promise<EmbeddedEngine> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'catchment-test-'));
  if (template) cpSync(template, folder, { recursive: true });
  const engine = await startEmbeddedEngine(folder);
  const stop = async () => {
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...engine, stop };
}

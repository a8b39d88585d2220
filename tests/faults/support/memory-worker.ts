import { readFileSync } from 'node:fs';
import { importerNamed } from '../../../geodata/importers.js';
import { runImport } from '../../../geodata/run-import.js';
import { Database } from '../../../server/db/database.js';
import { as } from '../../api/test-app.js';
import { appOn } from './proxied-app.js';
import { senderOf } from './sender.js';

/** Work whose memory is measured, in a process of its own. */
export type MeasuredWork =
  | { readonly kind: 'import'; readonly url: string; readonly file: string }
  /** The file holds one address a line. */
  | {
      readonly kind: 'requests';
      readonly url: string;
      readonly file: string;
      readonly token: string;
    };

/** Bytes; the most that this process ever held. */
export type Measured = { readonly peakBytes: number; readonly done: Record<string, number> };

process.on('message', (work: MeasuredWork) => {
  const doing = work.kind === 'import' ? importAccounts(work) : askAll(work);
  doing.then(
    (done) =>
      process.send?.({ peakBytes: peakBytes(), done } satisfies Measured, () => process.exit(0)),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.send?.('ready');

async function importAccounts({ url, file }: MeasuredWork): Promise<Record<string, number>> {
  const database = new Database(url, 'postgres');
  const importer = importerNamed('accounts');
  const { counts } = await runImport({ database, importer, source: { path: file }, options: {} });
  await database.close();
  return { ...counts };
}

async function askAll(work: MeasuredWork & { kind: 'requests' }): Promise<Record<string, number>> {
  const app = await appOn(work.url);
  const done: Record<string, number> = {};
  const addresses = readFileSync(work.file, 'utf8').split('\n');
  for (const [index, url] of addresses.entries()) {
    const remoteAddress = senderOf(index);
    const { statusCode } = await as(app, work, { method: 'GET', url, remoteAddress });
    done[statusCode] = (done[statusCode] ?? 0) + 1;
  }
  await app.close();
  return done;
}

/** What Linux notes for the program; `maxRSS` there begins with what the parent held when it forked. */
function peakBytes(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  const peak = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return Number(peak) * 1024;
}

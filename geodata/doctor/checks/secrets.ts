import { chmod, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, warn, type Check } from '../check.js';

const ownerOnly = 0o600;

/** The secrets of the installation are whole and nobody else on the machine can read them. */
export const secretsCheck: Check = {
  name: 'Secrets',
  needs: 'nothing',
  examine: async ({ settings }) => {
    const file = path.join(settings.dataFolder, 'secrets.json');
    const found = await stat(file).catch(() => undefined);
    if (!found) return ok('None yet; the first start makes them.');
    if (!isJson(await readFile(file, 'utf8').catch(() => ''))) {
      return fail(`${file} is damaged.`, {
        todo: 'Restore it, or delete it: everybody signs in again then.',
      });
    }
    if ((found.mode & 0o077) === 0) return ok(`Only their owner can read ${file}.`);
    return warn(`Others on this machine can read ${file}.`, {
      todo: `chmod 600 ${file}`,
      fix: async () => {
        await chmod(file, ownerOnly);
        return 'Only the owner can read the secrets now.';
      },
    });
  },
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

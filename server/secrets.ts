import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const stored = z.object({ authSecret: z.string().min(32), cubeSecret: z.string().min(32) });

export type StoredSecrets = z.infer<typeof stored>;

/**
 * The secrets of this installation, made at first start and kept in the data folder, readable by its owner
 * only. Throws where the file is damaged: making new ones would sign everybody out without a word.
 */
export function readSecrets(dataFolder: string): StoredSecrets {
  const file = path.join(dataFolder, 'secrets.json');
  if (existsSync(file)) {
    const parsed = stored.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (parsed.success) return parsed.data;
    throw new Error(`${file} is damaged. Restore it, or delete it to sign everybody out.`);
  }
  const made: StoredSecrets = { authSecret: secret(), cubeSecret: secret() };
  mkdirSync(dataFolder, { recursive: true });
  writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  return made;
}

function secret(): string {
  return randomBytes(32).toString('base64url');
}

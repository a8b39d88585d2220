import type { z } from 'zod';
import { healthSchema } from '../../server/contract/status.js';

export type Health = z.infer<typeof healthSchema>;

const patienceMs = 3000;

/** Who listens at an address: a server of ours with its health, another program, or nobody. */
export async function runningServer(
  host: string,
  port: number,
): Promise<Health | 'other' | undefined> {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const bracketed = name.includes(':') ? `[${name}]` : name;
  try {
    const response = await fetch(`http://${bracketed}:${port}/healthz`, {
      signal: AbortSignal.timeout(patienceMs),
    });
    const parsed = healthSchema.safeParse(await response.json().catch(() => undefined));
    return parsed.success ? parsed.data : 'other';
  } catch (error) {
    return isRefused(error) ? undefined : 'other';
  }
}

function isRefused(error: unknown): boolean {
  const cause = (error as { cause?: { code?: string } }).cause;
  return cause?.code === 'ECONNREFUSED';
}

import { vi } from 'vitest';

/**
 * How long a test waits for what comes when it comes, on however slow a machine; it only bounds how late a failure
 * is told.
 */
export const patience = { timeout: 20_000 } as const;

/** Repeats a check until it holds. */
export function eventually(check: () => unknown): Promise<unknown> {
  return vi.waitFor(check, patience);
}

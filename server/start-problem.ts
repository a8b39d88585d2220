import type { Config } from './config.js';

type SystemError = Error & { readonly code?: string };

const unreachable = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
]);
/** Wrong password or user, no such database, and an address that cannot be read. */
const refused = new Set(['28P01', '28000', '3D000', 'ERR_INVALID_URL']);

/** Why the start failed, as a sentence for the person at the console that says what to do. */
export function explainStartProblem(error: unknown, config: Config | undefined): string {
  if (!(error instanceof Error)) return String(error);
  const { code = '', message } = error as SystemError;
  if (config && (code === 'EADDRINUSE' || code === 'EACCES')) {
    const reason = code === 'EADDRINUSE' ? 'is in use by another program' : 'may not be used';
    return `Port ${config.port} on ${config.host} ${reason}. Set another one, for example PORT=4900.`;
  }
  if (config?.databaseUrl === undefined) return message;
  const place = describeDatabase(config.databaseUrl);
  if (unreachable.has(code)) {
    return `No PostgreSQL answers at ${place} (${code}). See whether it runs, and check DATABASE_URL.`;
  }
  if (refused.has(code)) {
    return `PostgreSQL at ${place} cannot be used: ${message}. Check DATABASE_URL.`;
  }
  return message;
}

/** Host, port and database of a connection string, without user and password. */
function describeDatabase(url: string): string {
  if (!URL.canParse(url)) return 'DATABASE_URL';
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

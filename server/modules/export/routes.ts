import type { FastifyReply, FastifyRequest } from 'fastify';
import { principalOf } from '../../auth/principal.js';
import { accountFilter, type AccountFilter } from '../../contract/account-filter.js';
import type { Database } from '../../db/database.js';
import type { AppDependencies } from '../../dependencies.js';
import { AppError } from '../../errors.js';
import type { App } from '../../http/app.js';
import { exportAccounts } from './account-export.repository.js';
import type { ExportFormat } from './export-format.js';
import { formats } from './formats.js';
import { assertFits, spoolExport, streamExport, withHeaders } from './send-export.js';

/** Each takes a connection for as long as it lasts; the rest of the pool is for everybody else. */
const MAX_RUNNING = 4;

/** GET /api/exports/accounts.FORMAT: exactly the accounts in the filter that the asker may see. */
export async function exportRoutes(app: App, { database }: AppDependencies): Promise<void> {
  let running = 0;
  for (const format of formats) {
    app.get(
      `/api/exports/accounts.${format.name}`,
      { schema: { tags: ['Exports'], querystring: accountFilter } },
      async (request, reply) => {
        if (running >= MAX_RUNNING) {
          throw new AppError(
            'unavailable',
            `${MAX_RUNNING} exports are running. Try again when one of them is done.`,
          );
        }
        running += 1;
        try {
          return await sendExport({ database, format, request, reply, filter: request.query });
        } finally {
          running -= 1;
        }
      },
    );
  }
}

type ExportReply = {
  readonly database: Database;
  readonly format: ExportFormat;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly filter: Partial<AccountFilter>;
};

async function sendExport({ database, format, request, reply, filter }: ExportReply) {
  const { policy } = principalOf(request);
  const signal = abortWhenClosed(reply);
  const scope = { filter, policy, signal };
  if (database.engine === 'embedded') {
    let file: Awaited<ReturnType<typeof spoolExport>> | undefined;
    await exportAccounts(database, scope, async (accounts) => {
      assertFits(format, accounts.total);
      file = await spoolExport(format, accounts);
    });
    return withHeaders(reply, format).send(file);
  }
  try {
    await exportAccounts(database, scope, async (accounts) => {
      assertFits(format, accounts.total);
      await streamExport(reply, format, accounts);
    });
  } catch (error) {
    // Once bytes are under way the connection is broken off, so that the file cannot be taken for a whole one.
    if (!reply.sent) throw error;
    request.log.warn({ err: error }, 'export broken off');
  }
  return reply;
}

/** A signal for when the client goes away before it has all. */
function abortWhenClosed({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) controller.abort(new Error('The client is gone.'));
  });
  return controller.signal;
}

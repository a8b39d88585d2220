import { z } from 'zod';
import { roles } from '../../server/contract/role.js';
import { AppError } from '../../server/errors.js';
import { UsageError, type Command, type CommandContext } from './command.js';
import { parseOptions } from './parse-options.js';

const createOptions = z.object({
  role: z.enum(roles),
  user: z.email().optional(),
  name: z.string().min(1).default('Command line'),
});

/** Personal API tokens. */
export const tokenCommand: Command = {
  name: 'token',
  usage: 'create --role ROLE [--user E-MAIL] [--name NAME] | list | revoke ID',
  describe: 'Create, list and revoke API tokens',
  run: async (args, context) => {
    const [action, ...rest] = args;
    switch (action) {
      case 'create':
        return createToken(rest, context);
      case 'list':
        return listTokens(context);
      case 'revoke':
        return revokeToken(rest, context);
      default:
        throw new UsageError('Say create, list or revoke.');
    }
  },
};

async function createToken(args: readonly string[], context: CommandContext): Promise<void> {
  const { values } = parseOptions(args, createOptions);
  const parsed = createOptions.safeParse(values);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new UsageError(`--${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`);
  }
  const { role, user, name } = parsed.data;
  const tokens = await import('../../server/auth/tokens.js');
  const { token } = await tokens.createToken(await context.database(), {
    role,
    userEmail: user,
    name,
  });
  context.print(token);
}

async function listTokens(context: CommandContext): Promise<void> {
  const tokens = await import('../../server/auth/tokens.js');
  const rows = await tokens.listTokens(await context.database());
  if (rows.length === 0) context.print('There are no tokens.');
  for (const { id, name, role, tokenEnd, userName, lastUsedAt } of rows) {
    const used = lastUsedAt === null ? 'never used' : `last used ${lastUsedAt.toISOString()}`;
    context.print(`${id}  …${tokenEnd}  ${role}  ${name}  ${userName ?? 'no user'}  ${used}`);
  }
}

async function revokeToken(args: readonly string[], context: CommandContext): Promise<void> {
  const id = Number(args[0]);
  if (!Number.isInteger(id)) throw new UsageError('Say which token: catchment token revoke ID.');
  const tokens = await import('../../server/auth/tokens.js');
  const isRevoked = await tokens.revokeToken(await context.database(), id);
  if (!isRevoked) throw new AppError('not_found', `There is no token ${id} that still works.`);
  context.print(`Token ${id} is revoked.`);
}

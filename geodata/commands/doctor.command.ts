import { z } from 'zod';
import { readConfig } from '../../server/config.js';
import { AppError } from '../../server/errors.js';
import type { Level } from '../doctor/check.js';
import { checks } from '../doctor/checks.js';
import { examine, type Examined } from '../doctor/examine.js';
import { runningServer } from '../doctor/running-server.js';
import { UsageError, type Command, type CommandContext } from './command.js';
import { describeOptions, parseOptions } from './parse-options.js';

const doctorOptions = z.object({
  json: z.boolean().optional().describe('The findings as JSON'),
  fix: z.boolean().optional().describe('Put right what can be put right without harm'),
});

const signs: Record<Level, string> = { ok: 'ok  ', warn: 'WARN', fail: 'FAIL', skip: '–   ' };
const nameWidth = 24;

/** Says what is missing, slow or inconsistent, and what to do; fails where a check does. */
export const doctorCommand: Command = {
  name: 'doctor',
  usage: '[--json] [--fix]',
  describe: 'Say what is missing, slow or inconsistent, and what to do about it',
  details: () => describeOptions(doctorOptions),
  run: async (args, context) => {
    const { values, positionals } = parseOptions(args, doctorOptions);
    if (positionals.length > 0) throw new UsageError(`${positionals[0]} is one argument too many.`);
    const settings = readConfig();
    const asJson = values['json'] === true;
    let asked: ReturnType<typeof runningServer> | undefined;
    const found = await examine(
      {
        settings,
        database: context.unmigratedDatabase,
        server: () => (asked ??= runningServer(settings.host, settings.port)),
      },
      checks,
      (one) => {
        if (!asJson) tell(one, context);
      },
    );
    const fixed = values['fix'] === true ? await fixAll(found, context, asJson) : [];
    if (asJson) context.print(toJson(found, fixed));
    const failed = found.filter(({ level }) => level === 'fail').length;
    if (failed > fixed.filter(({ level }) => level === 'fail').length) {
      throw new AppError('conflict', `${failed} of ${found.length} checks failed.`);
    }
  },
};

function tell({ level, name, says, todo }: Examined, { print }: CommandContext): void {
  print(`${signs[level]}  ${name.padEnd(nameWidth)} ${says}`);
  if (todo !== undefined) print(`${' '.repeat(6 + nameWidth)} → ${todo}`);
}

type Fixed = Pick<Examined, 'name' | 'level'> & { readonly says: string };

async function fixAll(
  found: readonly Examined[],
  { print }: CommandContext,
  isQuiet: boolean,
): Promise<Fixed[]> {
  const fixed: Fixed[] = [];
  for (const { name, level, fix } of found) {
    if (!fix) continue;
    const says = await fix();
    if (!isQuiet) print(`Fixed ${name}: ${says}`);
    fixed.push({ name, level, says });
  }
  return fixed;
}

function toJson(found: readonly Examined[], fixed: readonly Fixed[]): string {
  const checksFound = found.map(({ name, level, says, todo }) => ({ name, level, says, todo }));
  return JSON.stringify({ checks: checksFound, fixed }, null, 2);
}

import path from 'node:path';
import { readConfig } from '../server/config.js';
import type { Database } from '../server/db/database.js';
import { migrate } from '../server/db/migrate.js';
import { openDatabase } from '../server/db/open.js';
import { AppError } from '../server/errors.js';
import { backupCommand } from './commands/backup.command.js';
import { catalogueHosts } from './catalogue/catalogue.js';
import { addCommand } from './commands/add.command.js';
import { UsageError, type Command, type CommandContext } from './commands/command.js';
import { demoCommand } from './commands/demo.command.js';
import { doctorCommand } from './commands/doctor.command.js';
import { deriveCommand } from './commands/derive.command.js';
import { geocodeCommand } from './commands/geocode.command.js';
import { importCommand } from './commands/import.command.js';
import { inspectCommand } from './commands/inspect.command.js';
import { matchCommand } from './commands/match.command.js';
import { migrateCommand } from './commands/migrate.command.js';
import { reportsCommand } from './commands/reports.command.js';
import { resetCommand } from './commands/reset.command.js';
import { restoreCommand } from './commands/restore.command.js';
import { reviewCommand } from './commands/review.command.js';
import { tokenCommand } from './commands/token.command.js';
import { consoleProgress } from './progress.js';
import { RemoteFiles } from './remote/remote-files.js';
import { ImportFailure } from './run-import.js';

/** Every command; a further one is one file in commands/ and one line here. */
const commands: readonly Command[] = [
  importCommand,
  addCommand,
  inspectCommand,
  matchCommand,
  geocodeCommand,
  deriveCommand,
  reportsCommand,
  reviewCommand,
  tokenCommand,
  demoCommand,
  migrateCommand,
  resetCommand,
  backupCommand,
  restoreCommand,
  doctorCommand,
];

/** What the command line needs of the world; given by tests, else the real thing. */
export type CliDependencies = {
  readonly open: () => Promise<{
    readonly database: Database;
    readonly close: () => Promise<void>;
  }>;
  readonly remoteFiles: CommandContext['remoteFiles'];
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
  readonly onProgress: CommandContext['onProgress'];
  readonly signal: AbortSignal;
};

const exitCodes = { success: 0, failure: 1, usage: 2, cancelled: 130 } as const;

/**
 * Runs a command of the command line and returns the exit code: 0 done, 1 failed, 2 called in a wrong
 * way, 130 cancelled by Ctrl-C (the data are as before then).
 */
export async function runCli(
  argv: readonly string[],
  given: Partial<CliDependencies> = {},
): Promise<number> {
  const cancel = cancelOnCtrlC(given.signal);
  const dependencies: CliDependencies = {
    open: () => openDatabase(readConfig()),
    remoteFiles,
    print: (text) => console.log(text),
    printError: (text) => console.error(text),
    onProgress: consoleProgress(),
    ...given,
    signal: cancel.signal,
  };
  const command = commands.find(({ name }) => name === argv[0]);
  try {
    if (!command) return printHelp(argv[0], dependencies);
    if (isHelpAsked(command, argv.slice(1))) {
      dependencies.print(helpOf(command));
      return exitCodes.success;
    }
    return await runCommand(command, argv.slice(1), dependencies);
  } finally {
    cancel.stop();
  }
}

/** Files from the hosts of the catalogue and of the configuration. */
function remoteFiles(folder?: string): RemoteFiles {
  const { dataFolder, remote } = readConfig();
  return new RemoteFiles({
    folder: path.resolve(folder ?? path.join(dataFolder, 'remote')),
    hosts: new Set([...catalogueHosts(), ...remote.hosts]),
    maxBytes: remote.maxBytes,
  });
}

async function runCommand(
  command: Command,
  args: readonly string[],
  dependencies: CliDependencies,
): Promise<number> {
  let opened: { readonly database: Database; readonly close: () => Promise<void> } | undefined;
  const unmigratedDatabase = async () => (opened ??= await dependencies.open()).database;
  let migrated: Promise<unknown> | undefined;
  const database = async () => {
    const found = await unmigratedDatabase();
    await (migrated ??= migrate(found));
    return found;
  };
  try {
    await command.run(args, { ...dependencies, database, unmigratedDatabase });
    return exitCodes.success;
  } catch (error) {
    return tellFailure(error, command, dependencies);
  } finally {
    await opened?.close();
  }
}

function tellFailure(error: unknown, command: Command, dependencies: CliDependencies): number {
  const { printError, signal } = dependencies;
  if (signal.aborted) {
    printError('\nCancelled; what was under way left the data as they were.');
    return exitCodes.cancelled;
  }
  const message = error instanceof Error ? error.message : String(error);
  printError(`\n${message}`);
  if (error instanceof UsageError) {
    printError(`\n${helpOf(command)}`);
    return exitCodes.usage;
  }
  if (error instanceof ImportFailure) {
    printError(`See: catchment reports show ${error.report.importId}`);
  } else if (!(error instanceof AppError) && error instanceof Error) {
    printError(error.stack ?? '');
  }
  return exitCodes.failure;
}

function isHelpAsked(command: Command, args: readonly string[]): boolean {
  // Each kind of import has a help of its own.
  const own = command === importCommand && args[0] !== undefined && !args[0].startsWith('-');
  return !own && (args.includes('--help') || args.includes('-h'));
}

function printHelp(name: string | undefined, { print, printError }: CliDependencies): number {
  const lines = commands.map((command) => `  ${command.name.padEnd(10)} ${command.describe}`);
  const help = ['catchment COMMAND', '', ...lines, '', 'catchment COMMAND --help says more.'];
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    print(help.join('\n'));
    return exitCodes.success;
  }
  printError([`There is no command ${name}.`, '', ...help].join('\n'));
  return exitCodes.usage;
}

function helpOf({ name, usage, describe, details }: Command): string {
  const lines = [`catchment ${name} ${usage}`.trimEnd(), '', describe];
  return details ? [...lines, '', details()].join('\n') : lines.join('\n');
}

/** A signal that Ctrl-C or SIGTERM aborts; a second Ctrl-C ends the process at once. */
function cancelOnCtrlC(outer: AbortSignal | undefined) {
  if (outer) return { signal: outer, stop: () => undefined };
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(exitCodes.cancelled);
    controller.abort(new Error('Cancelled.'));
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  const stop = () => process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  return { signal: controller.signal, stop };
}

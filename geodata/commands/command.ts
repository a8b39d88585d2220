import type { Database } from '../../server/db/database.js';
import type { ProgressListener } from '../progress.js';
import type { RemoteFiles } from '../remote/remote-files.js';

/** What a command works with. */
export type CommandContext = {
  /** Opens the project's database, migrated; closed by the command line at the end. */
  readonly database: () => Promise<Database>;
  /** As `database`, but as it is: for a look at what is wrong with it. */
  readonly unmigratedDatabase: () => Promise<Database>;
  /** Fetches files from https addresses into a folder; into the data folder where none is given. */
  readonly remoteFiles: (folder?: string) => RemoteFiles;
  readonly print: (text: string) => void;
  readonly onProgress: ProgressListener;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
};

/** A command of the command line; listed in cli.ts. */
export type Command = {
  readonly name: string;
  /** Arguments as shown in the help, for example `KIND FILE [options]`. */
  readonly usage: string;
  readonly describe: string;
  /** Further help, below usage and description. */
  readonly details?: () => string;
  run(args: readonly string[], context: CommandContext): Promise<void>;
};

/** A mistake in how a command was called; shown with the usage. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

import type { Database } from '../../server/db/database.js';
import type { Health } from './running-server.js';

/** What checks look at; each thing is opened once. */
export type Patient = {
  readonly settings: {
    readonly host: string;
    readonly port: number;
    readonly dataFolder: string;
    /** Undefined for the embedded database. */
    readonly databaseUrl: string | undefined;
    /** Undefined for the embedded Cube. */
    readonly cubeApiUrl: string | undefined;
  };
  /** The project's database as it is, not migrated; rejects where it cannot be opened. */
  readonly database: () => Promise<Database>;
  /** What answers at the configured address: a server of ours, another program, or nobody. */
  readonly server: () => Promise<Health | 'other' | undefined>;
};

export type Level = 'ok' | 'warn' | 'fail' | 'skip';

/** What a check found: a sentence, and what to do where something is to be done. */
export type Finding = {
  readonly level: Level;
  readonly says: string;
  /** A command to run, or a step in plain words. */
  readonly todo?: string;
  /** Does it; answers a sentence. Only for what can do no harm. */
  readonly fix?: () => Promise<string>;
};

/** One thing that can be missing, slow or inconsistent. Listed in checks.ts. */
export type Check = {
  readonly name: string;
  /** `schema`: the database, migrated to this version. */
  readonly needs: 'nothing' | 'database' | 'schema';
  examine(patient: Patient): Promise<Finding>;
};

export const ok = (says: string): Finding => ({ level: 'ok', says });

type Remedy = Pick<Finding, 'todo' | 'fix'>;

export const warn = (says: string, remedy: Remedy = {}): Finding => ({
  level: 'warn',
  says,
  ...remedy,
});

export const fail = (says: string, remedy: Remedy = {}): Finding => ({
  level: 'fail',
  says,
  ...remedy,
});

/** A number with the right form of its noun: `1 region`, `2,000 regions`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`;
}

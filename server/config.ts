import path from 'node:path';
import { z } from 'zod';

const environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(4800),
  CATCHMENT_DATA: z.string().default('.catchment'),
  DATABASE_URL: z.string().optional(),
  CUBE_API_URL: z.url().optional(),
  CUBEJS_API_SECRET: z.string().min(16).optional(),
  PUBLIC_URL: z.url().optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('error'),
  CATCHMENT_DEMO: z.enum(['auto', 'never']).default('auto'),
  CATCHMENT_REMOTE_HOSTS: z.string().default(''),
  CATCHMENT_UPLOAD_MAX_BYTES: z.coerce.number().int().positive().default(2_147_483_648),
  CATCHMENT_REMOTE_MAX_BYTES: z.coerce.number().int().positive().default(8_000_000_000),
});

export type Config = {
  readonly host: string;
  readonly port: number;
  /** Absolute path of the data folder: embedded database, secrets, import reports. */
  readonly dataFolder: string;
  /** Connection string of an external PostgreSQL + PostGIS; undefined means the embedded database. */
  readonly databaseUrl: string | undefined;
  /** Address of an external Cube, for example http://cube:4000/cubejs-api; undefined means the embedded one. */
  readonly cubeApiUrl: string | undefined;
  /** Secret shared with an external Cube; undefined means one kept in the data folder. */
  readonly cubeApiSecret: string | undefined;
  /** Address under which people reach the app, where it is not http://HOST:PORT. */
  readonly publicUrl: string | undefined;
  readonly logLevel: string;
  /** 'auto' loads the demo region into an empty project at first start, 'never' does not. */
  readonly demo: 'auto' | 'never';
  /** Most bytes of a file that is sent from the screen. */
  readonly uploadMaxBytes: number;
  readonly remote: {
    /** Hosts that files are taken from beside those of the catalogue, with the port where it is not 443. */
    readonly hosts: readonly string[];
    /** Most bytes of one file. */
    readonly maxBytes: number;
  };
};

/** Configuration from environment variables; throws an Error that names the variable at fault. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(
      `Configuration: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`,
    );
  }
  const value = parsed.data;
  return {
    host: value.HOST,
    port: value.PORT,
    dataFolder: path.resolve(value.CATCHMENT_DATA),
    databaseUrl: value.DATABASE_URL,
    cubeApiUrl: value.CUBE_API_URL,
    cubeApiSecret: value.CUBEJS_API_SECRET,
    publicUrl: value.PUBLIC_URL,
    logLevel: value.LOG_LEVEL,
    demo: value.CATCHMENT_DEMO,
    uploadMaxBytes: value.CATCHMENT_UPLOAD_MAX_BYTES,
    remote: {
      hosts: value.CATCHMENT_REMOTE_HOSTS.toLowerCase()
        .split(/[\s,]+/)
        .filter(Boolean),
      maxBytes: value.CATCHMENT_REMOTE_MAX_BYTES,
    },
  };
}

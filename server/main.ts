import type { AddressInfo } from 'node:net';
import { loadDemoApart } from '../geodata/demo/load-demo-apart.js';
import { buildWaitingIndexes } from '../geodata/loaders/indexes-after.js';
import { importTasksApart } from '../geodata/tasks/import-tasks-apart.js';
import { readConfig, type Config } from './config.js';
import { ConsoleProgress } from './console-progress.js';
import type { ComponentState, Progress } from './contract/status.js';
import { embeddedConnection } from './db/embedded/embedded-engine.js';
import { migrate } from './db/migrate.js';
import { startDatabase, type OpenDatabase } from './db/open.js';
import { awaitsDemo } from './db/project-state.js';
import { readSecrets } from './secrets.js';
import { explainStartProblem } from './start-problem.js';
import { StatusBoard } from './status/status-board.js';
import type { ChildState } from './supervisor/child.js';

/** Things to stop, the last started first. */
type Stoppable = () => Promise<unknown>;

/** Starts everything, prints the address, and stops everything on Ctrl-C or SIGTERM. */
export async function main(): Promise<void> {
  const started: Stoppable[] = [];
  const abort = new AbortController();
  const stop = async (code: number) => {
    abort.abort();
    for (const one of started.reverse()) await one().catch(reportProblem);
    process.exit(code);
  };
  handleSignals(stop);
  let config: Config | undefined;
  try {
    config = readConfig();
    await start(config, started, abort.signal);
  } catch (error) {
    if (abort.signal.aborted) return;
    console.error(explainStartProblem(error, config));
    await stop(1);
  }
}

async function start(config: Config, started: Stoppable[], signal: AbortSignal): Promise<void> {
  const status = new StatusBoard();
  const stored = readSecrets(config.dataFolder);
  const opening = startDatabase(config, (state) => {
    tell('The database', status.component('database'), state);
    status.setComponent('database', componentState(state));
  });
  const { database, connection, opened } = opening;
  started.push(opening.close);
  // The database opens in its own process meanwhile; nothing below asks it before it is awaited.
  const { createApp, createColumnStores, keepSaleCells, startCube } = await loadServer();

  // The embedded engine does one thing at a time: who reads everything waits until the demo is written.
  let markFilled: () => void = () => undefined;
  const filled = new Promise<void>((resolve) => (markFilled = resolve));
  const cube = await startCube({
    config,
    connection,
    secret: config.cubeApiSecret ?? stored.cubeSecret,
    after: filled,
    onState: (state) => {
      tell('Cube', status.component('cube'), state);
      status.setComponent('cube', componentState(state));
    },
  });
  const saleCells = keepSaleCells(database, { after: filled, onProblem: reportProblem });
  const stores = createColumnStores(database, {
    after: filled,
    onState: (state) => status.setComponent('tiles', state),
  });

  const app = await createApp({
    config,
    database,
    stores,
    cube: cube.endpoint,
    status,
    importTasks: importTasksApart({
      connection: 'url' in connection ? connection.url : embeddedConnection(connection),
      engine: database.engine,
    }),
    secrets: { authSecret: stored.authSecret },
  });
  await app.ready();

  await opened;
  // Where the start fails below, nobody may go on waiting; stopping goes from the last to the first.
  const release = async () => markFilled();
  started.push(
    cube.stop,
    saleCells.stop,
    () => stores.stop(),
    release,
    () => app.close(),
  );
  status.setComponent('database', 'ready');
  await migrate(database);
  await app.listen({ host: config.host, port: config.port });
  const address = config.publicUrl ?? addressOf(app.server.address());

  await loadDemoAtFirstStart(config, opening, { status, signal, address }).finally(markFilled);
  // Left by an import that was ended between its data and its index of names.
  buildWaitingIndexes(database).catch(reportProblem);
  await stores.ready;
  await cube.ready.catch(reportProblem);
  if (!signal.aborted) console.log(`Catchment is ready: ${address}`);
}

/** Loads what serves requests, which is most of the program. */
async function loadServer() {
  const [app, columnStores, saleCells, cube] = await Promise.all([
    import('./app.js'),
    import('./column-store/column-stores.js'),
    import('./modules/cube/sale-cells.js'),
    import('./modules/cube/start-cube.js'),
  ]);
  return { ...app, ...columnStores, ...saleCells, ...cube };
}

type FirstStart = {
  readonly status: StatusBoard;
  readonly signal: AbortSignal;
  readonly address: string;
};

async function loadDemoAtFirstStart(
  config: Config,
  { database, connection }: OpenDatabase,
  { status, signal, address }: FirstStart,
): Promise<void> {
  if (config.demo === 'never' || !(await awaitsDemo(database))) return;
  console.log(`First start: loading the demo region. ${address} shows how far it is.`);
  const { demoUserId } = await import('./auth/users.repository.js');
  const line = new ConsoleProgress();
  const onProgress = (progress: Progress) => {
    status.setProgress(progress);
    line.show(progress);
  };
  const job = {
    connection: 'url' in connection ? connection.url : embeddedConnection(connection),
    engine: database.engine,
    options: { owners: [demoUserId('prospector'), demoUserId('manager')] },
  };
  await loadDemoApart(job, onProgress, signal);
  line.done();
  status.setProgress(undefined);
}

function handleSignals(stop: (code: number) => Promise<void>): void {
  let asked = false;
  const onSignal = () => {
    if (asked) process.exit(1);
    asked = true;
    console.log('\nStopping…');
    void stop(0);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}

function tell(name: string, before: ComponentState, now: ChildState): void {
  if (now === 'restarting') console.error(`${name} ended and is being restarted.`);
  if (now === 'ready' && before === 'restarting') console.log(`${name} runs again.`);
}

function componentState(state: ChildState): ComponentState {
  return state === 'stopped' ? 'failed' : state;
}

function addressOf(bound: AddressInfo | string | null): string {
  if (bound === null || typeof bound === 'string') return bound ?? '';
  const host = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
  return `http://${host}:${bound.port}`;
}

function reportProblem(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
}

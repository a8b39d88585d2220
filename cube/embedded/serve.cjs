/**
 * Serves Cube on 127.0.0.1 from the packages alone.
 *
 * Environment: CATCHMENT_CUBE_PORT, CUBEJS_API_SECRET, CATCHMENT_CUBE_ENGINE (`postgres` or `embedded`) and
 * CATCHMENT_CUBE_DATABASE_URL, or CUBEJS_DB_HOST, _PORT, _NAME, _USER, _PASS. GET /healthz says that the process
 * runs, whatever the database does: one that is busy is no reason to start Cube again. Ends when the process that
 * started it does.
 */
const http = require('node:http');
const path = require('node:path');

const modelFolder = path.join(__dirname, '..');
process.chdir(modelFolder);
Object.assign(process.env, {
  NODE_ENV: 'production',
  CUBEJS_DB_TYPE: 'postgres',
  CUBEJS_DEV_MODE: 'false',
  CUBEJS_TELEMETRY: 'false',
  CUBEJS_CACHE_AND_QUEUE_DRIVER: 'memory',
  CUBEJS_EXTERNAL_DEFAULT: 'false',
  CUBEJS_REFRESH_WORKER: 'true',
  CUBEJS_PRE_AGGREGATIONS_BUILDER: 'true',
  CUBEJS_TESSERACT_SQL_PLANNER: 'false',
  CUBEJS_TRANSPILATION_NATIVE: 'false',
  // Log lines are written without queries or values (log.cjs): copying every message to black them out is for nothing.
  CUBEJS_LOG_REDACTION: 'false',
  // Seconds that a replaced rollup stays for queries that still read it; a day would fill the disk with edits.
  CUBEJS_TOUCH_PRE_AGG_TIMEOUT: '600',
  CUBEJS_TOUCH_PRE_AGG_CACHE_MAX_AGE: '60',
});

// Says at every start that the planner chosen above is the old one.
require('@cubejs-backend/shared/dist/src/cli').displayCLIWarningOnce = () => undefined;

const native = require('@cubejs-backend/native');
const { installNativeStandIn } = require('./native-stand-in.cjs');
installNativeStandIn(native);

const express = require('express');
const { CubejsServerCore } = require('@cubejs-backend/server-core');
const { CompilerApi } = require('@cubejs-backend/server-core/dist/src/core/CompilerApi');
const {
  LocalCacheDriver,
} = require('@cubejs-backend/query-orchestrator/dist/src/orchestrator/LocalCacheDriver');
const configuration = require('../cube.js');
const { boundCache } = require('./bounded-cache.cjs');
const { tokenCheck } = require('./check-token.cjs');
const { createDriver } = require('./database-driver.cjs');
const { log } = require('./log.cjs');
const { rememberSql } = require('./sql-templates.cjs');

const port = Number(process.env.CATCHMENT_CUBE_PORT);
const engine = process.env.CATCHMENT_CUBE_ENGINE === 'embedded' ? 'embedded' : 'postgres';
const databaseUrl = process.env.CATCHMENT_CUBE_DATABASE_URL;

async function serve() {
  rememberSql(CompilerApi);
  boundCache(LocalCacheDriver);
  const cube = createCube();
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.get('/healthz', (_request, response) => response.json({ status: 'ok' }));
  await cube.initApp(app);
  await compileModel(cube);
  leaveOutStacks();
  const server = http.createServer(app);
  server.listen(port, '127.0.0.1');
  server.on('error', fail);
  endWithParent(async () => {
    server.close();
    server.closeAllConnections();
    await cube.beforeShutdown();
    await cube.shutdown();
  });
}

function createCube() {
  return new CubejsServerCore({
    ...configuration,
    apiSecret: process.env.CUBEJS_API_SECRET,
    checkAuth: tokenCheck(process.env.CUBEJS_API_SECRET),
    schemaPath: 'model',
    driverFactory: () => createDriver(engine, databaseUrl),
    logger: log,
    devServer: false,
    orchestratorOptions: { continueWaitTimeout: 5 },
  });
}

/** Seconds of work that the first query would wait for otherwise. Throws where the model has a mistake. */
async function compileModel(cube) {
  const compiler = await cube.getCompilerApi({ securityContext: {}, requestId: 'start' });
  await compiler.getCompilers();
}

/**
 * Cube makes an error for every query in case it takes too long, with a stack that is looked up in source maps. What
 * is logged shows no stacks.
 */
function leaveOutStacks() {
  Error.stackTraceLimit = 0;
}

function endWithParent(close) {
  let isEnding = false;
  const end = () => {
    if (isEnding) return;
    isEnding = true;
    setTimeout(() => process.exit(0), 3_000).unref();
    close().then(
      () => process.exit(0),
      () => process.exit(0),
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  process.on('disconnect', end);
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, 1_000).unref();
}

function fail(error) {
  log('Cube could not start', { error });
  process.exit(1);
}

process.on('unhandledRejection', (error) => log('Unhandled rejection', { error }));
serve().catch(fail);

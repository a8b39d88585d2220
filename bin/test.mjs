import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findChromium } from './lib/chromium.mjs';
import { startPrivatePostgres } from './lib/postgres.mjs';
import { ensureBuilt, ensureInstalled, fail, requireNode, root } from './lib/prepare.mjs';

/**
 * Database tests that take long on the embedded engine: there they are a kind of their own, `db-embedded-long`,
 * so that `npm test` stays short. On PostgreSQL they run with all others.
 */
const longOnEmbedded = [
  'tests/db/geodata/add',
  'tests/db/geodata/backup',
  'tests/db/geodata/demo/load-demo',
  'tests/db/geodata/doctor',
  'tests/db/geodata/geocode-command',
  'tests/db/geodata/housing',
  'tests/db/geodata/register-imports',
  'tests/db/geodata/roads',
  'tests/db/geodata/source-formats',
  'tests/db/geodata/zones',
  'tests/db/tiles/changes',
];

/** Kinds of test that `npm test` runs, in order; `npm test -- real` names others. */
const everyday = ['unit', 'api', 'db', 'db-embedded', 'cube', 'browser', 'e2e'];
const needsPostgres = new Set(['api', 'db', 'cube', 'real', 'faults']);
const needsChromium = new Set(['browser', 'e2e', 'real']);

requireNode();
ensureInstalled();

/** `--full` runs the faults as often as the goals say; without it a sample that fits a working day. */
const isFull = process.argv.includes('--full');
const asked = process.argv.slice(2).filter((word) => word !== '--full');
const kinds = asked.length > 0 ? asked : everyday;
const scratch = mkdtempSync(path.join(os.tmpdir(), 'catchment-tests-'));
const postgres = kinds.some((kind) => needsPostgres.has(kind))
  ? await startPrivatePostgres()
  : undefined;
const chromium = kinds.some((kind) => needsChromium.has(kind)) ? findChromium() : undefined;
const total = { passed: 0, failed: 0, skipped: 0 };
const left = [];

try {
  if (kinds.includes('e2e') || kinds.includes('real')) ensureBuilt();
  for (const kind of kinds) runKind(kind);
} finally {
  postgres?.stop();
  rmSync(scratch, { recursive: true, force: true });
}
report();

function runKind(kind) {
  if (needsPostgres.has(kind) && !postgres) return leave(kind, 'PostgreSQL with PostGIS');
  if (needsChromium.has(kind) && !chromium) return leave(kind, 'Chromium');
  console.log(`\n── ${kind} ──`);
  const output = path.join(scratch, `${kind}.json`);
  const result = spawnSync(
    process.execPath,
    [
      path.join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      ...testsOf(kind),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${output}`,
    ],
    {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        ...(postgres ? { TEST_POSTGRES_URL: postgres.url } : {}),
        ...(chromium ? { CHROMIUM_PATH: chromium } : {}),
        ...(isFull ? { CATCHMENT_FAULTS: 'full' } : {}),
        CATCHMENT_TEST_ENGINE: kind.startsWith('db-embedded') ? 'embedded' : 'postgres',
      },
    },
  );
  count(output, result.status);
}

function testsOf(kind) {
  if (kind === 'db-embedded-long') return ['--project', 'db', ...longOnEmbedded];
  if (kind !== 'db-embedded') return ['--project', kind];
  return ['--project', 'db', ...longOnEmbedded.map((tests) => `--exclude=${tests}{/**,.test.ts}`)];
}

function count(output, status) {
  let results;
  try {
    results = JSON.parse(readFileSync(output, 'utf8'));
  } catch {
    total.failed += 1;
    return;
  }
  total.passed += results.numPassedTests;
  total.skipped += results.numPendingTests;
  total.failed += results.numFailedTests;
  // A file that cannot be loaded fails the run without failing any test.
  if (status !== 0 && results.numFailedTests === 0) total.failed += 1;
}

function leave(kind, missing) {
  console.error(`\n!! The ${kind} tests are SKIPPED: ${missing} is not to be had on this machine.`);
  left.push(kind);
}

function report() {
  if (left.length > 0) console.error(`\n!! Skipped kinds of test: ${left.join(', ')}`);
  if (left.length > 0 && process.env.CI === 'true') total.failed += left.length;
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
  if (total.failed > 0 || total.passed + total.skipped === 0) fail('The tests failed.');
}

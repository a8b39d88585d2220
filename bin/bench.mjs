import { readdirSync } from 'node:fs';
import path from 'node:path';
import { startPrivatePostgres } from './lib/postgres.mjs';
import { ensureInstalled, fail, requireNode, root } from './lib/prepare.mjs';

requireNode();
ensureInstalled();
const { register } = await import('tsx/esm/api');
register();

const folder = path.join(root, 'tests/bench');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.replace('.bench.ts', ''));
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !names.includes(name));
if (unknown.length > 0)
  fail(`No such benchmark: ${unknown.join(', ')}. There are: ${names.join(', ')}.`);

const postgres = await startPrivatePostgres();
if (!postgres)
  fail('The benchmarks need PostgreSQL with PostGIS (Debian: postgresql-15-postgis-3).');
process.env.TEST_POSTGRES_URL = postgres.url;
process.env.CATCHMENT_TEST_ENGINE = 'postgres';
try {
  for (const name of asked.length > 0 ? asked : names) {
    console.log(`\n## ${name}\n`);
    const { run } = await import(path.join(folder, `${name}.bench.ts`));
    await run();
  }
  const { reportTable } = await import(path.join(folder, 'report.ts'));
  console.log(`\n${reportTable()}`);
} finally {
  postgres.stop();
}

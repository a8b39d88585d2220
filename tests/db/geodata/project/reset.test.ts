import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../../../geodata/cli.js';
import { awaitsDemo } from '../../../../server/db/project-state.js';
import { testDatabase, type TestDatabase } from '../../../support/database.js';

let test: TestDatabase;

beforeAll(async () => {
  test = await testDatabase();
  for (const statement of [
    `INSERT INTO app.settings (name, value) VALUES ('project', '{"name": "Isle", "isDemo": true}')`,
    `INSERT INTO app.users (id, name, email, role, is_demo) VALUES
       ('ada', 'Ada', 'ada@example.org', 'administrator', false),
       ('demo-planner', 'Pim', 'planner@demo.example', 'planner', true)`,
    `INSERT INTO app.sessions (id, user_id, token, expires_at) VALUES
       ('1', 'ada', 'a', now() + interval '1 day'), ('2', 'demo-planner', 'b', now() + interval '1 day')`,
    `INSERT INTO geo.region_levels (level, name, plural_name) VALUES (1, 'District', 'Districts'), (2, 'Town', 'Towns')`,
    `INSERT INTO geo.regions (level, code, name, parent_id)
       SELECT 1, 'd', 'D', region_id FROM geo.regions WHERE level = 0`,
    `INSERT INTO geo.regions (level, code, name, parent_id)
       SELECT 2, 't', 'T', region_id FROM geo.regions WHERE level = 1`,
    `INSERT INTO crm.accounts (external_id, name, region_id)
       SELECT 'a1', 'Alma', region_id FROM geo.regions WHERE level = 2`,
    `INSERT INTO crm.sales (external_id, account_id, ordered_at) SELECT 's1', account_id, now() FROM crm.accounts`,
    `INSERT INTO crm.sale_lines (sale_id, line_number, revenue) SELECT sale_id, 1, 5 FROM crm.sales`,
    `INSERT INTO app.imports (importer, source_name, status) VALUES ('accounts', 'a.csv', 'succeeded')`,
    `INSERT INTO app.account_changes (account_id, user_name, kind, before, after)
       VALUES (1, 'Ada', 'edit', '{"name": "Al"}', '{"name": "Alma"}')`,
    `INSERT INTO app.selections (owner_id, definition, membership)
       VALUES ('ada', '{"kind": "accounts", "ids": [1]}', '{"accounts": [1]}')`,
  ]) {
    await test.database.rows(statement);
  }
});

afterAll(() => test.close());

async function reset(...args: string[]) {
  const out: string[] = [];
  const errors: string[] = [];
  const code = await runCli(['reset', ...args], {
    open: async () => ({ database: test.database, close: async () => undefined }),
    print: (text) => out.push(text),
    printError: (text) => errors.push(text),
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
  return { code, out: out.join('\n'), errors: errors.join('\n') };
}

const count = async (sql: string) =>
  (await test.database.row<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`))!.n;

describe('reset', () => {
  it('says what would go, and does nothing without --yes', async () => {
    const { code, errors } = await reset();
    expect(code).toBe(2);
    expect(errors).toMatch(/“Isle”: 2 regions, .*1 accounts, 1 sales, 1 imports/);
    expect(await count('crm.sale_lines')).toBe(1);
  });

  it('refuses while an import runs', async () => {
    await test.database.rows(
      `INSERT INTO app.imports (importer, source_name) VALUES ('osm', 'b.pbf')`,
    );
    const { code, errors } = await reset('--yes');
    expect(code).toBe(1);
    expect(errors).toMatch(/An import is running/);
    expect(await count('crm.accounts')).toBe(1);
    await test.database.rows(`UPDATE app.imports SET status = 'failed' WHERE importer = 'osm'`);
  });

  it('empties the project, makes the indexes of a cut-off demo again, and keeps the users', async () => {
    await test.database.rows(
      `INSERT INTO app.settings (name, value)
       SELECT 'demo_loading', jsonb_build_array(
         jsonb_build_object('name', 'geo.roads_geom_idx', 'definition', pg_get_indexdef('geo.roads_geom_idx'::regclass)),
         jsonb_build_object('name', conname, 'table', 'crm.sales', 'definition', pg_get_constraintdef(oid)))
       FROM pg_constraint WHERE conname = 'sales_account_id_fkey'`,
    );
    await test.database.rows('DROP INDEX geo.roads_geom_idx');
    await test.database.rows('ALTER TABLE crm.sales DROP CONSTRAINT sales_account_id_fkey');
    expect((await reset('--yes')).code).toBe(0);
    for (const table of [
      'crm.accounts',
      'crm.sales',
      'crm.sale_lines',
      'app.imports',
      'app.account_changes',
      'app.selections',
    ]) {
      expect(await count(table), table).toBe(0);
    }
    expect(await count('geo.regions')).toBe(1);
    expect(await count('geo.region_members WHERE level > 0')).toBe(0);
    expect(await count(`pg_indexes WHERE indexname = 'roads_geom_idx'`)).toBe(1);
    expect(await count(`pg_constraint WHERE conname = 'sales_account_id_fkey'`)).toBe(1);
    expect(await count('app.users')).toBe(2);
    expect(await test.database.rows('SELECT user_id FROM app.sessions')).toEqual([
      { user_id: 'ada' },
    ]);
  });

  it('leaves a project of one’s own, into which the demo is not loaded again', async () => {
    expect(await awaitsDemo(test.database)).toBe(false);
    const project = await test.database.row<{ value: unknown }>(
      `SELECT value FROM app.settings WHERE name = 'project'`,
    );
    expect(project!.value).toEqual({ name: 'My project', isDemo: false });
  });
});

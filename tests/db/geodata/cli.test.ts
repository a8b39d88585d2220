import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../../geodata/cli.js';
import { createStagingTable } from '../../../geodata/loaders/bulk-loader.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { stagingTables, TestFiles } from './import-files.js';

let test: TestDatabase;
const files = new TestFiles();

beforeAll(async () => {
  test = await testDatabase();
});

afterAll(async () => {
  files.remove();
  await test.close();
});

async function cli(args: readonly string[], signal = new AbortController().signal) {
  const out: string[] = [];
  const errors: string[] = [];
  const code = await runCli(args, {
    open: async () => ({ database: test.database, close: async () => undefined }),
    print: (text) => out.push(text),
    printError: (text) => errors.push(text),
    onProgress: () => undefined,
    signal,
  });
  return { code, out: out.join('\n'), errors: errors.join('\n') };
}

const recipe = `
name: Test land
currency: EUR
bounds: [3, 50, 8, 54]
levels: [{ level: 1, name: Province, plural: Provinces }]
sources:
  - import: regions
    file: \${DATA}/part-*.csv
    level: Province
    code: code
    name: name
  - import: accounts
    file: accounts.csv
    map: { columns: { external_id: id, name: name } }
`;

describe('the command line', () => {
  it('imports a file with options of its kind', async () => {
    const file = files.write('leads.csv', 'id,name\nL1,Lea\n,x\n');
    const { code, out } = await cli(['import', 'leads', file, '--separator', ',']);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^leads leads.csv: 2 read, 1 inserted, 1 rejected \(catchment reports show \d+\)\n {2}leads.csv: CSV, utf-8, separator ,$/,
    );
    const inspected = await cli(['inspect', file, '--rows', '1']);
    expect(inspected.code).toBe(0);
    expect(inspected.out.split('\n')).toEqual([
      `${file}: CSV, utf-8, separator ,`,
      '',
      'Columns:',
      '  id    text                      L1',
      '  name  text                      Lea',
      '',
      'First rows:',
      '  2: L1 | Lea',
      '',
      'Fits: catchment import accounts',
      '  external_id = id',
      '  name = name',
    ]);
    const id = /show (\d+)/.exec(out)?.[1] ?? '';
    expect((await cli(['reports', 'show', id])).out).toMatch(
      /rejected: line 3, external_id:\s+is empty/,
    );
    expect((await cli(['reports', 'list'])).out).toMatch(/succeeded {2}leads leads.csv: 2 read/);
  });

  it('loads a recipe with a step for each file of a pattern, and its settings', async () => {
    files.write('part-a.csv', 'code,name\nA,Aa\n');
    files.write('part-b.csv', 'code,name\nB,Bb\n');
    files.write('accounts.csv', 'id,name\n1,Ann\n');
    const file = files.write('recipe.yaml', recipe);
    const { code, out } = await cli(['import', file, '--data', files.folder]);
    expect({ code, lines: out.split('\n') }).toEqual({
      code: 0,
      lines: [
        'regions part-a.csv: 1 read, 1 inserted',
        '  part-a.csv: CSV, utf-8, separator ,',
        'regions part-b.csv: 1 read, 1 inserted',
        '  part-b.csv: CSV, utf-8, separator ,',
        'accounts accounts.csv: 1 read, 1 inserted',
        '  accounts.csv: CSV, utf-8, separator ,',
        'Test land: 3 imports.',
      ],
    });
    expect(
      await test.database.row(`SELECT value FROM app.settings WHERE name = 'project'`),
    ).toEqual({
      value: { name: 'Test land', currency: 'EUR', bounds: [3, 50, 8, 54], isDemo: false },
    });
  });

  it('finds what is wrong with a recipe before anything is loaded', async () => {
    const count = () => test.database.row('SELECT count(*) FROM app.imports');
    const before = await count();
    const broken = files.write('broken.yaml', recipe.replace('accounts.csv', 'absent.csv'));
    expect(await cli(['import', broken, '--data', files.folder])).toMatchObject({
      code: 1,
      errors: expect.stringContaining('There is no file'),
    });
    const option = files.write('option.yaml', recipe.replace('code: code', 'colour: red'));
    expect((await cli(['import', option, '--data', files.folder])).errors).toMatch(
      /import regions/,
    );
    expect(await count()).toEqual(before);
  });

  it('answers 2 and the usage to a wrong call', async () => {
    expect(await cli(['conquer'])).toMatchObject({ code: 2 });
    expect(await cli(['import', 'leads'])).toMatchObject({ code: 2 });
    const unknown = await cli(['import', 'leads', 'x.csv', '--colour', 'red']);
    expect(unknown).toMatchObject({ code: 2, errors: expect.stringContaining('--colour') });
  });

  it('answers 130 when it is cancelled', async () => {
    const controller = new AbortController();
    controller.abort(new Error('Ctrl-C'));
    const file = files.write('leads.csv', 'id,name\nL9,Late\n');
    expect(await cli(['import', 'leads', file], controller.signal)).toMatchObject({ code: 130 });
    const late = await test.database.row(`SELECT 1 FROM crm.accounts WHERE external_id = 'L9'`);
    expect(late).toBeUndefined();
  });

  it('says what each kind of import takes', async () => {
    const { code, out } = await cli(['import', 'regions', '--help']);
    expect(code).toBe(0);
    expect(out).toMatch(/--level VALUE.*\(required\)/);
    expect(out).toMatch(/--statistics NAME=VALUE +NAME=COLUMN/);
    const file = files.write('regions.csv', 'code\nA\n');
    const missing = await cli(['import', 'regions', file, '--code', 'code']);
    expect(missing).toMatchObject({ code: 1, errors: expect.stringContaining('option level') });
  });

  it('creates, lists and revokes tokens', async () => {
    const created = await cli(['token', 'create', '--role', 'manager', '--name', 'Report']);
    expect(created).toMatchObject({ code: 0, out: expect.stringMatching(/^cat_/) });
    const listed = await cli(['token', 'list']);
    const id = /^(\d+) .*manager {2}Report/m.exec(listed.out)?.[1] ?? '';
    expect((await cli(['token', 'revoke', id])).out).toBe(`Token ${id} is revoked.`);
    expect(await cli(['token', 'revoke', id])).toMatchObject({ code: 1 });
    expect(await cli(['token', 'create', '--role', 'emperor'])).toMatchObject({ code: 2 });
  });
});

describe('an import that died', () => {
  it('is marked as failed and its staging tables are dropped when the next one starts', async () => {
    const died = await test.database.row<{ import_id: number }>(
      `INSERT INTO app.imports (importer, source_name, started_at)
       VALUES ('accounts', 'x.csv', now() - interval '1 hour') RETURNING import_id`,
    );
    await createStagingTable(test.database.pool, died?.import_id ?? 0, 'accounts', {
      line: 'bigint',
    });
    await cli(['import', 'leads', files.write('leads.csv', 'id,name\nL1,Lea\n')]);
    expect(await stagingTables(test.database)).toEqual([]);
    expect(
      await test.database.row('SELECT status FROM app.imports WHERE import_id = $1', [
        died?.import_id,
      ]),
    ).toEqual({ status: 'failed' });
  });
});

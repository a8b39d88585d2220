import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../../geodata/cli.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { importFile, TestFiles } from './import-files.js';

let test: TestDatabase;
const files = new TestFiles();

beforeAll(async () => {
  test = await testDatabase();
  const register = [
    'straat,huisnummer,huisletter,plz,woonplaats,lengtegraad,breedtegraad',
    'Molenweg,5,a,1235 AA,Zuiddorp,4.12,52.12',
  ].join('\n');
  await importFile(test.database, 'addresses', files.write('register.csv', register), {
    source: 'Register',
  });
});

afterAll(async () => {
  files.remove();
  await test.close();
});

async function run(...args: string[]): Promise<{ code: number; text: string }> {
  const lines: string[] = [];
  const code = await runCli(['geocode', ...args], {
    open: async () => ({ database: test.database, close: async () => undefined }),
    print: (text) => lines.push(text),
    printError: (text) => lines.push(text),
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
  return { code, text: lines.join('\n') };
}

describe('catchment geocode', () => {
  it('prints the answers to a text', async () => {
    expect(await run('molenweg 5a zuiddorp')).toEqual({
      code: 0,
      text: 'Molenweg 5a, 1235 AA Zuiddorp  4.120000,52.120000  roof, confidence 1.00',
    });
    expect((await run('rue inconnue 1, Atlantis')).text).toBe('Nothing found.');
  });

  it('writes a file with what was found, and no formula', async () => {
    const source = files.write('in.csv', 'id,address\n1,"Molenweg 5a, Zuiddorp"\n2,=1+1\n');
    const out = path.join(files.folder, 'out.csv');
    expect(await run(source, '--column', 'address', '--out', out)).toMatchObject({ code: 0 });
    const [header, first, second] = readFileSync(out, 'utf8').split('\r\n');
    expect(header).toContain('id,address,geocode_label,geocode_lon,geocode_lat,geocode_precision');
    expect(first).toContain('4.12,52.12,roof,1,false,Register');
    expect(second).toBe(`2,'=1+1,,,,,,,,`);
  });

  it('says what is wrong with how it was called', async () => {
    const source = files.write('in2.csv', 'id,address\n1,x\n');
    expect((await run()).code).toBe(2);
    expect((await run(source)).code).toBe(2);
    const missing = await run(
      source,
      '--column',
      'adres',
      '--out',
      path.join(files.folder, 'o.csv'),
    );
    expect(missing.code).toBe(1);
    expect(missing.text).toContain('has no column adres; it has id, address');
  });
});

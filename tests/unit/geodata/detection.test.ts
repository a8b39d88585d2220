import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detectEncoding } from '../../../geodata/detect/encoding.js';
import { detectLayout } from '../../../geodata/detect/layout.js';
import { numberFormatOf } from '../../../geodata/detect/number-format.js';
import { dateFormatOf } from '../../../geodata/detect/date-format.js';
import { inspectSource } from '../../../geodata/inspect-source.js';
import { openSource } from '../../../geodata/readers/open-source.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'catchment-detection-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function written(text: string, encoding = 'utf8', options = {}): Promise<string> {
  const file = path.join(folder, 'sample.csv');
  await writeFile(file, iconv.encode(text, encoding, options));
  return file;
}

describe('detectEncoding', () => {
  it.each([
    ['windows-1252', 'naam\nCafé José\nMüller & Söhne\nReünie ’s-Gravenhage €5\n'],
    ['cp850', 'naam\nCafé José\nMüller & Söhne\nCrème brûlée\n'],
    ['windows-1250', 'jméno\nPříliš žluťoučký kůň\nZażółć gęślą jaźń\n'],
    ['windows-1251', 'имя\nИванов Сергей\nМосква, улица Ленина\n'],
    ['shift_jis', '名前\n東京都千代田区\n大阪市北区梅田\n株式会社さくら\n'],
    ['gb18030', '名称\n北京市海淀区中关村\n上海市浦东新区\n广州市天河区\n'],
    ['utf-16le', 'naam\tplaats\nCafé\tKöln\n'],
    ['utf-16be', 'naam\tplaats\nCafé\tKöln\n'],
    ['utf-8', 'naam\nCafé José\n'],
  ])('finds %s', (name, text) => {
    expect(detectEncoding(iconv.encode(text, name)).name).toBe(name);
  });

  it('goes by a mark where there is one', () => {
    const bytes = iconv.encode('naam', 'utf-16le', { addBOM: true });
    expect(detectEncoding(bytes)).toEqual({ name: 'utf-16le', by: 'mark' });
  });

  it('does not mind a character cut at the end of the sample', () => {
    expect(detectEncoding(Buffer.from('Café').subarray(0, 4)).name).toBe('utf-8');
  });
});

describe('a late accent', () => {
  it('in a file that began as ASCII is read in the Western set', async () => {
    const text = `id;naam\n${'1;Jan\n'.repeat(60_000)}2;José\n`;
    const source = await openSource(await written(text, 'latin1'));
    let last: unknown;
    for await (const batch of source.batches) last = batch.at(-1)?.values['naam'];
    expect(last).toBe('José');
  });
});

describe('detectLayout', () => {
  it.each([
    ['a,b\n1,2\n', { separator: ',', quote: '"', headerLine: 1 }],
    ['a;b\n1,5;2,5\n3,5;4\n', { separator: ';', quote: '"', headerLine: 1 }],
    ['"a,b,c";d\nx;y\n', { separator: ';', quote: '"', headerLine: 1 }],
    ['a\tb\n1\t2\n', { separator: '\t', quote: '"', headerLine: 1 }],
    ["'a';'b'\n'x;y';'z'\n", { separator: ';', quote: "'", headerLine: 1 }],
    [
      'Klanten 2024\n\nid;naam;plaats\n1;A;B\n2;C;D\n',
      { separator: ';', quote: '"', headerLine: 3 },
    ],
    ['Klanten;;\n;;\nid;naam;plaats\n1;A;B\n', { separator: ';', quote: '"', headerLine: 3 }],
    ['only\n1\n', { separator: ',', quote: '"', headerLine: 1 }],
  ])('of %j', (text, expected) => {
    expect(detectLayout(text)).toEqual(expected);
  });
});

describe('numberFormatOf', () => {
  it.each([
    [['1,5', '2.000'], 'comma', '.'],
    [['1.234,50', '12'], 'comma', '.'],
    [['1,234.50', '12'], 'point', ','],
    [['1 234,5'], 'comma', ' '],
    [['0,125'], 'comma', undefined],
    [['1.234', '5.678'], 'ambiguous', undefined],
    [['12', '13'], 'none', undefined],
  ])('of %j is %s', (values, decimal, thousands) => {
    expect(numberFormatOf(values)).toEqual({ decimal, thousands });
  });
});

describe('dateFormatOf', () => {
  it.each([
    [['03-04-2024', '25-12-2023'], 'dmy', 'dd-mm-yyyy'],
    [['3/4/2024', '12/25/2023'], 'mdy', 'mm/dd/yyyy'],
    [['3/4/24', '12/25/23 1:20 PM'], 'mdy', 'mm/dd/yy'],
    [['03-04-2024', '05-06-2024'], 'ambiguous', 'dd-mm-yyyy or mm-dd-yyyy'],
    [['2024-01-31T10:00:00Z'], 'ymd', 'yyyy-mm-dd'],
  ])('of %j is %s', (values, order, pattern) => {
    expect(dateFormatOf(values)).toMatchObject({ order, pattern });
  });
});

describe('inspectSource', () => {
  it('says how a file of Excel in Dutch is written', async () => {
    const text =
      'Klantnummer;Naam;Postcode;Klant sinds;Omzet\r\n' +
      '1;Café José;3431AB;25-12-2023;1.234,50\r\n2;Müller;0012CD;03-04-2024;99,95\r\n';
    const { readAs, detection, suggestion } = await inspectSource(
      await written(text, 'windows-1252'),
    );
    expect(readAs).toBe('CSV, windows-1252 (guessed), separator ;, decimal comma, dd-mm-yyyy');
    expect(detection.columns.map(({ name, type }) => [name, type])).toEqual([
      ['Klantnummer', 'integer'],
      ['Naam', 'text'],
      ['Postcode', 'text'],
      ['Klant sinds', 'date'],
      ['Omzet', 'number'],
    ]);
    expect(suggestion).toMatchObject({
      importer: 'accounts',
      columns: { external_id: 'Klantnummer', customer_since: 'Klant sinds' },
    });
  });

  it('says how tab-separated UTF-16 with American dates is written', async () => {
    const file = await written('id\tdate\n1\t12/25/2023\n', 'utf-16le', { addBOM: true });
    const { readAs } = await inspectSource(file);
    expect(readAs).toBe('CSV, utf-16le (by its mark), separator tab, mm/dd/yyyy');
  });

  it('says what is ambiguous', async () => {
    const { readAs } = await inspectSource(await written('id;on;sum\n1;03-04-2024;1.234\n'));
    expect(readAs).toBe(
      'CSV, utf-8, separator ;, decimal mark ambiguous, dd-mm-yyyy or mm-dd-yyyy, ' +
        'order of day and month ambiguous',
    );
  });

  it('lets one column settle what another leaves open', async () => {
    const source = await openSource(
      await written('id;on;paid;sum;price\n1;03-04-2024;25-04-2024;1.234;9,95\n'),
    );
    await source.close();
    expect(source.formatOf('on')).toMatchObject({ dates: 'dmy' });
    expect(source.formatOf('sum')).toMatchObject({ decimal: 'comma' });
  });
});

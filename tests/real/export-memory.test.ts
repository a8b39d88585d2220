import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportAccounts } from '../../server/modules/export/account-export.repository.js';
import type { ExportFormat } from '../../server/modules/export/export-format.js';
import { formats } from '../../server/modules/export/formats.js';
import { testDatabase, type TestDatabase } from '../support/database.js';

const ACCOUNTS = 100_000;
const MEGABYTE = 2 ** 20;
/** What the whole set takes as rows in memory is several times this. */
const MAX_GROWTH_MB = 120;

let test: TestDatabase;

beforeAll(async () => {
  test = await testDatabase();
  await test.database.rows(
    `INSERT INTO crm.accounts (name, email, street, house_number, postcode, city, customer_since, geom, placement)
     SELECT 'Account number ' || n, 'account' || n || '@example.org', 'Long street name ' || n % 977, n % 200,
       (1000 + n % 9000) || ' AB', 'Town ' || n % 300, DATE '2020-01-01' + n % 1500,
       CASE WHEN n % 50 > 0 THEN ST_SetSRID(ST_MakePoint(4 + n % 1000 / 500.0, 51 + n % 777 / 400.0), 4326) END,
       CASE WHEN n % 50 > 0 THEN 'exact' ELSE 'not_placed' END
     FROM generate_series(1, ${ACCOUNTS}) n`,
  );
  await test.database.rows('ANALYZE crm.accounts');
}, 120_000);
afterAll(() => test?.close());

/** Writes a format away as fast as it comes, and looks at what the process holds. */
async function measure(format: ExportFormat) {
  const held = () => {
    const { heapUsed, external } = process.memoryUsage();
    return (heapUsed + external) / MEGABYTE;
  };
  const before = held();
  const started = performance.now();
  let [bytes, most, rows] = [0, 0, 0];
  const signal = new AbortController().signal;
  await exportAccounts(
    test.database,
    { filter: {}, policy: { kind: 'all' }, signal },
    async (set) => {
      rows = set.total;
      for await (const chunk of format.write(set)) {
        bytes += chunk.length;
        most = Math.max(most, held() - before);
      }
    },
  );
  return { rows, bytes, growthMb: Math.round(most), seconds: (performance.now() - started) / 1000 };
}

describe(`an export of ${ACCOUNTS} accounts`, () => {
  it.each(formats.map((format) => [format.name, format] as const))(
    'as %s holds a part of them at a time',
    async (name, format) => {
      const { rows, bytes, growthMb, seconds } = await measure(format);
      console.log(
        `${name}: ${(bytes / 1e6).toFixed(1)} MB in ${seconds.toFixed(1)} s, ${growthMb} MB held at most`,
      );
      expect(rows).toBe(ACCOUNTS);
      expect(growthMb).toBeLessThan(MAX_GROWTH_MB);
    },
  );
});

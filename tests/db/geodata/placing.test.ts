import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matchStaleAccounts } from '../../../geodata/matching/match-stale.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { importFile, TestFiles } from './import-files.js';

let test: TestDatabase;
const files = new TestFiles();

const header = 'street,number,postcode,city,lat,lon';
const register = [
  header,
  'Molenweg,5,1235 AA,Zuiddorp,52.12,4.1205',
  'Molenweg,9,1235 AA,Zuiddorp,52.12,4.1209',
  'Kerkstraat,3,1234 AB,Zuiddorp,52.1,4.1003',
  'Kerkstraat,3,9876 XY,Noorddorp,52.8,4.8003',
].join('\n');
const customers = [
  'id,name,street,house_number,postcode,city,lat,lon',
  'given,Given,Molenweg,5,1235 AA,Zuiddorp,52.5,4.5',
  'house,House,Molenweg,5,1235 AA,Zuiddorp,,',
  'between,Between,Molenweg,7,,Zuiddorp,,',
  'twice,Twice,Kerkstraat,3,,,,',
  'later,Later,Nieuwe Laan,1,,Zuiddorp,,',
  'nowhere,Nowhere,Rue Inconnue,1,,Atlantis,,',
].join('\n');

beforeAll(async () => {
  test = await testDatabase();
  const { database } = test;
  await importFile(database, 'addresses', files.write('register.csv', register), {
    source: 'Register',
    licence: 'CC0',
  });
  await importFile(database, 'accounts', files.write('customers.csv', customers));
});

afterAll(async () => {
  files.remove();
  await test.close();
});

type Placed = {
  readonly placement: string;
  readonly status: string | null;
  readonly label: string | null;
  readonly candidates: number;
  readonly lon: number | null;
};

async function placed(externalId: string): Promise<Placed> {
  const row = await test.database.row<Placed>(
    `SELECT a.placement, a.placement_status AS status, a.placement_label AS label, ST_X(a.geom) AS lon,
       (SELECT count(*) FROM crm.placement_candidates c WHERE c.account_id = a.account_id) AS candidates
     FROM crm.accounts a WHERE a.external_id = $1`,
    [externalId],
  );
  return row!;
}

describe('accounts of a file', () => {
  it('keep coordinates that came with them', async () => {
    expect(await placed('given')).toMatchObject({
      placement: 'exact',
      status: null,
      label: null,
      lon: 4.5,
    });
  });

  it('are placed by address, or between house numbers', async () => {
    expect(await placed('house')).toMatchObject({
      placement: 'address',
      status: 'certain',
      lon: 4.1205,
    });
    expect((await placed('house')).label).toBe('Molenweg 5, 1235 AA Zuiddorp');
    const between = await placed('between');
    expect(between).toMatchObject({ placement: 'interpolated', status: 'certain', candidates: 0 });
    expect(between.lon).toBeCloseTo(4.1207, 6);
  });

  it('are not placed where two places fit, and keep both to choose from', async () => {
    expect(await placed('twice')).toMatchObject({
      ...{ placement: 'not_placed', status: 'ambiguous', candidates: 2, label: null },
    });
  });

  it('say so where nothing fits', async () => {
    expect(await placed('nowhere')).toMatchObject({ placement: 'not_placed', status: 'none' });
  });
});

describe('an address layer that comes later', () => {
  it('places what was not certain, and leaves what a person put', async () => {
    const { database } = test;
    expect((await placed('later')).placement).toBe('not_placed');
    await database.rows(
      `UPDATE crm.accounts SET placement_locked = true, placement_status = 'confirmed'
       WHERE external_id = 'nowhere'`,
    );
    const more = [
      header,
      'Nieuwe Laan,1,1236 AA,Zuiddorp,52.13,4.13',
      'Rue Inconnue,1,,Atlantis,52.9,4.9',
    ].join('\n');
    const report = await importFile(database, 'addresses', files.write('more.csv', more));

    expect(report.summary).toMatchObject({ accountsPlacedAgain: 1 });
    expect(await placed('later')).toMatchObject({ placement: 'address', status: 'certain' });
    expect(await placed('nowhere')).toMatchObject({ placement: 'not_placed', status: 'confirmed' });
    const stale = await database.row('SELECT 1 FROM crm.accounts WHERE matched_at IS NULL');
    expect(stale).toBeUndefined();
  });
});

describe('an account whose address changes', () => {
  it('is looked up again', async () => {
    const { database } = test;
    await database.rows(
      `UPDATE crm.accounts SET city = 'Noorddorp', matched_at = NULL WHERE external_id = 'twice'`,
    );
    await matchStaleAccounts(database);
    expect(await placed('twice')).toMatchObject({
      ...{ placement: 'address', status: 'certain', candidates: 0, lon: 4.8003 },
    });
    expect(await matchStaleAccounts(database)).toEqual({ examined: 0, changed: 0 });
  });
});

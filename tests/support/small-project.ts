import type { Database } from '../../server/db/database.js';
import { anAccount, aSale, someRegions, type Regions } from '../api/test-data.js';

const awkwardNames = [
  'Tab\tand\nline',
  'Back\\slash \\N',
  "O'Neill",
  'Ünïcödé 東京',
  '\u0001 low',
  '',
];

/** Three regions, a user with a token, some accounts with awkward names, a sale, a road and a setting. */
export async function aSmallProject(database: Database, accounts = 20): Promise<Regions> {
  const regions = await someRegions(database);
  for (let index = 0; index < accounts; index += 1) {
    const isPlaced = index % 5 !== 0;
    const id = await anAccount(database, {
      name: `${awkwardNames[index % awkwardNames.length] ?? ''} ${index}`,
      externalId: `A${index}`,
      ...(isPlaced ? { point: [4.1 + index / 100_000, 52.3 + 1 / (index + 3)] } : {}),
      ...(isPlaced ? { regionId: regions.north } : {}),
    });
    if (index % 3 === 0) await aSale(database, id, 12.34 + index);
  }
  await database.rows(
    `UPDATE crm.accounts SET locked_fields = '{name,"a,b"}', attributes = '{"k": "v\\n\\"q\\""}'
     WHERE external_id = 'A1'`,
  );
  await database.rows(
    `INSERT INTO geo.roads (source_key, class, condition, length_m, geom)
     VALUES ('way/1', 'primary', 'good', 0.1::real + 100,
       ST_SetSRID(ST_MakeLine(ST_MakePoint(4.1, 52.1), ST_MakePoint(4.2, 52.2)), 4326))`,
  );
  await database.rows(
    `INSERT INTO geo.addresses (source_key, street, house_number, geom)
     VALUES ('node/1', 'Kade', '1', ST_SetSRID(ST_MakePoint(4.1, 52.1), 4326))`,
  );
  await database.rows(
    `INSERT INTO app.users (id, name, email, role) VALUES ('u1', 'Ann', 'ann@example.org', 'manager')`,
  );
  await database.rows(
    `INSERT INTO app.api_tokens (name, role, user_id, token_hash, token_end)
     VALUES ('t', 'manager', 'u1', 'hash', 'abcd')`,
  );
  await database.rows(
    `INSERT INTO app.settings (name, value) VALUES ('project', '{"name": "Small", "isDemo": false}')`,
  );
  return regions;
}

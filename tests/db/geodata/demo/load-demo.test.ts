import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDemo } from '../../../../geodata/demo/load-demo.js';
import { ImportFailure } from '../../../../geodata/run-import.js';
import type { Database } from '../../../../server/db/database.js';
import { awaitsDemo } from '../../../../server/db/project-state.js';
import { testDatabase } from '../../../support/database.js';

const small = { seed: 7, accounts: 400, sales: 2_000 };
let database: Database;
let close: () => Promise<void>;
let indexes: string[];
const labels: string[] = [];

beforeAll(async () => {
  ({ database, close } = await testDatabase());
  indexes = await indexNames();
}, 240_000);
afterAll(() => close());

const indexNames = async () =>
  (
    await database.rows<{ name: string }>(
      `SELECT indexname AS name FROM pg_indexes WHERE schemaname IN ('geo', 'crm') ORDER BY 1`,
    )
  ).map((row) => row.name);
const count = async (sql: string) =>
  (await database.row<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`))!.n;

describe('loading the demo', () => {
  it('leaves nothing when it is cancelled midway', async () => {
    const abort = new AbortController();
    const onProgress = ({ label }: { label: string }) => {
      if (label === 'Buildings') abort.abort(new Error('enough'));
    };
    await expect(loadDemo(database, small, onProgress, abort.signal)).rejects.toBeInstanceOf(
      ImportFailure,
    );
    expect(await count('geo.roads')).toBe(0);
    expect(await count('geo.regions WHERE level > 0')).toBe(0);
    expect(await awaitsDemo(database)).toBe(true);
    expect(await indexNames()).toEqual(indexes);
  }, 240_000);

  it('takes away what a load that was killed left behind, then loads the whole', async () => {
    await database.rows(
      `INSERT INTO app.settings (name, value)
       SELECT 'demo_loading', jsonb_agg(jsonb_build_object('name', 'geo.roads_geom_idx', 'definition', pg_get_indexdef('geo.roads_geom_idx'::regclass)))`,
    );
    await database.rows('DROP INDEX geo.roads_geom_idx');
    await database.rows(
      `INSERT INTO geo.land_cover (source_key, kind, geom)
       VALUES ('left over', 'water', ST_Multi(ST_MakeEnvelope(3, 52, 3.1, 52.1, 4326)))`,
    );
    expect(await awaitsDemo(database)).toBe(true);
    const report = await loadDemo(database, small, ({ label }) => labels.push(label));
    expect(report.status).toBe('succeeded');
    expect(await count(`geo.land_cover WHERE source_key = 'left over'`)).toBe(0);
    expect(await awaitsDemo(database)).toBe(false);
    expect(await indexNames()).toEqual(indexes);
    expect(labels).toContain('Streets');
    expect(labels).toContain('Matching customers to the map');
  }, 240_000);

  it('says that it is fictional, in the settings and on every row', async () => {
    const project = await database.row<{ value: Record<string, unknown> }>(
      `SELECT value FROM app.settings WHERE name = 'project'`,
    );
    expect(project!.value).toMatchObject({
      isDemo: true,
      fictional: true,
      currency: 'EUR',
      today: '2026-10-31',
    });
    for (const table of [
      'geo.roads',
      'geo.buildings',
      'geo.places',
      'geo.land_cover',
      'geo.addresses',
    ]) {
      expect(
        await count(`${table} WHERE licence IS DISTINCT FROM 'Generated, public domain (CC0)'`),
      ).toBe(0);
    }
  });

  it('stores valid shapes that fill the island without gap or overlap', async () => {
    expect(await count('geo.regions WHERE NOT ST_IsValid(geom)')).toBe(0);
    expect(await count('geo.land_cover WHERE NOT ST_IsValid(geom)')).toBe(0);
    expect(await count('geo.business_zones WHERE NOT ST_IsValid(geom)')).toBe(0);
    const areas = await database.rows<{ km2: number; population: number }>(
      `SELECT sum(area_km2) AS km2, sum(population) AS population FROM geo.regions GROUP BY level`,
    );
    expect(areas).toHaveLength(4);
    for (const area of areas) {
      expect(area.km2).toBeCloseTo(areas[0]!.km2, 3);
      expect(area.population).toBe(areas[0]!.population);
    }
    const overlaps = await count(
      `geo.regions a JOIN geo.regions b ON a.level = 3 AND b.level = 3 AND a.region_id < b.region_id
         AND a.geom && b.geom AND ST_Area(ST_Intersection(a.geom, b.geom)::geography) > 1`,
    );
    expect(overlaps).toBe(0);
  }, 120_000);

  it('matches every placed account and keeps a bucket of those not placed', async () => {
    expect(await count('crm.accounts')).toBe(400);
    expect(await count(`crm.accounts WHERE placement <> 'not_placed' AND region_id IS NULL`)).toBe(
      0,
    );
    expect(await count(`crm.accounts WHERE placement <> 'not_placed' AND road_class IS NULL`)).toBe(
      0,
    );
    const exact = await count(`crm.accounts WHERE placement = 'exact'`);
    expect(await count(`crm.accounts WHERE placement = 'exact' AND building_id IS NOT NULL`)).toBe(
      exact,
    );
  });

  it('pays every order in full', async () => {
    const row = await database.row<{ difference: number }>(
      `SELECT (SELECT sum(value) FROM crm.payments) - (SELECT sum(revenue) FROM crm.sale_lines) AS difference`,
    );
    expect(row!.difference).toBe(0);
  });

  it('refuses a project that holds data', async () => {
    await expect(loadDemo(database, small)).rejects.toThrow(/needs an empty project/);
    expect(await count('crm.accounts')).toBe(400);
  });
});

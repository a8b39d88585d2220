import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { osmImporter } from '../../../geodata/osm/osm.importer.js';
import { runImport } from '../../../geodata/run-import.js';
import type { Database } from '../../../server/db/database.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { hasRealData, realData } from '../../support/real-data.js';

const slow = 300_000;

/** Extracts of other publishers; the expected numbers were counted in the files with another program. */
describe.skipIf(!hasRealData)('real extracts', () => {
  let opened: TestDatabase;
  let database: Database;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'catchment-extracts-'));
  });

  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  beforeEach(async () => {
    opened = await testDatabase();
    database = opened.database;
  });

  afterEach(async () => {
    await opened.close();
  });

  async function importFile(file: string, options = {}) {
    return runImport({ database, importer: osmImporter, source: { path: file }, options });
  }

  async function count(from: string): Promise<number> {
    return (await database.row<{ count: number }>(`SELECT count(*) AS count FROM ${from}`))!.count;
  }

  test(
    'the tiny extract of Overamstel: every road, building and address',
    async () => {
      const report = await importFile(realData('osm/amsterdam-overamstel-tiny.osm.pbf'));
      expect(report.counts).toMatchObject({ read: 1429 + 184 + 12, rejected: 0 });
      expect(await count('geo.roads')).toBe(54);
      expect(await count('geo.buildings')).toBe(80);
      expect(await count('geo.addresses')).toBe(66);
    },
    slow,
  );

  test(
    'Monaco: 1,183 building ways and 24 relations; 2,379 highways less areas and works; the same again',
    async () => {
      const file = realData('osm/monaco.osm.pbf');
      await importFile(file);
      expect(await count(`geo.buildings WHERE source_key LIKE 'way/%'`)).toBe(1183);
      expect(await count(`geo.buildings WHERE source_key LIKE 'relation/%'`)).toBe(24);
      // 18 areas, 6 corridors, 6 under construction, 2 platforms, 2 proposed.
      expect(await count('geo.roads')).toBe(2379 - 34);
      expect(
        await count(`geo.places WHERE category = 'shop' AND source_key LIKE 'node/%'`),
      ).toBeGreaterThan(115);
      expect(await count('geo.addresses')).toBe(164 + 74 + 3 + 1);

      // The graph holds every road whole, and its ends are known.
      const graph = await database.row(
        `SELECT count(*) FILTER (WHERE e.metres IS NULL) AS without,
                count(*) FILTER (WHERE abs(e.metres - r.length_m) > 0.01) AS different
         FROM geo.roads r
         LEFT JOIN (SELECT road_id, sum(length_m) AS metres FROM geo.road_edges GROUP BY 1) e USING (road_id)`,
      );
      expect(graph).toEqual({ without: 0, different: 0 });

      const again = await importFile(file);
      expect(again.counts).toMatchObject({ inserted: 0, updated: 0 });
      expect(again.counts.unchanged).toBeGreaterThan(4000);
    },
    slow,
  );

  test(
    'Liechtenstein two years later replaces the old state',
    async () => {
      const file = path.join(folder, 'liechtenstein.osm.pbf');
      await copyFile(realData('osm/liechtenstein-2013.osm.pbf'), file);
      const before = await importFile(file);
      await rm(file);
      await copyFile(realData('osm/liechtenstein-2015.osm.pbf'), file);
      const after = await importFile(file, { replace: true });

      // The older file numbers its elements anew, so nothing of it is found again.
      expect(before.counts).toMatchObject({ updated: 0, unchanged: 0 });
      const layers = after.summary['layers'] as Record<string, { removed: number }>;
      const removed = Object.values(layers).reduce((sum, layer) => sum + layer.removed, 0);
      expect(removed).toBe(before.counts.inserted);
      expect(await count('geo.roads')).toBe(4658);
      // 8,992 ways less one that says no and two open ones, and five relations.
      expect(await count('geo.buildings')).toBe(8992 - 3 + 5);
      expect(
        await count(`geo.business_zones WHERE kind IN ('industrial', 'commercial')`),
      ).toBeGreaterThanOrEqual(29);
      expect(await count(`geo.buildings WHERE NOT ST_IsValid(geom)`)).toBe(0);
    },
    slow,
  );
});

import { z } from 'zod';
import { boundsSchema, type Project, type RegionLevel } from '../../contract/session.js';
import type { Database } from '../../db/database.js';

const projectSetting = z.object({
  name: z.string().catch('Catchment'),
  currency: z.string().catch('EUR'),
  bounds: boundsSchema.nullable().catch(null),
  isDemo: z.boolean().catch(false),
});

type ProjectSetting = z.infer<typeof projectSetting>;

/** What app.settings says about the project; defaults for what it does not say. */
export async function readProjectSetting(database: Database): Promise<ProjectSetting> {
  const row = await database.row<{ value: unknown }>(
    `SELECT value FROM app.settings WHERE name = 'project'`,
  );
  return projectSetting.parse(row?.value ?? {});
}

/**
 * Answers the project with its levels and the attributions that its data asks for.
 *
 * Reads them again only after a setting or an import changed: they take a scan of each layer.
 */
export function projectReader(database: Database): () => Promise<Project> {
  let known: { readonly version: string; readonly project: Project } | undefined;
  return async () => {
    const version = await dataVersion(database);
    if (known?.version !== version) known = { version, project: await readProject(database) };
    return known.project;
  };
}

async function dataVersion(database: Database): Promise<string> {
  const row = await database.row<{ version: string }>(
    `SELECT concat_ws('/', (SELECT max(updated_at) FROM app.settings),
                           (SELECT max(import_id) FROM app.imports),
                           (SELECT max(finished_at) FROM app.imports),
                           (SELECT max(updated_at) FROM geo.regions)) AS version`,
  );
  return row?.version ?? '';
}

async function readProject(database: Database): Promise<Project> {
  const setting = await readProjectSetting(database);
  const levels = await database.rows<RegionLevel>(
    `SELECT l.level, l.name, l.plural_name AS "pluralName", count(r.region_id)::int AS count
     FROM geo.region_levels l LEFT JOIN geo.regions r ON r.level = l.level
     GROUP BY l.level ORDER BY l.level`,
  );
  const bounds = setting.bounds ?? (await dataBounds(database));
  return { ...setting, bounds, levels, attributions: await readAttributions(database) };
}

/** Bounds of the regions, else of the accounts; null where neither has a shape. */
async function dataBounds(database: Database): Promise<Project['bounds']> {
  const row = await database.row<Record<'west' | 'south' | 'east' | 'north', number | null>>(
    `SELECT ST_XMin(box) AS west, ST_YMin(box) AS south, ST_XMax(box) AS east, ST_YMax(box) AS north
     FROM (SELECT COALESCE((SELECT ST_Extent(geom) FROM geo.regions),
                           (SELECT ST_Extent(geom) FROM crm.accounts)) AS box) extent`,
  );
  const parsed = boundsSchema.safeParse([row?.west, row?.south, row?.east, row?.north]);
  return parsed.success ? parsed.data : null;
}

const attributionTables = [
  'regions',
  'roads',
  'buildings',
  'business_zones',
  'places',
  'addresses',
  'land_cover',
  'postcodes',
] as const;

async function readAttributions(database: Database): Promise<string[]> {
  const rows = await database.rows<{ attribution: string }>(
    attributionTables
      .map(
        (table) => `SELECT geo.attribution(source, licence) AS attribution FROM geo.${table}
                       WHERE source IS NOT NULL GROUP BY source, licence`,
      )
      .join(' UNION '),
  );
  return rows.map(({ attribution }) => attribution).sort();
}

import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

type Member = {
  readonly name: string;
  readonly shortTitle: string;
  readonly description?: string;
  readonly meta?: { readonly unit?: string };
};

type Cube = {
  readonly name: string;
  readonly public: boolean;
  readonly measures: readonly Member[];
  readonly dimensions: readonly Member[];
};

const load = createRequire(import.meta.url);
const modelFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../cube/model');

let cubes: readonly Cube[];

beforeAll(async () => {
  cubes = await compileModel();
});

/** The model as Cube compiles it, without a server. */
async function compileModel(): Promise<readonly Cube[]> {
  process.env['CUBEJS_TESSERACT_SQL_PLANNER'] = 'false';
  process.env['CUBEJS_TRANSPILATION_NATIVE'] = 'false';
  load('../../cube/embedded/native-stand-in.cjs').installNativeStandIn(
    load('@cubejs-backend/native'),
  );
  const { prepareCompiler } = load('@cubejs-backend/schema-compiler');
  const { compiler, metaTransformer } = prepareCompiler(
    { localPath: () => modelFolder, dataSchemaFiles: readModel },
    { compileContext: { securityContext: {} } },
  );
  await compiler.compile();
  return metaTransformer.cubes.map((cube: { config: Cube }) => cube.config);
}

async function readModel(): Promise<{ fileName: string; content: string }[]> {
  const entries = await readdir(modelFolder, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const file = path.join(entry.parentPath, entry.name);
        return {
          fileName: path.relative(modelFolder, file),
          content: await readFile(file, 'utf8'),
        };
      }),
  );
}

describe('the model', () => {
  it('shows exactly the five views', () => {
    const shown = cubes.filter((cube) => cube.public).map((cube) => cube.name);
    expect(shown.sort()).toEqual(['accounts', 'geography', 'payments', 'places', 'sales']);
  });

  it('describes every member of a view, and gives every measure a unit', () => {
    const views = cubes.filter((cube) => cube.public);
    const members = views.flatMap((view) => [...view.measures, ...view.dimensions]);
    const undescribed = members.filter((member) => !member.description).map(({ name }) => name);
    const unitless = views
      .flatMap((view) => view.measures)
      .filter((measure) => !measure.meta?.unit)
      .map(({ name }) => name);
    expect(undescribed).toEqual([]);
    expect(unitless).toEqual([]);
  });

  it('has the region at every level in each view', () => {
    for (const view of cubes.filter((cube) => cube.public)) {
      const names = view.dimensions.map(({ name }) => name.slice(view.name.length + 1));
      const levels = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((level) => [
        `level_${level}_id`,
        `level_${level}_name`,
      ]);
      const region = ['region_level', 'region_id', 'region_code', 'region_name'];
      expect(names).toEqual(expect.arrayContaining([...levels, ...region, 'parent_region_id']));
    }
  });
});

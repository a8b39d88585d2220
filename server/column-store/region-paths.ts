import type { Database } from '../db/database.js';

/** The region hierarchy as the stores need it: the way from the project down to every region. */
export class RegionPaths {
  /** Grows with every reading, so that what was worked out from an older hierarchy can be told. */
  readonly version: number;
  readonly #paths: ReadonlyMap<number, readonly number[]>;

  constructor(paths: ReadonlyMap<number, readonly number[]>, version: number) {
    this.#paths = paths;
    this.version = version;
  }

  static async read(database: Database, version: number): Promise<RegionPaths> {
    const rows = await database.rows<{ region_id: number; path_ids: string[] | number[] }>(
      'SELECT region_id, path_ids FROM geo.region_paths',
    );
    const paths = new Map(rows.map((row) => [row.region_id, row.path_ids.map(Number)]));
    const root = [...paths].find(([, path]) => path.length === 1);
    // 0 stands for "in no region", which the project as a whole still holds.
    if (root !== undefined) paths.set(0, [root[0]]);
    return new RegionPaths(paths, version);
  }

  /** Ids from the project down to the region itself; for 0 the project, empty for an unknown region. */
  pathOf(regionId: number): readonly number[] {
    return this.#paths.get(regionId) ?? [];
  }
}

import type { Database } from '../db/database.js';

type NamedRegion = { readonly level: number; readonly name: string };

type PathRow = NamedRegion & {
  readonly region_id: number;
  readonly path_ids: readonly (string | number)[];
};

/** The region hierarchy as the stores need it: the way from the project down to every region. */
export class RegionPaths {
  /** Grows with every reading, so that what was worked out from an older hierarchy can be told. */
  readonly version: number;
  readonly #paths: ReadonlyMap<number, readonly number[]>;
  readonly #regions: ReadonlyMap<number, NamedRegion>;

  constructor(
    paths: ReadonlyMap<number, readonly number[]>,
    version: number,
    regions: ReadonlyMap<number, NamedRegion> = new Map(),
  ) {
    this.#paths = paths;
    this.version = version;
    this.#regions = regions;
  }

  static async read(database: Database, version: number): Promise<RegionPaths> {
    const rows = await database.rows<PathRow>(
      'SELECT region_id, p.path_ids, r.level, r.name FROM geo.region_paths p JOIN geo.regions r USING (region_id)',
    );
    const paths = new Map(rows.map((row) => [row.region_id, row.path_ids.map(Number)]));
    const root = [...paths].find(([, path]) => path.length === 1);
    // 0 stands for "in no region", which the project as a whole still holds.
    if (root !== undefined) paths.set(0, [root[0]]);
    return new RegionPaths(paths, version, new Map(rows.map((row) => [row.region_id, row])));
  }

  /** Names by id of all regions. */
  get names(): ReadonlyMap<number, string> {
    return new Map([...this.#regions].map(([id, { name }]) => [id, name]));
  }

  /** The region at a level that a region lies in or is; undefined where there is none. */
  atLevel(regionId: number, level: number): number | undefined {
    return this.pathOf(regionId).find((id) => this.#regions.get(id)?.level === level);
  }

  /** Ids from the project down to the region itself; for 0 the project, empty for an unknown region. */
  pathOf(regionId: number): readonly number[] {
    return this.#paths.get(regionId) ?? [];
  }
}

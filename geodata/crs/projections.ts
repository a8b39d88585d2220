import proj4 from 'proj4';
import type { Queryable } from '../../server/db/database.js';

/** A coordinate system of the EPSG (or Esri) register. */
export type Projection = {
  readonly epsg: number;
  readonly name: string;
  /** Text that proj4 takes: a proj4 definition with its datum shift, else well-known text. */
  readonly definition: string;
};

/** Where definitions of coordinate systems come from. */
export type Projections = {
  byCode(epsg: number): Promise<Projection | undefined>;
  /**
   * Those that use one of the methods, named as in proj4 texts (`tmerc`, `lcc`, `longlat`); none that are
   * a plane together with a height.
   */
  byMethod(methods: readonly string[]): Promise<readonly Projection[]>;
};

type Row = { readonly srid: number; readonly proj4text: string; readonly srtext: string };

/** The register that PostGIS carries in spatial_ref_sys: about 8,500 systems with their datum shifts. */
export function databaseProjections(queryable: Queryable): Projections {
  const columns = `SELECT srid, COALESCE(proj4text, '') AS proj4text, COALESCE(srtext, '') AS srtext
    FROM spatial_ref_sys`;
  return {
    async byCode(epsg) {
      const found = await queryable.query<Row>(`${columns} WHERE srid = $1`, [epsg]);
      return found.rows[0] && toProjection(found.rows[0]);
    },
    async byMethod(methods) {
      const patterns = methods.map((method) => `%+proj=${method} %`);
      const found = await queryable.query<Row>(
        `${columns} WHERE proj4text LIKE ANY ($1::text[]) AND srtext NOT LIKE 'COMPD_CS%' ORDER BY srid`,
        [patterns],
      );
      return found.rows.map(toProjection);
    },
  };
}

function toProjection({ srid, proj4text, srtext }: Row): Projection {
  const name = /^\w+\s*\[\s*"([^"]*)"/.exec(srtext)?.[1] ?? `EPSG:${srid}`;
  return { epsg: srid, name, definition: proj4text.trim() === '' ? srtext : proj4text.trim() };
}

/** What proj4 knows by itself: degrees on WGS 84 and NAD83, Web Mercator and UTM on WGS 84. */
export const builtInProjections: Projections = {
  byCode: (epsg) => {
    const code = `EPSG:${epsg}`;
    const known = proj4.defs(code);
    const found = known ? { epsg, name: known.title ?? code, definition: code } : undefined;
    return Promise.resolve(found);
  },
  byMethod: () => Promise.resolve([]),
};

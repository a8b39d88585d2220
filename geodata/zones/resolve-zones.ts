import type { Queryable } from '../../server/db/database.js';
import { mergeRows, type MergeCounts } from '../loaders/merge-rows.js';
import { planZones, type ZonePlan } from './plan-zones.js';
import { kindFromPlaces, type PlaceCounts } from './zone-kind.js';
import { listOverlaps, listParts, type Overlap, type ZonePart } from './zone-parts.js';
import {
  cutZones,
  dropZoneShapes,
  mergeSlivers,
  type SliverReport,
  type ZoneShapes,
} from './zone-shapes.js';

export type ResolveOptions = {
  /** Only zones that this import can have changed; without it, all. */
  readonly importId?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((done: number, total: number) => void) | undefined;
};

export type ZoneReport = MergeCounts & {
  readonly parts: number;
  readonly removed: number;
  /** Parts taken into one of their own kind around them. */
  readonly absorbed: number;
  /** Parts of which smaller ones leave nothing. */
  readonly covered: number;
  readonly slivers: SliverReport;
  /** Zones whose kind comes from the places inside. */
  readonly kindsDerived: number;
  /** Zones whose name is that of a zone around or of the one business inside. */
  readonly namesInherited: number;
  /** [west, south, east, north] of what was looked at; undefined where it was everything, or nothing. */
  readonly bbox: readonly [number, number, number, number] | undefined;
};

/**
 * Makes geo.business_zones of geo.zone_parts: no point lies in two zones, and the zones together cover
 * what the parts cover, but for slivers that border nothing. Run it in a transaction, and match accounts
 * and places to business zones afterwards. Zones that were not made of parts are left alone.
 */
export async function resolveZones(
  queryable: Queryable,
  { importId, signal, progress }: ResolveOptions = {},
): Promise<ZoneReport> {
  const parts = await listParts(queryable);
  const overlaps = await listOverlaps(queryable);
  const scope = importId === undefined ? parts : partsNear(parts, overlaps, importId);
  const scopeIds = new Set(scope.map(({ id }) => id));
  const plans = planZones(parts, overlaps).filter(({ part }) => scopeIds.has(part.id));
  const shapes = await cutZones(queryable, plans, {
    signal,
    progress: (done) => progress?.(done, plans.length),
  });
  const slivers = await mergeSlivers(queryable, shapes);
  const facts = await describeZones(queryable, shapes, plans);
  const bbox = importId === undefined ? undefined : await extentOf(queryable, shapes);
  const counts = await writeZones(queryable, shapes);
  const removed = await removeZones(queryable, shapes, scope);
  const written = counts.inserted + counts.updated + counts.unchanged;
  await dropZoneShapes(queryable, shapes);
  return {
    ...{ parts: scope.length, ...counts, removed, absorbed: scope.length - plans.length },
    ...{ covered: plans.length - written, slivers, ...facts, bbox },
  };
}

/** The parts that an import brought or changed, and all that hang together with them by overlaps. */
function partsNear(
  parts: readonly ZonePart[],
  overlaps: readonly Overlap[],
  importId: number,
): ZonePart[] {
  const neighbours = new Map<number, number[]>();
  const add = (a: number, b: number) => {
    const known = neighbours.get(a);
    if (known) known.push(b);
    else neighbours.set(a, [b]);
  };
  for (const { a, b } of overlaps) {
    add(a, b);
    add(b, a);
  }
  const waiting = parts.filter((part) => part.importId === importId).map(({ id }) => id);
  const reached = new Set(waiting);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    for (const next of neighbours.get(id) ?? []) {
      if (reached.has(next)) continue;
      reached.add(next);
      waiting.push(next);
    }
  }
  return parts.filter(({ id }) => reached.has(id));
}

type Inside = PlaceCounts & { readonly partId: number; readonly occupant: string | null };

/** Zones above this are not called after the one business that happens to be known in them. */
const occupantM2 = 50_000;

/**
 * Adds kind and name to the working table. The places of a zone are looked up zone by zone, as OFFSET 0
 * asks: PostGIS 3.6 estimates a join of tiny tables at more than all of their pairs, which PostgreSQL refuses
 * ("invalid function selectivity").
 */
async function describeZones(
  queryable: Queryable,
  { zones }: ZoneShapes,
  plans: readonly ZonePlan[],
): Promise<{ kindsDerived: number; namesInherited: number }> {
  const { rows } = await queryable.query<Inside>(
    `SELECT z.part_id AS "partId",
            count(*) FILTER (WHERE p.category = 'shop') AS shops,
            count(*) FILTER (WHERE p.category = 'office') AS offices,
            count(*) FILTER (WHERE p.category IN ('works', 'craft')) AS works,
            CASE WHEN count(DISTINCT p.name) = 1 AND ST_Area(z.geom::geography) < ${occupantM2}
                 THEN min(p.name) END AS occupant
     FROM ${zones} z
     CROSS JOIN LATERAL (
       SELECT q.category, q.name FROM geo.places q
       WHERE ST_Intersects(z.geom, q.geom) AND q.category IN ('shop', 'office', 'works', 'craft')
       OFFSET 0) p
     GROUP BY z.part_id, z.geom`,
  );
  const insideOf = new Map(rows.map((row) => [row.partId, row]));
  const described = plans.map(({ part, name, nameSource }) => {
    const inside = insideOf.get(part.id);
    const derived = inside && kindFromPlaces(part.kind, inside);
    const occupant = name === null ? (inside?.occupant ?? null) : null;
    return {
      ...{ id: part.id, kind: derived ?? part.kind, kindSource: derived ? 'derived' : 'tagged' },
      ...{ name: name ?? occupant, nameSource: occupant === null ? nameSource : 'occupant' },
    };
  });
  await queryable.query(
    `ALTER TABLE ${zones} ADD kind text, ADD kind_source text, ADD name text, ADD name_source text`,
  );
  await queryable.query(
    `UPDATE ${zones} z
     SET kind = d.kind, kind_source = d.kind_source, name = d.name, name_source = d.name_source
     FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[])
       AS d (part_id, kind, kind_source, name, name_source)
     WHERE z.part_id = d.part_id`,
    [
      described.map(({ id }) => id),
      described.map(({ kind }) => kind),
      described.map(({ kindSource }) => kindSource),
      described.map(({ name }) => name),
      described.map(({ nameSource }) => nameSource),
    ],
  );
  return {
    kindsDerived: described.filter(({ kindSource }) => kindSource === 'derived').length,
    namesInherited: described.filter(({ nameSource }) => nameSource && nameSource !== 'own').length,
  };
}

async function writeZones(queryable: Queryable, { zones }: ZoneShapes): Promise<MergeCounts> {
  const names = ['kind', 'tagged_kind', 'kind_source', 'name', 'name_source', 'part_keys'];
  return mergeRows(queryable, {
    target: 'geo.business_zones',
    key: ['source_key'],
    columns: Object.fromEntries(
      [...names, 'area_m2', 'geom', 'source', 'licence'].map((name) => [name, {}]),
    ),
    stamps: { import_id: 's.import_id' },
    source: `(SELECT p.source_key, z.kind, p.kind AS tagged_kind, z.kind_source, z.name, z.name_source,
        ARRAY(SELECT m.source_key FROM geo.zone_parts m WHERE m.part_id = ANY (z.part_ids)
              ORDER BY m.part_id <> p.part_id, m.source_key) AS part_keys,
        ST_Area(z.geom::geography)::real AS area_m2,
        ST_Multi(ST_CollectionExtract(z.geom, 3))::geometry(MultiPolygon, 4326) AS geom, p.source, p.licence, p.import_id
      FROM ${zones} z JOIN geo.zone_parts p ON p.part_id = z.part_id
      WHERE NOT ST_IsEmpty(z.geom))`,
  });
}

/** Removes zones of parts that are gone, taken in or covered. */
async function removeZones(
  queryable: Queryable,
  { zones }: ZoneShapes,
  scope: readonly ZonePart[],
): Promise<number> {
  const removed = await queryable.query(
    `DELETE FROM geo.business_zones b
     WHERE b.part_keys IS NOT NULL
       AND (b.source_key = ANY ($1)
            OR NOT EXISTS (SELECT FROM geo.zone_parts p WHERE p.source_key = b.source_key))
       AND NOT EXISTS (SELECT FROM ${zones} z JOIN geo.zone_parts p ON p.part_id = z.part_id
                       WHERE p.source_key = b.source_key AND NOT ST_IsEmpty(z.geom))`,
    [scope.map(({ key }) => key)],
  );
  return removed.rowCount ?? 0;
}

async function extentOf(
  queryable: Queryable,
  { zones }: ZoneShapes,
): Promise<readonly [number, number, number, number] | undefined> {
  const { rows } = await queryable.query<{ bbox: [number, number, number, number] | null }>(
    `SELECT CASE WHEN e IS NOT NULL THEN ARRAY[ST_XMin(e), ST_YMin(e), ST_XMax(e), ST_YMax(e)] END AS bbox
     FROM (SELECT ST_Extent(p.geom) AS e FROM geo.zone_parts p
           WHERE p.part_id IN (SELECT unnest(z.part_ids) FROM ${zones} z)) s`,
  );
  return rows[0]?.bbox ?? undefined;
}

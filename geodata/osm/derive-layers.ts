import { deriveHousing, type DeriveReport } from '../housing/derive-housing.js';
import { rematchForLayer } from '../matching/rematch-for-layer.js';
import { resolveZones, type ZoneReport } from '../zones/resolve-zones.js';
import type { LayerName } from './layers.js';
import { readyTable, type LayerCounts, type MergeTools } from './merge-layers.js';

type Layers = Readonly<Record<LayerName, LayerCounts>>;

/** What was derived from the layers; null where nothing that it depends on changed. */
export type DerivedLayers = {
  readonly zones: ZoneReport | null;
  readonly housing: DeriveReport | null;
};

/**
 * Derives business zones and housing types from merged layers, where these changed, and matches accounts
 * and places anew to all that is different then.
 */
export async function deriveLayers(tools: MergeTools, layers: Layers): Promise<DerivedLayers> {
  const zones = await deriveZones(tools, layers);
  const housing = await deriveTypes(tools, layers);
  await rematch(tools, layers, { zones, housing });
  return { zones, housing };
}

async function deriveZones(
  { client, context }: MergeTools,
  { business_zones: parts, places }: Layers,
): Promise<ZoneReport | null> {
  if (![parts, places].some(hasChanged)) return null;
  const { progress, signal } = context;
  progress.stage('Resolving business zones');
  await client.query('ANALYZE geo.zone_parts, geo.places');
  return resolveZones(client, {
    // Places tell kinds and names apart, and removed parts leave no trace: then all zones are looked at.
    importId: parts.removed > 0 || hasChanged(places) ? undefined : context.importId,
    signal,
    progress: (done, total) => progress.fraction(done / Math.max(1, total)),
  });
}

async function deriveTypes(
  { client, context }: MergeTools,
  { buildings, addresses }: Layers,
): Promise<DeriveReport | null> {
  if (![buildings, addresses].some(hasChanged)) return null;
  const { progress, signal } = context;
  progress.stage('Deriving housing types');
  await client.query('ANALYZE geo.buildings, geo.addresses');
  return deriveHousing(client, {
    importId: buildings.removed + addresses.removed > 0 ? undefined : context.importId,
    signal,
    progress: (done, total) => progress.fraction(done / Math.max(1, total)),
  });
}

async function rematch(
  tools: MergeTools,
  layers: Layers,
  { zones, housing }: DerivedLayers,
): Promise<void> {
  const isConcerned = {
    roads: hasChanged(layers.roads),
    buildings: hasChanged(layers.buildings) || (housing?.changed ?? 0) > 0,
    business_zones: zones !== null && hasChanged(zones),
    places: hasChanged(layers.places),
  };
  const { client, context } = tools;
  for (const layer of ['roads', 'buildings', 'business_zones', 'places'] as const) {
    if (!isConcerned[layer]) continue;
    context.progress.stage(`Matching to ${layer.replace('_', ' ')}`);
    await client.query(`ANALYZE geo.${layer}`);
    const extent = layer === 'business_zones' ? zones?.bbox : await extentOf(tools, layer);
    await rematchForLayer(client, layer, {
      signal: context.signal,
      // What was removed may have lain outside the extent of what is there now.
      bbox: layers[layer].removed > 0 ? undefined : extent,
    });
  }
}

type Changes = {
  readonly inserted: number;
  readonly updated: number;
  readonly removed: number;
};

function hasChanged({ inserted, updated, removed }: Changes): boolean {
  return inserted + updated + removed > 0;
}

type Bbox = readonly [number, number, number, number];

async function extentOf(
  { client, writer }: MergeTools,
  layer: LayerName,
): Promise<Bbox | undefined> {
  const { rows } = await client.query<{ bbox: [number, number, number, number] | null }>(
    `SELECT CASE WHEN e IS NOT NULL THEN ARRAY[ST_XMin(e), ST_YMin(e), ST_XMax(e), ST_YMax(e)] END AS bbox
     FROM (SELECT ST_Extent(geom) AS e FROM ${readyTable(writer, layer)}) s`,
  );
  return rows[0]?.bbox ?? undefined;
}

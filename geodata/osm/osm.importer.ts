import path from 'node:path';
import { z } from 'zod';
import { defineImporter, type ImportOutcome, type ImportSource } from '../importer.js';
import { rematchForLayer } from '../matching/rematch-for-layer.js';
import { layerNames, type LayerName } from './layers.js';
import {
  mergeLayer,
  prepareLayer,
  readyTable,
  type LayerCounts,
  type MergeTools,
} from './merge-layers.js';
import { mergeRoadGraph, removeLooseNodes } from './merge-road-graph.js';
import { stageExtract } from './stage-extract.js';
import { StagingWriter } from './staging-writer.js';

const osmOptions = z.object({
  replace: z
    .boolean()
    .default(false)
    .describe(
      'Remove what an earlier import of a file of this name brought and this one does not hold',
    ),
});

type Layers = Readonly<Record<LayerName, LayerCounts>>;

/** Roads, buildings, business zones, places, addresses and land cover of an OpenStreetMap extract (PBF). */
export const osmImporter = defineImporter({
  name: 'osm',
  describe:
    'Roads, buildings, business zones, places and addresses of an OpenStreetMap extract (.osm.pbf)',
  options: osmOptions,
  async run(source, { replace }, context) {
    const writer = await StagingWriter.create(context);
    await stageExtract(source.path, context, writer);
    return context.database.transaction((client) =>
      writeExtract({ client, context, writer }, source, replace),
    );
  },
});

async function writeExtract(
  tools: MergeTools,
  source: ImportSource,
  replace: boolean,
): Promise<ImportOutcome> {
  const { context } = tools;
  const removal = { sourceName: path.basename(source.path), replace };
  const counts: Partial<Record<LayerName, LayerCounts>> = {};
  for (const layer of layerNames) {
    context.signal.throwIfAborted();
    context.progress.stage(`Writing ${layer.replace('_', ' ')}`);
    await prepareLayer(tools, layer, source);
    counts[layer] = await mergeLayer(tools, layer, removal);
  }
  const layers = counts as Layers;
  const graph = await mergeRoadGraph(tools);
  if (layers.roads.removed > 0) await removeLooseNodes(tools);
  await rematch(tools, layers);
  context.signal.throwIfAborted();
  const sum = (of: (layer: LayerCounts) => number) =>
    Object.values(layers).reduce((total, layer) => total + of(layer), 0);
  return {
    inserted: sum((layer) => layer.inserted),
    updated: sum((layer) => layer.updated),
    unchanged: sum((layer) => layer.unchanged),
    summary: { layers, roadGraph: graph },
  };
}

/** Matches accounts and places anew to the layers that changed, where they changed. */
async function rematch({ client, context, writer }: MergeTools, layers: Layers): Promise<void> {
  const { progress, signal } = context;
  const matched = ['roads', 'buildings', 'business_zones', 'places'] as const;
  for (const layer of matched) {
    const { inserted, updated, removed } = layers[layer];
    if (inserted + updated + removed === 0) continue;
    progress.stage(`Matching to ${layer.replace('_', ' ')}`);
    await client.query(`ANALYZE geo.${layer}`);
    await rematchForLayer(client, layer, {
      signal,
      // What was removed may have lain outside the extent of what is there now.
      bbox: removed > 0 ? undefined : await extentOf({ client, context, writer }, layer),
    });
  }
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

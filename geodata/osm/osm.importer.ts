import { z } from 'zod';
import { defineImporter, type ImportOutcome, type ImportSource } from '../importer.js';
import { networkReport } from '../roads/network-report.js';
import { deriveLayers } from './derive-layers.js';
import { extractName } from './extract-name.js';
import { extractIdOf, findExtract, type Extract } from './extracts.js';
import type { ExtractTally } from './layer-tally.js';
import { layerNames, type LayerName } from './layers.js';
import { mergeLayer, prepareLayer, type LayerCounts, type MergeTools } from './merge-layers.js';
import { mergeRoadGraph, removeLooseNodes } from './merge-road-graph.js';
import { mergeRestrictions } from './merge-restrictions.js';
import { stageExtract, type StagedExtract } from './stage-extract.js';
import { StagingWriter } from './staging-writer.js';

const osmOptions = z.object({
  replace: z
    .boolean()
    .default(false)
    .describe(
      'Remove what an earlier file of the extract brought, this one does not hold, and no other extract holds',
    ),
  extract: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe(
      'Name of the extract, the same for its older and newer files; default the file name without date',
    ),
  country: z
    .string()
    .regex(/^[A-Za-z]{2}$/, 'must be two letters, for example NL')
    .transform((code) => code.toUpperCase())
    .optional()
    .describe('ISO code of the country whose speed limits count; default what the elements say'),
});

/** An id that no extract has: it is entered with its features. */
const newExtract = 0;

type Layers = Readonly<Record<LayerName, LayerCounts>>;

/** Roads, buildings, business zones, places, addresses and land cover of an OpenStreetMap extract (PBF or XML). */
export const osmImporter = defineImporter({
  name: 'osm',
  describe:
    'Roads, buildings, business zones, places and addresses of an OpenStreetMap extract (.osm.pbf, .osm, .osm.gz)',
  options: osmOptions,
  checkedMerges: 0,
  async run(source, options, context) {
    const { database } = context;
    const name = options.extract ?? extractName(source.path);
    const writer = await StagingWriter.create(context);
    const extractId = (await findExtract(database.pool, name)) ?? newExtract;
    const { country } = options;
    const staged = await stageExtract(source.path, context, writer, { extractId, country });
    return database.transaction(async (client) => {
      const id = await extractIdOf(client, name, context.importId);
      const extract = { id, name, replace: options.replace };
      return writeExtract({ client, context, writer }, source, extract, staged);
    });
  },
});

async function writeExtract(
  tools: MergeTools,
  source: ImportSource,
  extract: Extract,
  staged: StagedExtract,
): Promise<ImportOutcome> {
  const { context } = tools;
  const counts: Partial<Record<LayerName, LayerCounts>> = {};
  for (const layer of layerNames) {
    context.signal.throwIfAborted();
    context.progress.stage(`Writing ${layer.replace('_', ' ')}`);
    const rejected = await prepareLayer(tools, layer, source);
    staged.tally.leaveOut([layer], 'the shape has no extent', rejected);
    counts[layer] = await mergeLayer(tools, layer, extract);
  }
  const layers = counts as Layers;
  const roadGraph = await writeRoadGraph(tools, source, extract, layers.roads.removed > 0);
  const derived = await deriveLayers(tools, layers);
  context.signal.throwIfAborted();
  const sum = (of: (layer: LayerCounts) => number) =>
    Object.values(layers).reduce((total, layer) => total + of(layer), 0);
  return {
    inserted: sum((layer) => layer.inserted),
    updated: sum((layer) => layer.updated),
    unchanged: sum((layer) => layer.unchanged),
    summary: {
      extract: extract.name,
      country: staged.country ?? null,
      layers: accountFor(layers, staged.tally),
      roads: staged.roads,
      roadGraph: { ...roadGraph, restrictions: staged.restrictions },
      ...derived,
    },
  };
}

async function writeRoadGraph(
  tools: MergeTools,
  source: ImportSource,
  extract: Extract,
  areRoadsRemoved: boolean,
) {
  const { context, client } = tools;
  context.progress.stage('Writing the road graph');
  const graph = await mergeRoadGraph(tools);
  if (areRoadsRemoved) await removeLooseNodes(tools);
  await mergeRestrictions(tools, source, extract);
  context.progress.stage('Examining the road graph');
  return { ...graph, network: await networkReport(client, extract.id) };
}

/** What became of each layer, with what was found in the file and why some of it is not stored. */
function accountFor(layers: Layers, tally: ExtractTally) {
  const found = tally.summary();
  return Object.fromEntries(
    layerNames.map((layer) => [layer, { ...layers[layer], ...found[layer] }]),
  );
}

import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { OSMTransform } from 'osm-pbf-parser-node';
import { CountryVotes } from '../../geodata/osm/country-votes.js';
import { ExtractTally } from '../../geodata/osm/layer-tally.js';
import { readElements } from '../../geodata/osm/read-elements.js';
import { readNeededNodes, readRelations } from '../../geodata/osm/read-needed.js';
import { silentProgress } from '../../geodata/progress.js';

/** Reads a file as an import does, or only once with the parser beside it, and prints the peak memory in bytes. */
async function run(which: string, file: string): Promise<void> {
  if (which === 'ours') await readAsImport(file);
  else {
    const blocks = createReadStream(file).pipe(new OSMTransform({ withTags: true }));
    blocks.resume();
    await once(blocks, 'end');
  }
  console.log(process.resourceUsage().maxRSS * 1024);
}

async function readAsImport(file: string): Promise<void> {
  const { signal } = new AbortController();
  const context = { progress: silentProgress, signal, countRead: () => undefined };
  const relations = await readRelations(file, context, new ExtractTally());
  const nodes = await readNeededNodes(file, context, relations, new CountryVotes());
  const options = { kinds: ['node'] as const, signal, onFraction: () => undefined };
  for await (const block of readElements(file, options)) {
    for (const node of block) if (node.type === 'node') nodes.set(node.id, node.lon, node.lat);
  }
}

const [which = '', file = ''] = process.argv.slice(2);
await run(which, file);

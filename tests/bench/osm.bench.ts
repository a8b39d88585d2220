import { execFileSync } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { OSMTransform } from 'osm-pbf-parser-node';
import { areaLayers } from '../../geodata/osm/area-feature.js';
import { classifyRoad } from '../../geodata/osm/classify-road.js';
import type { OsmElement } from '../../geodata/osm/elements.js';
import { readElements } from '../../geodata/osm/read-elements.js';
import { writeLargeOsmPbf } from '../support/osm-pbf.js';
import { hasRealData, realData } from '../support/real-data.js';
import { syntheticElements } from './osm-elements.js';
import { reportFigure, reportRatio, takeTurns } from './report.js';

const bench = 'osm';
const beside = 'osm-pbf-parser-node';
const goal = '≤ 1.3';
const sizes = [10_000, 100_000, 1_000_000];
const megabyte = 1024 * 1024;

type Blocks = (file: string) => AsyncIterable<readonly OsmElement[]>;

/** Reads extracts with ours and with the parser beside it: all elements, and with the filter of an import. */
export async function run(): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'catchment-bench-osm-'));
  try {
    const files = hasRealData
      ? ['liechtenstein-2015', 'porto-alegre'].map(
          (name) => [name, realData(`osm/${name}.osm.pbf`)] as const,
        )
      : [];
    for (const [name, file] of files) await compare(name, file);
    for (const size of sizes) {
      const file = path.join(folder, `${size}.osm.pbf`);
      await writeLargeOsmPbf(file, syntheticElements(size));
      await compare(`${size.toLocaleString('en')} synthetic elements`, file);
      reportMemory(size, file);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function compare(name: string, file: string): Promise<void> {
  const [ours, theirs] = [await count(oursOf, file), await count(theirsOf, file)];
  if (ours.elements !== theirs.elements || ours.features !== theirs.features) {
    throw new Error(`${name}: ${JSON.stringify(ours)} is not ${JSON.stringify(theirs)}`);
  }
  for (const [what, work] of [
    ['read', drain],
    ['read and filtered', count],
  ] as const) {
    const times = await takeTurns(
      () => work(oursOf, file),
      () => work(theirsOf, file),
      { rounds: 7 },
    );
    reportRatio({ bench, what: `${name}, ${what}`, beside, ...times, goal });
  }
}

function oursOf(file: string): AsyncIterable<readonly OsmElement[]> {
  const { signal } = new AbortController();
  const kinds = ['node', 'way', 'relation'] as const;
  return readElements(file, { kinds, signal, onFraction: () => undefined });
}

function theirsOf(file: string): AsyncIterable<readonly OsmElement[]> {
  return createReadStream(file).pipe(new OSMTransform({ withTags: true }));
}

async function drain(blocks: Blocks, file: string): Promise<number> {
  let elements = 0;
  for await (const block of blocks(file)) elements += block.length;
  return elements;
}

async function count(
  blocks: Blocks,
  file: string,
): Promise<{ elements: number; features: number }> {
  let [elements, features] = [0, 0];
  for await (const block of blocks(file)) {
    for (const { type, tags } of block) {
      // The first block of the other parser is the header, which has no type.
      if (type === undefined) continue;
      elements += 1;
      if (tags && (classifyRoad(tags) ?? areaLayers(tags).length > 0)) features += 1;
    }
  }
  return { elements, features };
}

/** Peak memory of a process of its own: ours with all that an import keeps, theirs with nothing kept. */
function reportMemory(size: number, file: string): void {
  const script = path.join(path.dirname(fileURLToPath(import.meta.url)), 'osm-memory.ts');
  const peak = (which: string) => {
    const output = execFileSync(process.execPath, ['--import', 'tsx', script, which, file]);
    return Math.round(Number(output.toString().trim()) / megabyte);
  };
  const value = `${peak('ours')} MB with the index of nodes; ${beside} ${peak('theirs')} MB, keeping nothing`;
  reportFigure({ bench, what: `peak memory, ${size.toLocaleString('en')} elements`, value });
}

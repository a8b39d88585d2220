import { Heap } from '../plane/heap.js';
import type { Point } from '../plane/geometry.js';
import { Raster } from '../plane/raster.js';
import { traceArcs, type Arc } from '../plane/trace.js';
import type { Arterials } from '../streets/arterials.js';
import type { SettlementPlan } from './settlements.js';
import { emptyRaster, RIVER, SEA, type Terrain } from './terrain.js';

/** The neighbourhoods as labels of a grid and as borders that neighbours share. */
export type Neighbourhoods = {
  /** 0 sea, else 1 + index of the seed; cells of 20 m. */
  readonly labels: Raster<Int16Array>;
  readonly arcs: readonly Arc[];
};

/**
 * Lets every seed grow over the land, each at its own pace, until all is taken. Rivers and main roads hold
 * growth up, so borders come to lie along them as they do in life.
 */
export function growNeighbourhoods(
  terrain: Terrain,
  plan: SettlementPlan,
  arterials: Arterials,
): Neighbourhoods {
  const base = emptyRaster(20);
  const cells = new Int16Array(base.cells.length);
  const labels = new Raster(cells, base.west, base.south, base.size, base.width, base.height);
  grow(labels, plan, stepCosts(terrain, arterials));
  claimLeftovers(labels, terrain);
  return { labels, arcs: traceArcs(labels, 7, 4) };
}

function stepCosts(terrain: Terrain, arterials: Arterials): Float32Array {
  const { cover, noise } = terrain;
  const costs = new Float32Array(cover.cells.length);
  for (let i = 0; i < costs.length; i++) {
    const { x, y } = cover.centre(i);
    const cell = cover.cells[i]!;
    const rough = 1 + 0.8 * noise.octaves(x - 9_000, y, 650, 2);
    costs[i] = cell === SEA ? Infinity : rough * (cell === RIVER ? 7 : 1);
  }
  const barrier = (line: readonly Point[], factor: number) =>
    cover.stroke(line, 17, (i) => {
      costs[i] = Math.max(costs[i]!, factor);
    });
  for (const chain of arterials.chains) barrier(chain.points, chain.rank === 'tertiary' ? 4 : 11);
  barrier(arterials.motorway, 16);
  for (let i = 0; i < costs.length; i++) if (cover.cells[i] === SEA) costs[i] = Infinity;
  return costs;
}

function grow(labels: Raster<Int16Array>, plan: SettlementPlan, costs: Float32Array): void {
  const { cells, width } = labels;
  const best = new Float64Array(cells.length).fill(Infinity);
  const heap = new Heap();
  plan.seeds.forEach((seed, i) => {
    const start = labels.index(seed.centre.x, seed.centre.y);
    best[start] = 0;
    cells[start] = i + 1;
    heap.push(0, start);
  });
  const steps = [1, -1, width, -width, width + 1, width - 1, -width + 1, -width - 1];
  while (heap.size > 0) {
    const { key, value: index } = heap.pop();
    if (key > best[index]!) continue;
    const label = cells[index]!;
    const { reach } = plan.seeds[label - 1]!;
    steps.forEach((step, k) => {
      const next = index + step;
      if (next < 0 || next >= cells.length) return;
      const reached = key + ((k < 4 ? 1 : Math.SQRT2) * labels.size * costs[next]!) / reach;
      if (reached >= best[next]!) return;
      best[next] = reached;
      cells[next] = label;
      heap.push(reached, next);
    });
  }
}

/** Land that no seed reached (a far bank, say) becomes sea for the borders, as it has no people. */
function claimLeftovers(labels: Raster<Int16Array>, terrain: Terrain): void {
  for (let i = 0; i < labels.cells.length; i++) {
    if (labels.cells[i] === 0 && terrain.cover.cells[i] !== SEA) terrain.cover.cells[i] = SEA;
  }
}

import type { AddedPoints } from '../../../server/contract/account-points.js';
import { pointLimit } from '../../../server/contract/point-columns.js';
import { roundUp } from '../round-up.js';
import { clusterPoints, type Clusters } from './cluster-points.js';
import { heatGrid, type HeatGrid, type HeatRequest } from './heat-grid.js';
import { nearestPoint } from './nearest-point.js';
import { classesOf, countClasses, describeClasses, sizesOf } from './paint-points.js';
import { codeOf, PointColumns, type CategoryColumn } from './point-columns.js';
import { EditionGoneError, PointRequests } from './point-requests.js';
import { chunksOf, forEachInBox, type PointSet, type WorldBox } from './point-set.js';
import type { BoxTotals, PointFound, PointPart, ShowAnswer, ShowRequest } from './protocol.js';

/** How often a new edition is followed before it is said to have failed. */
const editionRetries = 3;

/** The value that sizes end at is looked for among so many points. */
const sampleSize = 50_000;

/** The accounts one by one as the worker keeps them: fetches, filters, gathers and finds. */
export class PointStore {
  readonly #requests: PointRequests;
  #columns: PointColumns | undefined;
  #addedIds: readonly number[] = [];
  #sets: readonly PointSet[] = [];
  #running: AbortController | undefined;

  constructor(send: typeof fetch) {
    this.#requests = new PointRequests(send);
  }

  /** Fetches what is missing and answers what to draw. A new call ends the one before. */
  async show(request: ShowRequest): Promise<ShowAnswer> {
    this.#running?.abort();
    const controller = new AbortController();
    this.#running = controller;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#show(request, controller.signal);
      } catch (error) {
        if (!(error instanceof EditionGoneError) || attempt === editionRetries) throw error;
      }
    }
  }

  /** How many of the shown points lie in a box, and the sum of their values. */
  totals(box: WorldBox): BoxTotals {
    let count = 0;
    let sum = 0;
    for (const set of this.#sets) {
      forEachInBox(set, box, (row) => {
        count += 1;
        sum += set.values?.[row] ?? 0;
      });
    }
    return { count, sum };
  }

  nearest(input: { x: number; y: number; radius: number }): PointFound | null {
    const found = nearestPoint(this.#sets, input, input.radius);
    if (found === null) return null;
    const [base] = this.#sets;
    const isAdded = base !== undefined && found.row >= base.length;
    const set = isAdded ? this.#sets[1] : base;
    const row = isAdded ? found.row - base.length : found.row;
    return {
      ...found,
      classIndex: set?.classes[row] ?? 0,
      value: set?.values?.[row] ?? null,
    };
  }

  clusters({ box, zoom }: { box: WorldBox; zoom: number }): Clusters {
    return clusterPoints(this.#sets, box, zoom);
  }

  heat(request: HeatRequest): HeatGrid {
    return heatGrid(this.#sets, request);
  }

  /** Id of the account that a point is. */
  async idOf({ row }: { row: number }): Promise<number> {
    const columns = this.#columns;
    if (columns === undefined) throw new Error('There are no points yet.');
    const added = this.#addedIds[row - columns.rows];
    return added ?? this.#requests.idOf(columns.edition, row);
  }

  async #show(request: ShowRequest, signal: AbortSignal): Promise<ShowAnswer> {
    const { header, payload: bits } = await this.#requests.mask(request.filter, signal);
    if (header.isTooMany) {
      this.#sets = [];
      return { status: 'too-many', rows: header.rows, limit: pointLimit };
    }
    const known = this.#columns;
    const columns =
      known?.edition === header.edition ? known : new PointColumns(header, this.#requests);
    const [positions, category, values] = await Promise.all([
      columns.positions(request.isFine, signal),
      request.category && columns.category(request.category, signal),
      request.value && columns.value(request.value, signal),
    ]);
    signal.throwIfAborted();
    this.#columns = columns;
    this.#addedIds = header.added.ids;
    const base: PointSet = {
      length: columns.rows,
      positions,
      classes: classesOf(bits, category?.codes ?? null, columns.rows),
      values,
      chunks: columns.chunks(positions),
    };
    const added = setOfAdded(header.added, request, category);
    this.#sets = [base, added];
    return this.#answer(request, columns.positionsKey, category);
  }

  #answer(request: ShowRequest, positionsKey: string, category: CategoryColumn | null): ShowAnswer {
    const [base, added] = this.#sets as [PointSet, PointSet];
    const counts = countClasses([base.classes, added.classes]);
    const top = request.value === null ? 0 : topOf(this.#sets);
    return {
      status: 'ready',
      positionsKey,
      parts: [partOf(base, top, positionsKey !== request.positionsKey), partOf(added, top, true)],
      classes: category ? describeClasses(counts, category.values, category.labels) : [],
      count: base.length + added.length - (counts[0] as number),
      sum: this.#sets.reduce((sum, set) => sum + sumOf(set), 0),
      top,
    };
  }
}

/** Sum of the values of the shown points; 0 where accounts are only counted. */
function sumOf({ values, classes, length }: PointSet): number {
  let sum = 0;
  if (values === null) return sum;
  for (let row = 0; row < length; row += 1) if (classes[row] !== 0) sum += values[row] as number;
  return sum;
}

/** Copies of what is drawn: they are handed over, while the worker goes on to compute with its own. */
function partOf(set: PointSet, top: number, withPositions: boolean): PointPart {
  return {
    positions: withPositions ? set.positions.slice() : null,
    length: set.length,
    chunks: set.chunks,
    classes: set.classes.slice(),
    sizes: set.values && top > 0 ? sizesOf(set.values, top) : null,
  };
}

function setOfAdded(
  { xs, ys, categories, values }: AddedPoints,
  request: ShowRequest,
  category: CategoryColumn | null,
): PointSet {
  const positions = Uint32Array.from(xs.flatMap((x, row) => [x, ys[row] as number]));
  const codes =
    request.category &&
    category &&
    Uint8Array.from(categories[request.category], (value) => codeOf(value, category.values));
  const everyBit = new Uint8Array(Math.ceil(xs.length / 8)).fill(0xff);
  return {
    length: xs.length,
    positions,
    classes: classesOf(everyBit, codes, xs.length),
    values: request.value && Float64Array.from(values[request.value]),
    chunks: chunksOf(positions),
  };
}

/** A round value that 98 % of the shown points do not exceed. */
function topOf(sets: readonly PointSet[]): number {
  const shown = sets.reduce((sum, { length }) => sum + length, 0);
  const step = Math.max(1, Math.ceil(shown / sampleSize));
  const sample: number[] = [];
  for (const { values, classes, length } of sets) {
    for (let row = 0; row < length; row += step) {
      const value = values?.[row] ?? 0;
      if (classes[row] !== 0 && value > 0) sample.push(value);
    }
  }
  sample.sort((a, b) => a - b);
  return roundUp(sample[Math.ceil((sample.length - 1) * 0.98)] ?? 0);
}

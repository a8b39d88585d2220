import type {
  PointCategory,
  PointMaskHeader,
  PointValue,
} from '../../../server/contract/account-points.js';
import { otherCode } from '../../../server/contract/point-columns.js';
import { decodePositions, decodeValues, refinePositions } from './decode-points.js';
import type { PointRequests } from './point-requests.js';
import { chunksOf, type PointChunks } from './point-set.js';

/** Codes of a category a row, and the values they stand for from code 1 on. */
export interface CategoryColumn {
  readonly codes: Uint8Array;
  readonly values: readonly string[];
  /** What the values are called where they are only ids. */
  readonly labels: readonly string[] | null;
}

/** The columns of one edition, each fetched when it is first needed and kept. */
export class PointColumns {
  readonly edition: string;
  readonly rows: number;
  readonly #requests: PointRequests;
  readonly #categories = new Map<PointCategory, CategoryColumn>();
  readonly #values = new Map<PointValue, Float64Array<ArrayBuffer>>();
  #positions: Uint32Array<ArrayBuffer> | undefined;
  #chunks: PointChunks | undefined;
  #isFine = false;

  constructor({ edition, rows }: PointMaskHeader, requests: PointRequests) {
    this.edition = edition;
    this.rows = rows;
    this.#requests = requests;
  }

  /** Names the positions as they are; it changes when they become finer. */
  get positionsKey(): string {
    return `${this.edition} ${this.#isFine ? 'fine' : 'coarse'}`;
  }

  async positions(isFine: boolean, signal: AbortSignal): Promise<Uint32Array<ArrayBuffer>> {
    if (this.#positions === undefined) {
      const { payload } = await this.#requests.column(this.edition, 'positions', signal);
      this.#positions = decodePositions(payload, this.rows);
      this.#chunks = undefined;
    }
    if (isFine && !this.#isFine) {
      const { payload } = await this.#requests.column(this.edition, 'fine', signal);
      refinePositions(this.#positions, payload);
      this.#isFine = true;
      this.#chunks = undefined;
    }
    return this.#positions;
  }

  /** The chunks of positions that were fetched. */
  chunks(positions: Uint32Array): PointChunks {
    return (this.#chunks ??= chunksOf(positions));
  }

  async category(name: PointCategory, signal: AbortSignal): Promise<CategoryColumn> {
    const known = this.#categories.get(name);
    if (known) return known;
    const { header, payload } = await this.#requests.column(this.edition, name, signal);
    const { values = [], labels = null } = header;
    const column = { codes: payload, values, labels };
    this.#categories.set(name, column);
    return column;
  }

  async value(name: PointValue, signal: AbortSignal): Promise<Float64Array<ArrayBuffer>> {
    const known = this.#values.get(name);
    if (known) return known;
    const { payload } = await this.#requests.column(this.edition, name, signal);
    const values = decodeValues(payload, this.rows);
    this.#values.set(name, values);
    return values;
  }
}

/** The code of a value among the values of an edition; one that it did not hold counts as other. */
export function codeOf(value: string | null, values: readonly string[]): number {
  if (value === null) return 0;
  const index = values.indexOf(value);
  return index < 0 ? otherCode : index + 1;
}

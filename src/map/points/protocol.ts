import type { PointCategory, PointValue } from '../../../server/contract/account-points.js';
import type { Clusters } from './cluster-points.js';
import type { HeatGrid, HeatRequest } from './heat-grid.js';
import type { PointClass } from './paint-points.js';
import type { PointChunks, WorldBox } from './point-set.js';

/** What is asked to be shown. */
export interface ShowRequest {
  /** Query string of the account filter, without `?`. */
  readonly filter: string;
  /** What classes are of; null where all points look the same. */
  readonly category: PointCategory | null;
  /** What sizes and sums are of; null where accounts are counted. */
  readonly value: PointValue | null;
  /** Whether positions must be exact to less than a metre. */
  readonly isFine: boolean;
  /** Positions that the page has already, as `key` of an earlier answer; they are not handed out again. */
  readonly positionsKey: string;
}

/** Points as the graphics card takes them. */
export interface PointPart {
  /** Null where the page has them. */
  readonly positions: Uint32Array<ArrayBuffer> | null;
  readonly length: number;
  readonly chunks: PointChunks;
  readonly classes: Uint8Array<ArrayBuffer>;
  readonly sizes: Uint8Array<ArrayBuffer> | null;
}

export type ShowAnswer =
  | { readonly status: 'too-many'; readonly rows: number; readonly limit: number }
  | {
      readonly status: 'ready';
      readonly positionsKey: string;
      /** Points of the edition, and those added since. */
      readonly parts: readonly [base: PointPart, added: PointPart];
      readonly classes: readonly PointClass[];
      /** Shown points and the sum of their values, exact. */
      readonly count: number;
      readonly sum: number;
      /** The value that the largest size stands for, 0 where there are no sizes. */
      readonly top: number;
    };

/** A point under the pointer. */
export interface PointFound {
  readonly row: number;
  readonly x: number;
  readonly y: number;
  /** Points at the same position, itself included. */
  readonly count: number;
  readonly classIndex: number;
  readonly value: number | null;
}

export interface BoxTotals {
  readonly count: number;
  readonly sum: number;
}

/** What the worker can be asked, by name: what it is given and what it answers. */
export interface PointCalls {
  show: { input: ShowRequest; output: ShowAnswer };
  totals: { input: WorldBox; output: BoxTotals };
  nearest: { input: { x: number; y: number; radius: number }; output: PointFound | null };
  clusters: { input: { box: WorldBox; zoom: number }; output: Clusters };
  heat: { input: HeatRequest; output: HeatGrid };
  idOf: { input: { row: number }; output: number };
}

export type PointCallName = keyof PointCalls;

export interface PointCall {
  readonly id: number;
  readonly name: PointCallName;
  readonly input: PointCalls[PointCallName]['input'];
}

export type PointReply =
  | { readonly id: number; readonly output: PointCalls[PointCallName]['output'] }
  | { readonly id: number; readonly error: string };

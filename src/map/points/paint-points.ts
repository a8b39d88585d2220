import { noneCode, otherCode } from '../../../server/contract/point-columns.js';

/** Classes with a colour of their own; more cannot be told apart. */
export const namedClasses = 11;

/** Class of points without a value, of the first value, and of all beyond the named. */
export const noneClass = 1;
export const firstClass = 2;
export const otherClass = firstClass + namedClasses;

/** One more than the highest class. */
export const classCount = otherClass + 1;

/** What a class of points stands for, and how many points are in it: exact. */
export interface PointClass {
  readonly index: number;
  /** Null for what has no value; 'other' holds what has no class of its own. */
  readonly value: string | null;
  readonly kind: 'value' | 'none' | 'other';
  /** What the value is called where it is only an id. */
  readonly label: string | null;
  readonly count: number;
}

/** The class of a code: codes are given by how often they occur. */
export function classOfCode(code: number): number {
  if (code === noneCode) return noneClass;
  return code === otherCode || code > namedClasses ? otherClass : firstClass + code - 1;
}

/** A class a point: 0 where its bit is not set, that of its code, or 2 where there are no codes. */
export function classesOf(
  bits: Uint8Array,
  codes: Uint8Array | null,
  rows: number,
): Uint8Array<ArrayBuffer> {
  const classes = new Uint8Array(rows);
  const table = Uint8Array.from({ length: 256 }, (_, code) => classOfCode(code));
  for (let row = 0; row < rows; row += 1) {
    if (((bits[row >> 3] as number) & (1 << (row & 7))) === 0) continue;
    classes[row] = codes === null ? firstClass : (table[codes[row] as number] as number);
  }
  return classes;
}

/** How many points each class holds, by class. */
export function countClasses(parts: readonly Uint8Array[]): Uint32Array {
  const counts = new Uint32Array(256);
  for (const classes of parts) {
    for (let row = 0; row < classes.length; row += 1) counts[classes[row] as number]! += 1;
  }
  return counts;
}

/** The classes that occur, in the order of their values. */
export function describeClasses(
  counts: Uint32Array,
  values: readonly string[],
  labels: readonly string[] | null,
): PointClass[] {
  const described: PointClass[] = [];
  for (let index = firstClass; index < otherClass; index += 1) {
    const value = values[index - firstClass];
    if (value === undefined) break;
    const label = labels?.[index - firstClass] ?? null;
    described.push({ index, value, kind: 'value', label, count: counts[index] as number });
  }
  const add = (index: number, kind: 'none' | 'other') => {
    const count = counts[index] as number;
    if (count > 0) described.push({ index, value: null, kind, label: null, count });
  };
  add(otherClass, 'other');
  add(noneClass, 'none');
  return described;
}

/** A size a point from 0 to 255 by the root of its value, so that areas compare; `top` and above are 255. */
export function sizesOf(values: Float64Array, top: number): Uint8Array<ArrayBuffer> {
  const sizes = new Uint8Array(values.length);
  for (let row = 0; row < values.length; row += 1) {
    const share = (values[row] as number) / top;
    sizes[row] = share <= 0 ? 0 : share >= 1 ? 255 : Math.round(Math.sqrt(share) * 255);
  }
  return sizes;
}

/** Tags of an OpenStreetMap element, as they stand there. */
export type Tags = Readonly<Record<string, string>>;

/** Sets a tag; one that is called like the hidden property of objects becomes an ordinary entry. */
export function setTag(tags: Record<string, string>, key: string, value: string): void {
  if (key !== '__proto__') tags[key] = value;
  else Object.defineProperty(tags, key, { value, enumerable: true });
}

/** The first of these tags that has a value other than blanks. */
export function firstTag(tags: Tags, ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = tags[key]?.trim();
    if (value) return value;
  }
  return undefined;
}

/** The entry of a table for a tag value, never one that every object inherits. */
export function lookUp<Value>(
  table: Readonly<Record<string, Value>>,
  value: string | undefined,
): Value | undefined {
  return value !== undefined && Object.hasOwn(table, value) ? table[value] : undefined;
}

/** Whether a yes-or-no tag says yes: any value but `no`, `false` and `0`. */
export function isYes(value: string | undefined): boolean {
  return value !== undefined && value !== 'no' && value !== 'false' && value !== '0';
}

/** The first of several values written with semicolons. */
export function firstValue(value: string): string {
  return value.split(';')[0]?.trim() ?? '';
}

/** A whole number within limits, decimals cut off; undefined for anything else. */
export function parseCount(
  value: string | undefined,
  least: number,
  most: number,
): number | undefined {
  if (value === undefined) return undefined;
  const match = /^\s*(\d{1,9})(?:[.,]\d+)?\s*$/.exec(firstValue(value));
  const count = match ? Number(match[1]) : NaN;
  return count >= least && count <= most ? count : undefined;
}

import { deriveType } from '../../../geodata/housing/derive-type.js';
import { isRight, truthOf, type TaggedBuilding } from '../../../geodata/housing/fit-confidences.js';
import type { Finding } from '../../../geodata/housing/housing-rules.js';

/** Counts by what is true (rows) and what was found (columns). */
export type Confusion = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Counts pairs of what is true and what was found. */
export function countPairs(pairs: Iterable<readonly [string, string]>): Confusion {
  const counts = new Map<string, Map<string, number>>();
  for (const [truth, found] of pairs) {
    const row = counts.get(truth) ?? new Map<string, number>();
    counts.set(truth, row.set(found, (row.get(found) ?? 0) + 1));
  }
  return counts;
}

/** A Markdown table: rows as they are listed, then others by name; only columns that hold something. */
export function confusionTable(
  counts: Confusion,
  {
    corner,
    rows,
    columns,
  }: { corner: string; rows: readonly string[]; columns: readonly string[] },
): string {
  const others = [...counts.keys()].filter((name) => !rows.includes(name)).sort();
  const shownRows = [...rows.filter((name) => counts.has(name)), ...others];
  const shown = columns.filter((name) => shownRows.some((row) => counts.get(row)?.has(name)));
  const lines = shownRows.map((row) => {
    const cells = shown.map((column) => counts.get(row)?.get(column) ?? 0);
    return [row, ...cells, cells.reduce((sum, cell) => sum + cell, 0)];
  });
  const header = [corner, ...shown, 'all'];
  const dashes = header.map((_, i) => (i === 0 ? '---' : '---:'));
  return [header, dashes, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export const derivedColumns = [
  'detached',
  'semi_detached',
  'terrace',
  'apartments',
  'other_residential',
  'non_residential',
  'unknown',
];

export const tagRows = [
  'house',
  'apartments',
  'residential',
  'non_residential',
  'yes, small, in a register import',
  'farm',
  'houseboat',
];

/** What is derived of tagged buildings when their tag is hidden, as a table and in one sentence. */
export function hiddenTagTable(buildings: readonly TaggedBuilding[]): string {
  const tagged = buildings.filter(
    (building) => building.taggedType !== 'unknown' || truthOf(building) !== undefined,
  );
  const pairs = tagged.map(
    (building) =>
      [rowOf(building), deriveType(building, 'unknown')?.housingType ?? 'unknown'] as const,
  );
  const judged = tagged.flatMap((building) => {
    const found = deriveType(building, 'unknown');
    const right = found && isRight(findingOf(found.housingType), truthOf(building));
    return right === undefined ? [] : [right];
  });
  const right = judged.filter(Boolean).length;
  const answered = pairs.filter(([, found]) => found !== 'unknown').length;
  const share = (part: number, whole: number) => `${Math.round((100 * part) / whole)} %`;
  return [
    confusionTable(countPairs(pairs), {
      corner: 'tagged \\ derived',
      rows: tagRows,
      columns: derivedColumns,
    }),
    '',
    `${answered} of ${tagged.length} get a type (${share(answered, tagged.length)}). Where the tag can ` +
      `tell, ${right} of ${judged.length} are right (${share(right, judged.length)}).`,
  ].join('\n');
}

function rowOf(building: TaggedBuilding): string {
  const { taggedType } = building;
  if (taggedType === 'unknown') return 'yes, small, in a register import';
  return truthOf(building) ?? taggedType;
}

function findingOf(housingType: string): Finding {
  if (housingType === 'apartments' || housingType === 'non_residential') return housingType;
  return housingType === 'other_residential' ? 'residential' : 'house';
}

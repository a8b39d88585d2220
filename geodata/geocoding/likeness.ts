import { toKey } from './normalise.js';

/**
 * Edits that turn one text into the other: insertions, deletions, substitutions and swaps of neighbours, each
 * stretch edited once (optimal string alignment; Damerau 1964, Communications of the ACM 7(3)).
 */
export function editDistance(a: string, b: string): number {
  if (a === b) return 0;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, beforeLast[j - 2]! + 1);
      }
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}

/** 1 for equal texts, 0 for texts without anything in common. */
export function likeness(a: string, b: string): number {
  const longest = Math.max(a.length, b.length);
  return longest === 0 ? 1 : 1 - editDistance(a, b) / longest;
}

/** A name in its compared forms. */
export type NameForms = { readonly plain: string; readonly key: string };

/** Equal but for blanks, as `Johnny Jordaan plein`: as good as equal, yet behind what is equal. */
const withoutBlanks = 0.99;
/** Numbers in names are not misspelled: 1e and 2e Dwarsstraat are two streets. */
const otherNumbers = 0.6;

/** How alike two names are, whatever their abbreviations. */
export function nameLikeness(wanted: NameForms, found: NameForms): number {
  if (wanted.key === found.key) return 1;
  const wantedKey = wanted.key.replaceAll(' ', '');
  const foundKey = found.key.replaceAll(' ', '');
  if (wantedKey === foundKey) return withoutBlanks;
  const best = Math.max(likeness(wanted.plain, found.plain), likeness(wantedKey, foundKey));
  const isSameNumbers = numbersOf(wanted.key) === numbersOf(found.key);
  return isSameNumbers ? Math.min(best, withoutBlanks) : best * otherNumbers;
}

/** Forms of a plain text. */
export function formsOf(plain: string): NameForms {
  return { plain, key: toKey(plain) };
}

function numbersOf(key: string): string {
  return (key.match(/\d+/g) ?? []).join(' ');
}

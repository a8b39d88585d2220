import { isUtf8 } from 'node:buffer';
import { analyse } from 'chardet';
import iconv from 'iconv-lite';
import { AppError } from '../../server/errors.js';
import type { FoundEncoding } from '../readers/source-row.js';

const marks: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-32le', [0xff, 0xfe, 0, 0]],
  ['utf-32be', [0, 0, 0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** Sets that hold another one whole: text said to be of the latter is of the former in practice. */
const wider: Readonly<Record<string, string>> = {
  'iso-8859-1': 'windows-1252',
  'iso-8859-2': 'windows-1250',
  'iso-8859-5': 'windows-1251',
  'iso-8859-7': 'windows-1253',
  'iso-8859-8': 'windows-1255',
  'iso-8859-9': 'windows-1254',
  latin1: 'windows-1252',
  ascii: 'utf-8',
  utf8: 'utf-8',
};

/** Sets of one byte a character that are weighed by how their letters fall, beside what chardet proposes. */
const weighed = ['windows-1252', 'windows-1250', 'windows-1251', 'cp850', 'windows-1254'] as const;

/** The character set that a person named; throws an AppError where there is none of that name. */
export function encodingOption(name: string): FoundEncoding {
  const lower = name.trim().toLowerCase();
  if (!iconv.encodingExists(lower)) {
    throw new AppError('validation', `There is no character set ${name}; try utf-8 or latin1.`);
  }
  return { name: lower === 'utf8' ? 'utf-8' : lower, by: 'option' };
}

/**
 * The character set of text from its first bytes: by its mark, by being valid UTF-8, by the zeros of
 * UTF-16, else the likeliest by the letters it gives.
 */
export function detectEncoding(bytes: Uint8Array): FoundEncoding {
  for (const [name, mark] of marks) {
    if (mark.every((byte, at) => bytes[at] === byte)) return { name, by: 'mark' };
  }
  const wide = wideEncoding(bytes);
  if (wide) return { name: wide, by: 'content' };
  if (isUtf8(bytes.subarray(0, completeUtf8(bytes)))) return { name: 'utf-8', by: 'content' };
  return { name: likeliest(bytes), by: 'guess' };
}

/** UTF-16 without a mark: every other byte of Western text is zero. */
function wideEncoding(bytes: Uint8Array): string | undefined {
  const length = Math.min(bytes.length, 4096) & ~1;
  if (length < 8) return undefined;
  let [even, odd] = [0, 0];
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] === 0) even++;
    if (bytes[at + 1] === 0) odd++;
  }
  if (odd > length / 4 && even < length / 100) return 'utf-16le';
  return even > length / 4 && odd < length / 100 ? 'utf-16be' : undefined;
}

/** Where the last whole character of UTF-8 ends: a sample may be cut within one. */
export function completeUtf8(bytes: Uint8Array): number {
  const end = bytes.length;
  for (let back = 1; back <= Math.min(3, end); back++) {
    const byte = bytes[end - back] as number;
    if (byte < 0x80) return end;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? end - back : end;
  }
  return end;
}

/** Bytes looked at to guess: enough for letters to show their habits. */
const guessBytes = 64 * 1024;

function likeliest(bytes: Uint8Array): string {
  const sample = telling(bytes);
  const proposed = new Map<string, number>();
  for (const { name, confidence } of analyse(sample)) {
    const lower = name.toLowerCase();
    const encoding = wider[lower] ?? lower;
    if (encoding === 'utf-8' || !iconv.encodingExists(encoding)) continue;
    proposed.set(encoding, Math.max(proposed.get(encoding) ?? 0, confidence));
  }
  const candidates = new Set([...weighed, ...proposed.keys()]);
  const rated = [...candidates].map((name) => ({
    name,
    rate: plausibility(iconv.decode(Buffer.from(sample), name)) + (proposed.get(name) ?? 0) / 200,
  }));
  const best = Math.max(...rated.map(({ rate }) => rate));
  return rated.find(({ rate }) => rate === best)?.name ?? 'windows-1252';
}

/** The lines of a sample that hold bytes above ASCII; the others say nothing of the set. */
function telling(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let from = 0; from < bytes.length && length < guessBytes;) {
    const newline = bytes.indexOf(0x0a, from);
    const end = newline < 0 ? bytes.length : newline + 1;
    const line = bytes.subarray(from, end);
    if (line.some((byte) => byte >= 0x80)) {
      parts.push(line);
      length += line.length;
    }
    from = end;
  }
  return Buffer.concat(parts).subarray(0, guessBytes);
}

/** Letters that the languages written in these sets use often. */
const common =
  /[àáâãäåæçèéêëíîïñóôõöøúûüßœąćęłńśźżčďěňřšťůžőűășțğşıİаеинорстлвкмдпуяйзбгьчхжшыюё]/i;

/**
 * How much like words the characters above ASCII look, about 0 to 1: letters next to letters of the same
 * case are likely; signs within words, capitals behind small letters and control characters are not.
 */
function plausibility(text: string): number {
  let [points, seen] = [0, 0];
  for (const match of text.matchAll(/[^\0-\x7f]/gu)) {
    const character = match[0];
    const before = text[match.index - 1] ?? ' ';
    const after = text[match.index + character.length] ?? ' ';
    seen += 1;
    points += pointsOf(character, before, after);
  }
  return seen === 0 ? 0 : points / seen;
}

function pointsOf(character: string, before: string, after: string): number {
  if (character === '\ufffd' || /[\u0080-\u009f\ue000-\uf8ff]/.test(character)) return -1;
  const isInWord = /\p{L}/u.test(before) || /\p{L}/u.test(after);
  if (!/\p{L}/u.test(character)) return isInWord && /\p{L}/u.test(before + after) ? -0.5 : 0.3;
  if (/\p{Ll}/u.test(before) && /\p{Lu}/u.test(character)) return -0.5;
  if (/\p{Lo}/u.test(character)) return 0.6;
  const isMixed = isOtherScript(character, before) || isOtherScript(character, after);
  if (isMixed) return -0.5;
  return common.test(character) ? 1 : 0.3;
}

function isOtherScript(character: string, neighbour: string): boolean {
  const isCyrillic = /\p{Script=Cyrillic}/u;
  const isLatin = /\p{Script=Latin}/u;
  return (
    (isCyrillic.test(character) && isLatin.test(neighbour)) ||
    (isLatin.test(character) && isCyrillic.test(neighbour))
  );
}

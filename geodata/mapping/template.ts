import { AppError } from '../../server/errors.js';

/**
 * A text with columns in braces: `{column}`, `{column:8}` for its first 8 characters, `{column:2-6}` for
 * the characters from the third to the sixth.
 */
export type Template = {
  readonly columns: readonly string[];
  /** The text for a row, or null where one of its columns is empty. */
  fill(valueOf: (column: string) => string | null): string | null;
};

type Part = string | { readonly column: string; readonly start: number; readonly end: number };

const placeholder = /\{([^{}:]+)(?::(\d+)(?:-(\d+))?)?\}/g;

/** Parses a template; throws an AppError where a brace is left over. */
export function parseTemplate(text: string): Template {
  const parts: Part[] = [];
  let position = 0;
  for (const match of text.matchAll(placeholder)) {
    parts.push(text.slice(position, match.index), toPart(match));
    position = match.index + match[0].length;
  }
  parts.push(text.slice(position));
  if (parts.some((part) => typeof part === 'string' && /[{}]/.test(part))) {
    throw new AppError('validation', `The template ${text} has a brace that names no column.`);
  }
  const columns = parts.flatMap((part) => (typeof part === 'string' ? [] : [part.column]));
  return { columns, fill: (valueOf) => fillParts(parts, valueOf) };
}

/** Whether a text names columns in braces. */
export function isTemplate(text: string): boolean {
  return text.includes('{');
}

function toPart([, column = '', first, last]: RegExpMatchArray): Part {
  if (first === undefined) return { column, start: 0, end: Infinity };
  if (last === undefined) return { column, start: 0, end: Number(first) };
  return { column, start: Number(first), end: Number(last) };
}

function fillParts(
  parts: readonly Part[],
  valueOf: (column: string) => string | null,
): string | null {
  let text = '';
  for (const part of parts) {
    const value =
      typeof part === 'string' ? part : valueOf(part.column)?.slice(part.start, part.end);
    if (value === undefined) return null;
    text += value;
  }
  return text;
}

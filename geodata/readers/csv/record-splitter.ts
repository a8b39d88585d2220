import { AppError } from '../../../server/errors.js';

/** How the records of a text are written; both are single characters. */
export type CsvFormat = { readonly separator: string; readonly quote: string };

/** Records in the order of the text: fields trimmed, with the line on which each record begins. */
export type CsvRecords = { readonly lines: number[]; readonly records: string[][] };

type Field = { readonly value: string; readonly end: number };

/** A quote that is never closed would otherwise take the rest of the file for one field. */
const longestRecord = 16 * 2 ** 20;

/**
 * Splits separated text into records, piece by piece as it is read.
 *
 * Fields may stand in quotes and then hold separators, line ends and doubled quotes (RFC 4180). A quote in
 * the middle of a field, or one that text follows, is an ordinary character. Lines may end in LF, CRLF or
 * CR; blank lines are skipped but counted.
 */
export class RecordSplitter {
  readonly #separator: string;
  readonly #quote: string;
  readonly #isBlankSeparator: boolean;
  #newline: string | undefined;
  #rest = '';
  #line = 1;
  #hasBegun = false;

  constructor({ separator, quote }: CsvFormat) {
    this.#separator = separator;
    this.#quote = quote;
    this.#isBlankSeparator = separator.trim() === '';
  }

  /**
   * The records that are complete with this piece of text; with the last piece all that are left.
   * Throws an AppError where a quote is opened and never closed.
   */
  split(piece: string, isLast = false): CsvRecords {
    let text = this.#rest + piece;
    if (!this.#hasBegun && text !== '') {
      this.#hasBegun = true;
      if (text.startsWith('\ufeff')) text = text.slice(1);
    }
    const found: CsvRecords = { lines: [], records: [] };
    this.#newline ??= newlineOf(text, isLast);
    if (this.#newline === undefined && !isLast) this.#rest = text;
    else this.#rest = text.slice(this.#takeRecords(text, isLast, found));
    if (this.#rest.length > longestRecord) throw this.#unclosed();
    return found;
  }

  /** Adds complete records to `found` and returns where the first incomplete one begins. */
  #takeRecords(text: string, isLast: boolean, found: CsvRecords): number {
    const newline = this.#newline ?? '\n';
    let from = 0;
    let quoteAt = text.indexOf(this.#quote);
    while (from < text.length) {
      let end = text.indexOf(newline, from);
      if (end < 0) {
        if (!isLast) return from;
        end = text.length;
      }
      if (quoteAt >= 0 && quoteAt < from) quoteAt = text.indexOf(this.#quote, from);
      if (quoteAt >= 0 && quoteAt < end) {
        const after = this.#takeQuoted(text, from, isLast, found);
        if (after === undefined) return from;
        from = after;
        continue;
      }
      this.#takePlain(text.slice(from, end), found);
      from = end + 1;
    }
    return text.length;
  }

  #takePlain(line: string, found: CsvRecords): void {
    const number = this.#line++;
    const content = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (content === '' || (!this.#isBlankSeparator && content.trim() === '')) return;
    const fields = content.split(this.#separator);
    for (let i = 0; i < fields.length; i++) {
      const field = fields[i]!;
      if (hasBlankEnd(field)) fields[i] = field.trim();
    }
    found.lines.push(number);
    found.records.push(fields);
  }

  /** A record with a quote in it: returns where the next begins, undefined where more text is needed. */
  #takeQuoted(text: string, from: number, isLast: boolean, found: CsvRecords): number | undefined {
    const fields: string[] = [];
    for (let at = from; ; at++) {
      const field = this.#fieldAt(text, at, isLast);
      if (field === undefined) return undefined;
      fields.push(field.value);
      at = field.end;
      if (text[at] === this.#separator) continue;
      if (at >= text.length && !isLast) return undefined;
      found.lines.push(this.#line);
      found.records.push(fields);
      const after = Math.min(at + 1, text.length);
      this.#line += at >= text.length ? 0 : 1;
      this.#line += occurrences(text, this.#newline ?? '\n', from, at);
      return after;
    }
  }

  #fieldAt(text: string, from: number, isLast: boolean): Field | undefined {
    const start = this.#skipBlanks(text, from);
    if (text[start] !== this.#quote) return this.#bareField(text, from);
    let close = text.indexOf(this.#quote, start + 1);
    let isDoubled = false;
    while (close >= 0 && text[close + 1] === this.#quote) {
      isDoubled = true;
      close = text.indexOf(this.#quote, close + 2);
    }
    if (close < 0 && isLast) throw this.#unclosed();
    if (close < 0 || (close + 1 >= text.length && !isLast)) return undefined;
    const end = this.#skipBlanks(text, close + 1);
    if (!this.#endsField(text, end)) return this.#bareField(text, from);
    const inner = text.slice(start + 1, close);
    const value = isDoubled ? inner.replaceAll(this.#quote + this.#quote, this.#quote) : inner;
    return { value, end: text[end] === '\r' && this.#newline === '\n' ? end + 1 : end };
  }

  /** Everything up to the next separator or line end, quotes included. */
  #bareField(text: string, from: number): Field {
    let end = from;
    while (end < text.length && text[end] !== this.#separator && text[end] !== this.#newline) end++;
    return { value: text.slice(from, end).trim(), end };
  }

  #endsField(text: string, at: number): boolean {
    const character = text[at];
    return (
      character === undefined ||
      character === this.#separator ||
      character === this.#newline ||
      (character === '\r' && (at + 1 >= text.length || text[at + 1] === this.#newline))
    );
  }

  #skipBlanks(text: string, from: number): number {
    let at = from;
    while ((text[at] === ' ' || text[at] === '\t') && text[at] !== this.#separator) at++;
    return at;
  }

  #unclosed(): AppError {
    return new AppError('validation', `the quote opened on line ${this.#line} is never closed`);
  }
}

/** LF also for CRLF, whose CR is taken off; undefined where the text does not tell yet. */
function newlineOf(text: string, isLast: boolean): string | undefined {
  const at = text.search(/[\r\n]/);
  if (at < 0 || (text[at] === '\r' && at + 1 === text.length && !isLast)) return undefined;
  return text[at] === '\r' && text[at + 1] !== '\n' ? '\r' : '\n';
}

/** Whether trimming could change the field: told from the codes of its ends, for speed. */
function hasBlankEnd(field: string): boolean {
  return isMaybeBlank(field.charCodeAt(0)) || isMaybeBlank(field.charCodeAt(field.length - 1));
}

function isMaybeBlank(code: number): boolean {
  return code <= 32 || code >= 160;
}

function occurrences(text: string, part: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf(part, from); at >= 0 && at < to; at = text.indexOf(part, at + 1)) {
    count++;
  }
  return count;
}

import { AppError } from '../../../server/errors.js';

/** How the records of a text are written; both are single characters. */
export type CsvFormat = { readonly separator: string; readonly quote: string };

/** Records in the order of the text: fields trimmed, with the line on which each record begins. */
export type CsvRecords = { readonly lines: number[]; readonly records: string[][] };

/** A record whose last field stands in quotes that are not closed yet. */
type OpenRecord = {
  readonly line: number;
  readonly fields: string[];
  /** The open field line by line, without its opening quote. */
  readonly parts: string[];
  length: number;
};

/** A quote that is never closed would otherwise take the rest of the file for one field. */
const longestField = 16 * 2 ** 20;

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
  #line = 0;
  #open: OpenRecord | undefined;
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
    const found: CsvRecords = { lines: [], records: [] };
    for (const line of this.#takeLines(piece, isLast)) {
      this.#line += 1;
      if (this.#open === undefined && !line.includes(this.#quote)) this.#takePlain(line, found);
      else this.#takeQuoted(line, found);
    }
    if (isLast && this.#open) throw unclosed(this.#open.line);
    return found;
  }

  #takeLines(piece: string, isLast: boolean): string[] {
    let text = this.#rest + piece;
    if (!this.#hasBegun && text !== '') {
      this.#hasBegun = true;
      if (text.startsWith('\ufeff')) text = text.slice(1);
    }
    this.#newline ??= newlineOf(text, isLast);
    // One call for all lines: looking for each end in a text put together from two is many times slower.
    const lines = this.#newline === undefined ? [text] : text.split(this.#newline);
    this.#rest = isLast ? '' : (lines.pop() ?? '');
    if (this.#rest.length > longestField) throw unclosed(this.#open?.line ?? this.#line + 1);
    if (isLast && lines.at(-1) === '') lines.pop();
    return lines;
  }

  #takePlain(line: string, found: CsvRecords): void {
    const content = this.#withoutReturn(line);
    if (content === '' || (!this.#isBlankSeparator && content.trim() === '')) return;
    const fields = content.split(this.#separator);
    for (let i = 0; i < fields.length; i++) {
      const field = fields[i]!;
      if (hasBlankEnd(field)) fields[i] = field.trim();
    }
    found.lines.push(this.#line);
    found.records.push(fields);
  }

  #takeQuoted(line: string, found: CsvRecords): void {
    const content = this.#withoutReturn(line);
    const fields = this.#open?.fields ?? [];
    const firstLine = this.#open?.line ?? this.#line;
    for (let at = 0; at <= content.length; at++) {
      const start = this.#open ? 0 : this.#skipBlanks(content, at);
      if (this.#open || content[start] === this.#quote) {
        const from = this.#open ? 0 : start + 1;
        const close = this.#closingQuote(content, from);
        if (close < 0) return this.#keepOpen(line.slice(from), fields);
        at = this.#takeInQuotes(content, { from, close, fields });
      } else {
        const end = this.#endOfField(content, at);
        fields.push(content.slice(at, end).trim());
        at = end;
      }
    }
    found.lines.push(firstLine);
    found.records.push(fields);
  }

  /** Adds the field that closes here and returns where it ends. */
  #takeInQuotes(
    content: string,
    { from, close, fields }: { from: number; close: number; fields: string[] },
  ): number {
    const parts = this.#open?.parts ?? [];
    const inner = [...parts, content.slice(from, close)].join(this.#newline ?? '\n');
    this.#open = undefined;
    const after = this.#skipBlanks(content, close + 1);
    const end = this.#endOfField(content, after);
    fields.push(
      end === after
        ? inner.replaceAll(this.#quote + this.#quote, this.#quote)
        : (this.#quote + inner + content.slice(close, end)).trim(),
    );
    return end;
  }

  #keepOpen(part: string, fields: string[]): void {
    this.#open ??= { line: this.#line, fields, parts: [], length: 0 };
    this.#open.parts.push(part);
    this.#open.length += part.length + 1;
    if (this.#open.length > longestField) throw unclosed(this.#open.line);
  }

  /** The next quote that is not one of a doubled pair, or -1. */
  #closingQuote(content: string, from: number): number {
    let close = content.indexOf(this.#quote, from);
    while (close >= 0 && content[close + 1] === this.#quote) {
      close = content.indexOf(this.#quote, close + 2);
    }
    return close;
  }

  #endOfField(content: string, from: number): number {
    const end = content.indexOf(this.#separator, from);
    return end < 0 ? content.length : end;
  }

  #skipBlanks(content: string, from: number): number {
    let at = from;
    while ((content[at] === ' ' || content[at] === '\t') && content[at] !== this.#separator) at++;
    return at;
  }

  #withoutReturn(line: string): string {
    return this.#newline !== '\r' && line.endsWith('\r') ? line.slice(0, -1) : line;
  }
}

function unclosed(line: number): AppError {
  return new AppError('validation', `the quote opened on line ${line} is never closed`);
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

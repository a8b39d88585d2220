/** What a sheet is drawn of, in CSS pixels from its upper left corner. */
export type SheetMark =
  | { readonly kind: 'map'; readonly box: Box }
  | { readonly kind: 'box'; readonly box: Box; readonly fill?: string; readonly stroke?: string }
  | {
      readonly kind: 'dot';
      readonly x: number;
      readonly y: number;
      readonly radius: number;
      readonly fill: string;
    }
  | { readonly kind: 'shape'; readonly points: readonly Point[]; readonly fill: string }
  | {
      readonly kind: 'line';
      readonly from: Point;
      readonly to: Point;
      readonly colour: string;
      readonly width: number;
    }
  | SheetText;

export interface SheetText {
  readonly kind: 'text';
  readonly text: string;
  /** Left end of the base line, or its right end. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly isBold: boolean;
  readonly colour: string;
  readonly align: 'left' | 'right';
}

export type Point = readonly [x: number, y: number];

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Width of a text in CSS pixels. */
export type Measure = (text: string, size: number, isBold: boolean) => number;

/** Breaks a text into lines no wider than `width`; a single word that is wider is cut. */
export function wrap(text: string, width: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = cut(word, width, widthOf);
  }
  return line === '' ? lines : [...lines, line];
}

/** A text that fits, with an ellipsis where something had to go. */
export function cut(text: string, width: number, widthOf: (text: string) => number): string {
  if (widthOf(text) <= width) return text;
  let kept = text;
  while (kept.length > 1 && widthOf(`${kept}…`) > width) kept = kept.slice(0, -1);
  return `${kept.trimEnd()}…`;
}

import type { SheetContent, SheetScale } from './sheet-content.js';
import { flowLegends, type LegendFlow } from './sheet-legend.js';
import { wrap, type Box, type Measure, type SheetMark, type SheetText } from './sheet-marks.js';
import { scaleMarks } from './sheet-scale.js';
import type { SheetSize } from './sheet-sizes.js';

const margin = 28;
const gap = 12;
const titleSize = 20;
const lineSize = 11;
const lineHeight = 16;
const footSize = 8.5;
const footHeight = 11;
const ink = '#1c2427';
const quiet = '#4b575b';

/** Where things go on a sheet; it stays while the map for its frame is drawn. */
export interface Arrangement {
  readonly map: Box;
  readonly head: readonly SheetText[];
  readonly foot: readonly SheetText[];
  readonly legend: LegendFlow | null;
}

/** Title above, sources below, the legend at the right of the map or, on an upright sheet, under it. */
export function arrange(
  content: SheetContent,
  { width, height }: Pick<SheetSize, 'width' | 'height'>,
  measure: Measure,
): Arrangement {
  const inner = width - 2 * margin;
  const head = headTexts(content, inner, measure);
  const foot = footTexts(content, { inner, bottom: height - margin }, measure);
  const top = (head.at(-1)?.y ?? margin - gap) + gap;
  const bottom = (foot[0] ? foot[0].y - footSize : height - margin + gap) - gap;
  const free: Box = { x: margin, y: top, width: inner, height: bottom - top };
  if (content.legends.length === 0) return { map: free, head, foot, legend: null };
  const legend = flowLegends(content.legends, free, width < height);
  return { map: legend.rest, head, foot, legend };
}

/** Everything on the sheet, the map first. */
export function sheetMarks(
  content: SheetContent,
  arrangement: Arrangement,
  { scale, measure }: { readonly scale: SheetScale | null; readonly measure: Measure },
): readonly SheetMark[] {
  const { map, head, foot, legend } = arrangement;
  return [
    { kind: 'map', box: map },
    { kind: 'box', box: map, stroke: '#8b9598' },
    ...head,
    ...(legend ? legend.draw(content.legends, measure) : []),
    ...(scale ? scaleMarks(map, scale, measure) : []),
    ...foot,
  ];
}

function headTexts({ title, lines }: SheetContent, inner: number, measure: Measure): SheetText[] {
  const texts: SheetText[] = [];
  let y = margin;
  for (const line of wrap(title, inner, (text) => measure(text, titleSize, true)).slice(0, 3)) {
    y += titleSize + 2;
    texts.push(textAt({ text: line, x: margin, y, size: titleSize, isBold: true, colour: ink }));
  }
  for (const line of lines.flatMap((text) => wrap(text, inner, widthIn(measure, lineSize)))) {
    y += lineHeight;
    texts.push(textAt({ text: line, x: margin, y, size: lineSize, colour: quiet }));
  }
  return texts;
}

function footTexts(
  { foot }: SheetContent,
  { inner, bottom }: { readonly inner: number; readonly bottom: number },
  measure: Measure,
): SheetText[] {
  const lines = foot.flatMap((text) => wrap(text, inner, widthIn(measure, footSize)));
  return lines.map((text, index) => {
    const y = bottom - (lines.length - 1 - index) * footHeight;
    return textAt({ text, x: margin, y, size: footSize, colour: quiet });
  });
}

function widthIn(measure: Measure, size: number): (text: string) => number {
  return (text) => measure(text, size, false);
}

/** A text that starts at `x`, of normal weight unless it is said otherwise. */
function textAt(
  text: Omit<SheetText, 'kind' | 'align' | 'isBold'> & { isBold?: boolean },
): SheetText {
  return { kind: 'text', align: 'left', isBold: false, ...text };
}

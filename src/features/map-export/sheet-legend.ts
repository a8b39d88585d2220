import type { SheetLegend, SheetLegendItem } from './sheet-content.js';
import { cut, type Box, type Measure, type SheetMark } from './sheet-marks.js';

/** CSS pixels that a column of the legend takes, its gap included. */
const columnWidth = 196;
const columnGap = 16;
const rowHeight = 16;
const headingHeight = 24;
/** Room above a column that goes on without a heading of its own. */
const columnTop = 8;
const swatchWidth = 20;
const swatchHeight = 10;
const textSize = 10.5;
/** The largest part of a sheet that a legend may take from the map. */
const largestShare = 0.45;
const ink = '#1c2427';
const quiet = '#4b575b';

/** The room of a legend: what it leaves to the map, and how it is drawn. */
export interface LegendFlow {
  readonly rest: Box;
  draw(legends: readonly SheetLegend[], measure: Measure): SheetMark[];
}

type Row = { readonly heading: string } | { readonly item: SheetLegendItem };

/** Takes the room of a legend from a box: columns at its right, or under the map of an upright sheet. */
export function flowLegends(
  legends: readonly SheetLegend[],
  free: Box,
  isUpright: boolean,
): LegendFlow {
  const total = heightOf(rowsOf(legends));
  if (isUpright) {
    const columns = Math.max(1, Math.floor((free.width + columnGap) / columnWidth));
    const height = Math.min(
      total / columns + headingHeight + rowHeight,
      free.height * largestShare,
    );
    const rest = { ...free, height: free.height - height };
    const box = { ...free, y: free.y + rest.height, height };
    return { rest, draw: (shown, measure) => drawIn(box, shown, measure) };
  }
  const most = Math.max(1, Math.floor((free.width * largestShare) / columnWidth));
  const columns = Math.min(most, Math.ceil((total + headingHeight) / free.height));
  const width = columns * columnWidth;
  const rest = { ...free, width: free.width - width };
  const box = { ...free, x: free.x + rest.width + columnGap, width: width - columnGap };
  return { rest, draw: (shown, measure) => drawIn(box, shown, measure) };
}

function rowsOf(legends: readonly SheetLegend[]): Row[] {
  return legends.flatMap(({ heading, items }) => [{ heading }, ...items.map((item) => ({ item }))]);
}

function heightOf(rows: readonly Row[]): number {
  return rows.reduce((sum, row) => sum + ('heading' in row ? headingHeight : rowHeight), 0);
}

/** Fills columns from the top; a heading never stands alone at the foot of one. */
function drawIn(box: Box, legends: readonly SheetLegend[], measure: Measure): SheetMark[] {
  const marks: SheetMark[] = [];
  let x = box.x;
  let y = box.y;
  for (const row of rowsOf(legends)) {
    const isHeading = 'heading' in row;
    const needed = isHeading ? headingHeight + rowHeight : rowHeight;
    if (y + needed > box.y + box.height + 1) {
      x += columnWidth;
      y = box.y + (isHeading ? 0 : columnTop);
    }
    if (x + columnWidth - columnGap > box.x + box.width + 1) return marks;
    marks.push(...(isHeading ? heading(row.heading, x, y) : itemMarks(row.item, [x, y], measure)));
    y += isHeading ? headingHeight : rowHeight;
  }
  return marks;
}

function heading(text: string, x: number, y: number): SheetMark[] {
  const base = { kind: 'text', size: textSize, align: 'left' } as const;
  return [{ ...base, text, x, y: y + 17, isBold: true, colour: ink }];
}

function itemMarks(
  item: SheetLegendItem,
  [x, y]: readonly [number, number],
  measure: Measure,
): SheetMark[] {
  const { label, count } = item;
  const right = x + columnWidth - columnGap;
  const countWidth = count === null ? 0 : measure(count, textSize, false) + 8;
  const room = right - x - swatchWidth - 8 - countWidth;
  const base = { kind: 'text', y: y + 11, size: textSize, isBold: false, colour: ink } as const;
  const text = cut(label, room, (part) => measure(part, textSize, false));
  return [
    ...swatch(item, { x, y: y + 2.5, width: swatchWidth, height: swatchHeight }),
    { ...base, text, x: x + swatchWidth + 8, align: 'left' },
    ...(count === null
      ? []
      : [{ ...base, text: count, x: right, align: 'right', colour: quiet } as const]),
  ];
}

function swatch({ shape, colours }: SheetLegendItem, box: Box): SheetMark[] {
  const colour = colours[Math.floor(colours.length / 2)] ?? ink;
  const middle = box.y + box.height / 2;
  switch (shape) {
    case 'dot':
      return [{ kind: 'dot', x: box.x + box.width / 2, y: middle, radius: 4, fill: colour }];
    case 'line': {
      const to = [box.x + box.width, middle] as const;
      const line = { kind: 'line', from: [box.x, middle], to } as const;
      // White roads would not be seen on white paper without the edge they have on the map.
      return [
        { ...line, colour: '#cfcabf', width: 4.5 },
        { ...line, colour, width: 3 },
      ];
    }
    case 'hatch':
      return hatch(box, colour);
    default:
      return ramp(box, colours);
  }
}

function ramp(box: Box, colours: readonly string[]): SheetMark[] {
  const width = box.width / Math.max(1, colours.length);
  return colours.map((fill, index) => ({
    kind: 'box',
    box: { ...box, x: box.x + index * width, width },
    fill,
  }));
}

function hatch(box: Box, colour: string): SheetMark[] {
  const lines = [0.25, 0.5, 0.75, 1].map((share): SheetMark => {
    const foot = box.x + (box.width - box.height / 2) * share;
    const from = [foot - box.height / 2, box.y + box.height] as const;
    return { kind: 'line', from, to: [foot + box.height / 2, box.y], colour, width: 1 };
  });
  return [...lines, { kind: 'box', box, stroke: colour }];
}

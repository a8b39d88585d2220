import type { SheetScale } from './sheet-content.js';
import type { Box, Measure, Point, SheetMark } from './sheet-marks.js';

/** CSS pixels that a scale bar may be long. */
const longestBar = 120;
const inset = 10;
const plateHeight = 28;
const arrowSize = 18;
const textSize = 9.5;
const ink = '#1c2427';

/** The longest of 1, 2 or 5 times a power of ten metres that a bar of `pixels` can show. */
export function scaleLength(metersPerPixel: number, pixels: number): number {
  const most = metersPerPixel * pixels;
  const power = 10 ** Math.floor(Math.log10(most));
  return ([5, 2, 1].find((step) => step * power <= most) ?? 1) * power;
}

/** A plate in the lower left corner of the map: scale bar and north arrow. */
export function scaleMarks(map: Box, scale: SheetScale, measure: Measure): SheetMark[] {
  const meters = scaleLength(scale.metersPerPixel, Math.min(longestBar, map.width / 3));
  const length = meters / scale.metersPerPixel;
  const label = scale.format(meters);
  const width = arrowSize + 3 * inset + Math.max(length, measure(label, textSize, false));
  const plate: Box = {
    x: map.x + inset,
    y: map.y + map.height - inset - plateHeight,
    width,
    height: plateHeight,
  };
  const left = plate.x + arrowSize + 2 * inset;
  const foot = plate.y + plateHeight - 7;
  return [
    { kind: 'box', box: plate, fill: '#ffffff' },
    ...northArrow([plate.x + inset + arrowSize / 2, plate.y + plateHeight / 2], scale.bearing),
    ...bar([left, foot], length),
    {
      kind: 'text',
      text: label,
      x: left,
      y: foot - 6,
      size: textSize,
      isBold: false,
      colour: ink,
      align: 'left',
    },
  ];
}

function bar([x, y]: Point, length: number): SheetMark[] {
  const line = (from: Point, to: Point): SheetMark => ({
    kind: 'line',
    from,
    to,
    colour: ink,
    width: 1.25,
  });
  const right = x + length;
  return [line([x, y], [right, y]), line([x, y - 4], [x, y]), line([right, y - 4], [right, y])];
}

/** A needle that points north on a map turned clockwise by `bearing` degrees; its left half is hollow. */
function northArrow([x, y]: Point, bearing: number): SheetMark[] {
  const angle = (-bearing * Math.PI) / 180;
  const turned = ([right, down]: Point): Point => [
    x + right * Math.cos(angle) - down * Math.sin(angle),
    y + right * Math.sin(angle) + down * Math.cos(angle),
  ];
  const half = arrowSize / 2;
  const tip: Point = [0, -half];
  const notch: Point = [0, half * 0.5];
  const side = (right: number): Point[] =>
    [tip, [right, half], notch].map((p) => turned(p as Point));
  return [
    { kind: 'shape', points: side(half * 0.7), fill: ink },
    { kind: 'shape', points: side(-half * 0.7), fill: '#8b9598' },
  ];
}

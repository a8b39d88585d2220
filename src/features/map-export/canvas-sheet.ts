import type { Measure, SheetMark, SheetText } from './sheet-marks.js';
import { pixelsOf, type SheetSize } from './sheet-sizes.js';

/** The font of the interface, which the page has loaded. */
const family = "'Inter Variable', system-ui, sans-serif";

/** Measures texts as the page draws them; Helvetica, the font of PDF files, is a little narrower. */
export function pageMeasure(): Measure {
  const context = contextOf(document.createElement('canvas'));
  return (text, size, isBold) => {
    context.font = fontOf({ size, isBold });
    return context.measureText(text).width;
  };
}

/** Draws a sheet on a canvas of its full size in pixels. */
export function drawSheet(
  marks: readonly SheetMark[],
  size: SheetSize,
  map: HTMLCanvasElement,
): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, pixelsOf(size));
  const context = contextOf(canvas);
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(size.pixelRatio, size.pixelRatio);
  for (const mark of marks) drawMark(context, mark, map);
  return canvas;
}

/** A line of text as a picture `ratio` times its size, for files whose fonts lack its letters. */
export function drawText(text: SheetText, ratio: number): HTMLCanvasElement {
  const width = pageMeasure()(text.text, text.size, text.isBold);
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.ceil(width * ratio));
  canvas.height = Math.ceil(text.size * 1.5 * ratio);
  const context = contextOf(canvas);
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(ratio, ratio);
  drawMark(context, { ...text, x: 0, y: text.size * 1.1, align: 'left' }, canvas);
  return canvas;
}

function drawMark(
  context: CanvasRenderingContext2D,
  mark: SheetMark,
  map: HTMLCanvasElement,
): void {
  switch (mark.kind) {
    case 'map': {
      const { x, y, width, height } = mark.box;
      context.drawImage(map, x, y, width, height);
      return;
    }
    case 'box': {
      const { x, y, width, height } = mark.box;
      if (mark.fill) context.fillStyle = mark.fill;
      if (mark.fill) context.fillRect(x, y, width, height);
      if (mark.stroke) context.strokeStyle = mark.stroke;
      context.lineWidth = 0.75;
      if (mark.stroke) context.strokeRect(x, y, width, height);
      return;
    }
    case 'dot':
      context.beginPath();
      context.arc(mark.x, mark.y, mark.radius, 0, 2 * Math.PI);
      context.fillStyle = mark.fill;
      context.fill();
      return;
    case 'shape':
      context.beginPath();
      for (const [x, y] of mark.points) context.lineTo(x, y);
      context.fillStyle = mark.fill;
      context.fill();
      return;
    case 'line':
      context.beginPath();
      context.moveTo(...mark.from);
      context.lineTo(...mark.to);
      context.strokeStyle = mark.colour;
      context.lineWidth = mark.width;
      context.stroke();
      return;
    case 'text':
      context.font = fontOf(mark);
      context.textAlign = mark.align;
      context.fillStyle = mark.colour;
      context.fillText(mark.text, mark.x, mark.y);
  }
}

function fontOf({ size, isBold }: Pick<SheetText, 'size' | 'isBold'>): string {
  return `${isBold ? 600 : 400} ${size}px ${family}`;
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser cannot draw pictures.');
  return context;
}

import { drawText } from './canvas-sheet.js';
import { pdfNumber as n, writePdf, type PdfPicture } from './pdf-document.js';
import { figureWidth, pdfString, winAnsi } from './pdf-text.js';
import type { Box, Point, SheetMark, SheetText } from './sheet-marks.js';
import type { SheetSize } from './sheet-sizes.js';

/** Points in a CSS pixel. */
const points = 0.75;
const quality = 0.93;
/** How many times their size texts are drawn whose letters Helvetica lacks: 384 dots per inch. */
const textRatio = 4;
/** Control points of a quarter circle lie this share of the radius from its ends. */
const roundness = 0.5523;

/** A sheet as PDF: the map a picture, everything else lines and text that can be searched. */
export async function pdfSheet(
  marks: readonly SheetMark[],
  { width, height }: SheetSize,
  { map, title, created }: { map: HTMLCanvasElement; title: string; created: Date },
): Promise<Uint8Array<ArrayBuffer>> {
  const pictures: PdfPicture[] = [];
  const place = async (canvas: HTMLCanvasElement, box: Box): Promise<string> => {
    pictures.push(await toJpeg(canvas));
    const { x, y } = { x: box.x, y: box.y + box.height };
    return `q ${n(box.width)} 0 0 ${n(-box.height)} ${n(x)} ${n(y)} cm /Im${pictures.length - 1} Do Q`;
  };
  // CSS pixels from the upper left corner, as the marks have them.
  const content = [`${points} 0 0 ${-points} 0 ${n(height * points)} cm`];
  for (const mark of marks) content.push(await operators(mark, map, place));
  return writePdf({
    width: width * points,
    height: height * points,
    content: content.join('\n'),
    pictures,
    title,
    created,
  });
}

type Place = (canvas: HTMLCanvasElement, box: Box) => Promise<string>;

async function operators(mark: SheetMark, map: HTMLCanvasElement, place: Place): Promise<string> {
  switch (mark.kind) {
    case 'map':
      return place(map, mark.box);
    case 'box':
      return boxPath(mark.box, mark.fill, mark.stroke);
    case 'dot':
      return `${colour(mark.fill)} rg ${circle([mark.x, mark.y], mark.radius)} f`;
    case 'shape':
      return `${colour(mark.fill)} rg ${polygon(mark.points)} f`;
    case 'line':
      return `${colour(mark.colour)} RG ${n(mark.width)} w ${at(mark.from)} m ${at(mark.to)} l S`;
    case 'text':
      return textOf(mark, place);
  }
}

async function textOf(mark: SheetText, place: Place): Promise<string> {
  const bytes = winAnsi(mark.text);
  if (bytes === null) return placedText(mark, place);
  const left = mark.align === 'right' ? mark.x - figureWidth(mark.text, mark.size) : mark.x;
  const font = `/${mark.isBold ? 'F2' : 'F1'} ${n(mark.size)} Tf`;
  // The page is upside down for the marks' sake; text is turned back.
  return `BT ${colour(mark.colour)} rg ${font} 1 0 0 -1 ${n(left)} ${n(mark.y)} Tm ${pdfString(bytes)} Tj ET`;
}

function placedText(mark: SheetText, place: Place): Promise<string> {
  const canvas = drawText(mark, textRatio);
  const width = canvas.width / textRatio;
  const x = mark.align === 'right' ? mark.x - width : mark.x;
  return place(canvas, {
    x,
    y: mark.y - mark.size * 1.1,
    width,
    height: canvas.height / textRatio,
  });
}

function boxPath({ x, y, width, height }: Box, fill?: string, stroke?: string): string {
  const path = `${n(x)} ${n(y)} ${n(width)} ${n(height)} re`;
  const filled = fill ? `${colour(fill)} rg ${path} f` : '';
  const stroked = stroke ? `${colour(stroke)} RG 0.75 w ${path} S` : '';
  return `${filled} ${stroked}`.trim();
}

function circle([x, y]: Point, radius: number): string {
  const pull = radius * roundness;
  const quarter = (first: Point, second: Point, end: Point) =>
    `${at(first)} ${at(second)} ${at(end)} c`;
  return [
    `${at([x + radius, y])} m`,
    quarter([x + radius, y + pull], [x + pull, y + radius], [x, y + radius]),
    quarter([x - pull, y + radius], [x - radius, y + pull], [x - radius, y]),
    quarter([x - radius, y - pull], [x - pull, y - radius], [x, y - radius]),
    quarter([x + pull, y - radius], [x + radius, y - pull], [x + radius, y]),
  ].join(' ');
}

function polygon([first = [0, 0], ...others]: readonly Point[]): string {
  return `${at(first)} m ${others.map((point) => `${at(point)} l`).join(' ')} h`;
}

function at([x, y]: Point): string {
  return `${n(x)} ${n(y)}`;
}

/** `#rrggbb` as three shares between 0 and 1. */
function colour(hex: string): string {
  return [1, 3, 5].map((from) => n(Number.parseInt(hex.slice(from, from + 2), 16) / 255)).join(' ');
}

async function toJpeg(canvas: HTMLCanvasElement): Promise<PdfPicture> {
  const blob = await new Promise<Blob | null>((resolve) =>
    canvas.toBlob(resolve, 'image/jpeg', quality),
  );
  if (!blob) throw new Error('This browser cannot write pictures.');
  const { width, height } = canvas;
  return { bytes: new Uint8Array(await blob.arrayBuffer()), width, height };
}

import type { FrameSize } from '../../map/contract.js';

export const papers = ['a4', 'a3', 'letter'] as const;
export const pictures = ['wide', 'wide4k', 'square'] as const;
export type Paper = (typeof papers)[number];
export type SheetName = Paper | (typeof pictures)[number];
export type FileKind = 'pdf' | 'png';

/** Long and short side of papers in millimetres. */
const millimetres: Readonly<Record<Paper, readonly [number, number]>> = {
  a4: [297, 210],
  a3: [420, 297],
  letter: [279.4, 215.9],
};

/** Width and height of pictures for screens in pixels. */
const pixels: Readonly<Record<(typeof pictures)[number], readonly [number, number]>> = {
  wide: [1920, 1080],
  wide4k: [3840, 2160],
  square: [1080, 1080],
};

/** CSS pixels that the long side of a picture for screens is laid out in, so that its texts can be read. */
const screenLayout = 1280;
const cssDpi = 96;

/** What a person asks for. */
export interface SheetChoice {
  readonly sheet: SheetName;
  readonly isPortrait: boolean;
  readonly dpi: number;
}

/** A sheet in CSS pixels, and how many pixels of the file one of them becomes. */
export interface SheetSize extends FrameSize {
  readonly pixelRatio: number;
}

export function isPaper(sheet: SheetName): sheet is Paper {
  return papers.some((paper) => paper === sheet);
}

export function sheetSize({ sheet, isPortrait, dpi }: SheetChoice): SheetSize {
  if (!isPaper(sheet)) {
    const [width, height] = pixels[sheet];
    const pixelRatio = Math.max(width, height) / screenLayout;
    return { width: width / pixelRatio, height: height / pixelRatio, pixelRatio };
  }
  const [long, short] = millimetres[sheet].map((mm) => (mm / 25.4) * cssDpi) as [number, number];
  const [width, height] = isPortrait ? [short, long] : [long, short];
  return { width, height, pixelRatio: dpi / cssDpi };
}

/** Width and height of the whole sheet in pixels. */
export function pixelsOf({ width, height, pixelRatio }: SheetSize): FrameSize {
  return { width: Math.round(width * pixelRatio), height: Math.round(height * pixelRatio) };
}

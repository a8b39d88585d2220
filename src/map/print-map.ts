import { msg } from '@lit/localize';
import type { AccountPicture, MapPrint, PrintFrame, Viewport, VisibleSummary } from './contract.js';
import { loadLabelFonts } from './fonts.js';
import type { MapListener, MapState } from './map-state.js';
import { MapView } from './map-view.js';
import type { PrintView } from './print-frame.js';

/** What differs on paper: a light ground, nothing under a pointer, no panels over the map. */
export const paperState = {
  theme: 'light',
  hoveredRegionId: null,
  pin: null,
  padding: { top: 0, right: 0, bottom: 0, left: 0 },
} as const satisfies Partial<MapState>;

/** Draws a map of its own beside the page, waits until all of it is there, and takes its picture. */
export async function printMap(
  state: MapState,
  { bearing, ...viewport }: Viewport & { readonly bearing: number },
  frame: PrintFrame,
): Promise<MapPrint> {
  await loadLabelFonts();
  const container = hiddenContainer(frame);
  const told = new PrintListener();
  const print = printView(frame, bearing);
  let view: MapView | undefined;
  try {
    view = new MapView(container, state, told, { viewport, print });
    await untilDrawn(view, told, frame.signal);
    if (view.pixelRatio < frame.pixelRatio * 0.99) {
      throw new Error(
        msg('This computer cannot draw a map that large. Choose a lower resolution.'),
      );
    }
    const picture = await view.takePicture(Math.round(frame.width * frame.pixelRatio));
    const { accounts, mode } = told;
    return { picture, viewport, bearing, isTilted: view.isTilted, accounts, mode };
  } finally {
    view?.close();
    container.remove();
  }
}

function printView({ width, height, pixelRatio }: PrintFrame, bearing: number): PrintView {
  const maxCanvasSize: [number, number] = [
    Math.ceil(width * pixelRatio) + 1,
    Math.ceil(height * pixelRatio) + 1,
  ];
  return { interactive: false, fadeDuration: 0, bearing, pixelRatio, maxCanvasSize };
}

function hiddenContainer({ width, height }: PrintFrame): HTMLElement {
  const container = document.createElement('div');
  container.setAttribute('aria-hidden', 'true');
  container.inert = true;
  container.style.cssText = `position:fixed;left:-20000px;top:0;width:${width}px;height:${height}px`;
  document.body.append(container);
  return container;
}

/** Frames in a row in which nothing may be left to do before a map counts as drawn. */
const calmFrames = 3;

async function untilDrawn(view: MapView, told: PrintListener, signal: AbortSignal): Promise<void> {
  for (let calm = 0; calm < calmFrames; calm = view.isDrawn ? calm + 1 : 0) {
    signal.throwIfAborted();
    if (told.failure) throw new Error(told.failure);
    await new Promise(requestAnimationFrame);
  }
}

/** Keeps what a map tells while it is drawn for paper. */
class PrintListener implements MapListener {
  accounts: AccountPicture | null = null;
  mode: VisibleSummary['mode'] | null = null;
  failure: string | null = null;

  pictureChanged(picture: AccountPicture): void {
    this.accounts = picture;
  }

  summaryChanged({ mode }: VisibleSummary): void {
    this.mode = mode;
  }

  /** A sheet with a hole in it would be believed: rather none. */
  failed(_layer: unknown, message: string): void {
    this.failure = message;
  }

  viewportChanged(): void {}
  regionClicked(): void {}
  regionHovered(): void {}
  accountClicked(): void {}
  featureClicked(): void {}
  cardChanged(): void {}
  ready(): void {}
  pinMoved(): void {}
  drawn(): void {}
  shapeEdited(): void {}
  picked(): void {}
  toolEnded(): void {}
  placeAsked(): void {}
}

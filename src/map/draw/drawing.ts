import type { SelectionLeaf } from '../../../server/contract/selections.js';
import type { DrawTool, Position } from './sketch.js';

/** What the application wants drawn over the map, and which tool is at hand. */
export interface Drawing {
  readonly tool: DrawTool | null;
  /** What the selection covers: polygons of rings, as GeoJSON; null where there is none. */
  readonly outline: readonly (readonly (readonly Position[])[])[] | null;
  /** Shapes whose corners can be moved, in the order of the definition; empty while they are not edited. */
  readonly shapes: readonly SelectionLeaf[];
}

/** Nothing drawn and no tool. */
export const noDrawing: Drawing = { tool: null, outline: null, shapes: [] };

/** Tells what was drawn. */
export class DrawnEvent extends Event {
  static readonly type = 'ct-drawn';
  constructor(readonly leaf: SelectionLeaf) {
    super(DrawnEvent.type, { bubbles: true, composed: true });
  }
}

/** Tells that a shape was changed by its handles; `isFinal` once it is let go. */
export class ShapeEditEvent extends Event {
  static readonly type = 'ct-shape-edit';
  constructor(
    readonly index: number,
    readonly leaf: SelectionLeaf,
    readonly isFinal: boolean,
  ) {
    super(ShapeEditEvent.type, { bubbles: true, composed: true });
  }
}

/** Tells that a region, an account or a road was picked for the selection. */
export class SelectionPickEvent extends Event {
  static readonly type = 'ct-selection-pick';
  constructor(
    readonly kind: 'regions' | 'accounts' | 'road',
    readonly id: number,
  ) {
    super(SelectionPickEvent.type, { bubbles: true, composed: true });
  }
}

/** Tells that the tool was put down (Escape on an empty sketch). */
export class ToolEndEvent extends Event {
  static readonly type = 'ct-tool-end';
  constructor() {
    super(ToolEndEvent.type, { bubbles: true, composed: true });
  }
}

/** Tells for which place a person asks what is there. */
export class PlaceAskEvent extends Event {
  static readonly type = 'ct-place-ask';
  constructor(readonly lonLat: { readonly lon: number; readonly lat: number }) {
    super(PlaceAskEvent.type, { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'ct-drawn': DrawnEvent;
    'ct-shape-edit': ShapeEditEvent;
    'ct-selection-pick': SelectionPickEvent;
    'ct-tool-end': ToolEndEvent;
    'ct-place-ask': PlaceAskEvent;
  }
}

import type { PlacementDecision } from '../../../server/contract/placements.js';
import type { LonLat } from '../../map/contract.js';

/** Asks to show a point on the map; a draggable one is being put by hand. */
export class ShowPointEvent extends Event {
  static readonly type = 'ct-show-point';
  constructor(
    readonly point: LonLat | null,
    readonly draggable: boolean,
  ) {
    super(ShowPointEvent.type, { bubbles: true, composed: true });
  }
}

/** Tells what a person decided about the opened account. */
export class DecideEvent extends Event {
  static readonly type = 'ct-decide';
  constructor(readonly decision: PlacementDecision) {
    super(DecideEvent.type, { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'ct-show-point': ShowPointEvent;
    'ct-decide': DecideEvent;
  }
}

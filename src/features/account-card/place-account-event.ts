import type { MapPin } from '../../map/contract.js';

/** Tells the map where the opened account is, and whether its pin can be dragged now. */
export class PlaceAccountEvent extends Event {
  static readonly type = 'ct-place-account';
  constructor(
    readonly pin: MapPin | null,
    /** Whether the map should go there. */
    readonly show: boolean,
  ) {
    super(PlaceAccountEvent.type);
  }
}

declare global {
  interface HTMLElementEventMap {
    'ct-place-account': PlaceAccountEvent;
    'ct-close': Event;
  }
}

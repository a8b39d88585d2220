/** Asks for a picture of the map; whoever has one puts the promise of it into `picture`. */
export class PictureRequestEvent extends Event {
  static readonly type = 'ct-picture-request';
  picture: Promise<HTMLCanvasElement> | undefined;
  constructor(readonly width: number) {
    super(PictureRequestEvent.type, { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'ct-picture-request': PictureRequestEvent;
  }
}

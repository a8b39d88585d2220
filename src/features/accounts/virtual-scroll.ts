/** Browsers cut elements that are higher than about 17 million pixels (Firefox) or 33 million (Chromium). */
const highestPx = 12_000_000;

/**
 * Where the lines of a long list are while its scroll bar stands somewhere. Lists that are higher than a browser
 * can lay out are scrolled in a shorter room: the bar then moves less than the lines do.
 */
export class VirtualScroll {
  readonly lines: number;
  readonly lineHeight: number;
  readonly viewHeight: number;

  constructor(lines: number, lineHeight: number, viewHeight: number) {
    this.lines = lines;
    this.lineHeight = lineHeight;
    this.viewHeight = viewHeight;
  }

  /** Height of the room that is scrolled. */
  get roomHeight(): number {
    return Math.min(this.#fullHeight, highestPx);
  }

  /** How far the list is scrolled where the bar stands at `scrollTop`. */
  toDepth(scrollTop: number): number {
    return Math.min(this.maxDepth, scrollTop * this.#scale);
  }

  /** Where the bar has to stand for the list to be scrolled so far. */
  toScrollTop(depth: number): number {
    return this.#scale === 0 ? 0 : Math.round(depth / this.#scale);
  }

  /** First and last line in view, one beyond included. */
  range(depth: number): { readonly first: number; readonly last: number } {
    const first = Math.max(0, Math.floor(depth / this.lineHeight));
    const last = Math.min(this.lines - 1, Math.ceil((depth + this.viewHeight) / this.lineHeight));
    return { first, last };
  }

  /** The nearest depth at which a line is wholly in view. */
  reveal(line: number, depth: number): number {
    const top = line * this.lineHeight;
    const lowest = top + this.lineHeight - this.viewHeight;
    return this.clamp(Math.min(top, Math.max(lowest, depth)));
  }

  clamp(depth: number): number {
    return Math.max(0, Math.min(this.maxDepth, depth));
  }

  /** Whether the bar moves less than the lines. */
  get isScaled(): boolean {
    return this.#fullHeight > highestPx;
  }

  get maxDepth(): number {
    return Math.max(0, this.#fullHeight - this.viewHeight);
  }

  get #fullHeight(): number {
    return this.lines * this.lineHeight;
  }

  get #scale(): number {
    const room = this.roomHeight - this.viewHeight;
    return room <= 0 ? 0 : this.maxDepth / room;
  }
}

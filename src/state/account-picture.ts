import type { AccountPicture, VisibleSummary } from '../map/contract.js';
import { signal } from '../lib/signals.js';

/** What the map last said about how it draws accounts, for those who explain it. */
class AccountPictureStore {
  readonly #picture = signal<AccountPicture | null>(null);
  readonly #mode = signal<VisibleSummary['mode'] | null>(null);

  /** Null until accounts were drawn. */
  get picture(): AccountPicture | null {
    return this.#picture.get();
  }

  /** What the marks in view are; null before there are any. */
  get mode(): VisibleSummary['mode'] | null {
    return this.#mode.get();
  }

  show(picture: AccountPicture): void {
    this.#picture.set(picture);
  }

  showMode(mode: VisibleSummary['mode']): void {
    this.#mode.set(mode);
  }
}

export const accountPicture = new AccountPictureStore();

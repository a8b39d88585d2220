import { ApiError, messageOf } from '../api/api-error.js';
import { setUnauthenticatedHandler } from '../api/client.js';
import { getSession, signOut } from '../api/session.js';
import type { Session } from '../../server/contract/session.js';
import { signal } from '../lib/signals.js';

export type SessionState =
  | { readonly status: 'loading' }
  | { readonly status: 'signed-out' }
  | { readonly status: 'signed-in'; readonly session: Session }
  | { readonly status: 'failed'; readonly message: string };

/** Who is signed in and what project this is. */
class SessionStore {
  readonly #state = signal<SessionState>({ status: 'loading' });
  #last: Session | undefined;

  constructor() {
    setUnauthenticatedHandler(() => this.#state.set({ status: 'signed-out' }));
  }

  get state(): SessionState {
    return this.#state.get();
  }

  /**
   * The session, for elements that are only shown to people signed in. After signing out it stays
   * the last one: such elements may render once more before they are taken away.
   */
  get current(): Session {
    const state = this.#state.get();
    if (state.status === 'signed-in') return state.session;
    if (!this.#last) throw new Error('Nobody is signed in.');
    return this.#last;
  }

  async load(): Promise<void> {
    try {
      const session = await getSession();
      this.#last = session;
      this.#state.set({ status: 'signed-in', session });
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return;
      this.#state.set({ status: 'failed', message: messageOf(error) });
    }
  }

  async signOut(): Promise<void> {
    await signOut();
    this.#state.set({ status: 'signed-out' });
  }
}

export const sessionStore = new SessionStore();

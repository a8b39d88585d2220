import { isAbort, messageOf } from '../../api/api-error.js';
import { searchEverything } from '../../api/search.js';
import type { SearchResult } from '../../../server/contract/search.js';

/** Pause in typing after which the server is asked. */
const typingPauseMs = 160;
/** Fewer characters are not searched for. */
const shortest = 2;

/** What a search box shows for the text in it. */
export type Answer =
  | { readonly status: 'idle' }
  | { readonly status: 'ready'; readonly results: readonly SearchResult[] }
  | { readonly status: 'failed'; readonly message: string };

/** Asks the server for what is being typed, after a pause; a newer text drops what was asked before. */
export class TypedSearch {
  readonly #tell: (answer: Answer) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #abort = new AbortController();

  constructor(tell: (answer: Answer) => void) {
    this.#tell = tell;
  }

  /** Takes the text as it is now; a short one is answered `idle` at once. */
  typed(text: string): void {
    this.stop();
    const wanted = text.trim();
    if (wanted.length < shortest) this.#tell({ status: 'idle' });
    else this.#timer = setTimeout(() => void this.#ask(wanted), typingPauseMs);
  }

  /** Drops what was asked; nothing is told any more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#abort.abort();
  }

  async #ask(text: string): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    try {
      const results = await searchEverything(text, abort.signal);
      if (!abort.signal.aborted) this.#tell({ status: 'ready', results });
    } catch (error) {
      if (abort.signal.aborted || isAbort(error)) return;
      this.#tell({ status: 'failed', message: messageOf(error) });
    }
  }
}

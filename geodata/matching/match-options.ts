export type MatchOptions = {
  /** Stops between chunks; what was written stays unless the caller rolls back. */
  readonly signal?: AbortSignal | undefined;
  /** Points a statement; on the embedded engine everybody waits for one, so it should take few. */
  readonly chunkSize?: number | undefined;
  /** Told after each chunk how many of the points are done. */
  readonly progress?: ((done: number, total: number) => void) | undefined;
};

export type MatchReport = {
  /** Accounts with a point that were looked at. */
  readonly examined: number;
  /** Accounts whose row was written. */
  readonly changed: number;
};

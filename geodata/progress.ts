/** What an observer of a long job is told; at most about ten times a second. */
export type ProgressUpdate = {
  readonly label: string;
  readonly rows: number;
  /** Share of the stage that is done, 0 to 1; undefined where the size is not known. */
  readonly fraction: number | undefined;
  readonly rowsPerSecond: number;
  /** Seconds left in this stage; undefined where the size is not known. */
  readonly secondsLeft: number | undefined;
};

export type ProgressListener = (update: ProgressUpdate) => void;

/** What a job tells about its advance. */
export type Progress = {
  /** Begins a stage; rows and share count from zero again. */
  stage(label: string, totalRows?: number): void;
  advance(rows: number): void;
  /** Sets the share done directly, for example from the bytes read of a file. */
  fraction(value: number): void;
};

/** For callers that do not want to know. */
export const silentProgress: Progress = {
  stage: () => undefined,
  advance: () => undefined,
  fraction: () => undefined,
};

const listenerIntervalMs = 100;

/** Measures rate, share and time left, and tells its listeners. */
export class ProgressMeter implements Progress {
  readonly #listeners: readonly ProgressListener[];
  readonly #now: () => number;
  #label = '';
  #rows = 0;
  #totalRows: number | undefined;
  #fraction: number | undefined;
  #startedMs: number;
  #toldMs = -Infinity;

  constructor(listeners: readonly ProgressListener[], now: () => number = Date.now) {
    this.#listeners = listeners;
    this.#now = now;
    this.#startedMs = now();
  }

  stage(label: string, totalRows?: number): void {
    this.#label = label;
    this.#rows = 0;
    this.#totalRows = totalRows;
    this.#fraction = undefined;
    this.#startedMs = this.#now();
    this.#tell();
  }

  advance(rows: number): void {
    this.#rows += rows;
    if (this.#totalRows) this.#fraction = Math.min(1, this.#rows / this.#totalRows);
    this.#tellSometimes();
  }

  fraction(value: number): void {
    this.#fraction = Math.min(1, Math.max(0, value));
    this.#tellSometimes();
  }

  /** Tells the listeners the state as it is now, whatever they heard last. */
  flush(): void {
    this.#tell();
  }

  get rows(): number {
    return this.#rows;
  }

  #tellSometimes(): void {
    if (this.#now() - this.#toldMs >= listenerIntervalMs) this.#tell();
  }

  #tell(): void {
    const now = this.#now();
    this.#toldMs = now;
    const seconds = Math.max(0.001, (now - this.#startedMs) / 1000);
    const update: ProgressUpdate = {
      label: this.#label,
      rows: this.#rows,
      fraction: this.#fraction,
      rowsPerSecond: this.#rows / seconds,
      secondsLeft: secondsLeft(this.#fraction, seconds),
    };
    for (const listener of this.#listeners) listener(update);
  }
}

function secondsLeft(fraction: number | undefined, seconds: number): number | undefined {
  if (fraction === undefined || fraction === 0) return undefined;
  return (seconds * (1 - fraction)) / fraction;
}

/** One line for people: label, share, rows, rate and time left. */
export function formatProgress(update: ProgressUpdate): string {
  const parts = [update.label];
  if (update.fraction !== undefined) parts.push(`${Math.round(update.fraction * 100)} %`);
  if (update.rows > 0) {
    parts.push(`${update.rows.toLocaleString('en')} rows`);
    parts.push(`${Math.round(update.rowsPerSecond).toLocaleString('en')} rows/s`);
  }
  if (update.secondsLeft !== undefined && update.secondsLeft >= 1) {
    parts.push(`${formatSeconds(update.secondsLeft)} left`);
  }
  return parts.join(' · ');
}

function formatSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

const plainIntervalMs = 5000;

/**
 * Shows progress on a stream: one line that is rewritten on a terminal, elsewhere a line for every
 * stage and every five seconds.
 */
export function consoleProgress(
  stream: NodeJS.WriteStream = process.stderr,
  now: () => number = Date.now,
): ProgressListener {
  let writtenMs = -Infinity;
  let writtenLabel: string | undefined;
  return (update) => {
    if (stream.isTTY) {
      const ending = update.label === '' ? '' : formatProgress(update);
      stream.write(`\r\u001b[2K${ending.slice(0, (stream.columns || 100) - 1)}`);
      return;
    }
    const isNew = update.label !== writtenLabel && update.label !== '';
    if (!isNew && now() - writtenMs < plainIntervalMs) return;
    if (update.label === '') return;
    writtenMs = now();
    writtenLabel = update.label;
    stream.write(`${formatProgress(update)}\n`);
  };
}

import type { Progress } from './contract/status.js';

const barWidth = 24;

/** Prints progress: one line that grows on a terminal, a line a label elsewhere. */
export class ConsoleProgress {
  #lastLabel = '';

  show({ label, fraction }: Progress): void {
    if (!process.stdout.isTTY) {
      if (label !== this.#lastLabel) console.log(`  ${label}…`);
      this.#lastLabel = label;
      return;
    }
    process.stdout.write(`\r\x1b[2K  ${label}${fraction === null ? '…' : ` ${bar(fraction)}`}`);
    this.#lastLabel = label;
  }

  /** Ends the growing line. */
  done(): void {
    if (process.stdout.isTTY && this.#lastLabel !== '') process.stdout.write('\r\x1b[2K');
    this.#lastLabel = '';
  }
}

function bar(fraction: number): string {
  const full = Math.round(fraction * barWidth);
  return `${'█'.repeat(full)}${'░'.repeat(barWidth - full)} ${Math.floor(fraction * 100)} %`;
}

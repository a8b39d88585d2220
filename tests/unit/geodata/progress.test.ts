import { describe, expect, it } from 'vitest';
import {
  consoleProgress,
  formatProgress,
  ProgressMeter,
  type ProgressUpdate,
} from '../../../geodata/progress.js';

describe('ProgressMeter', () => {
  it('tells rate, share and time left', () => {
    let now = 0;
    const updates: ProgressUpdate[] = [];
    const meter = new ProgressMeter([(update) => updates.push(update)], () => now);
    meter.stage('Reading');
    now = 10_000;
    meter.advance(500);
    meter.fraction(0.25);
    meter.flush();
    expect(updates.at(-1)).toEqual({
      label: 'Reading',
      rows: 500,
      fraction: 0.25,
      rowsPerSecond: 50,
      secondsLeft: 30,
    });
    expect(formatProgress(updates.at(-1) as ProgressUpdate)).toBe(
      'Reading · 25 % · 500 rows · 50 rows/s · 30 s left',
    );
  });

  it('does not flood its listeners', () => {
    let told = 0;
    const meter = new ProgressMeter([() => (told += 1)], () => 0);
    meter.stage('Reading', 1000);
    for (let row = 0; row < 1000; row += 1) meter.advance(1);
    expect(told).toBe(1);
  });
});

describe('consoleProgress', () => {
  it('writes a line a stage and one every five seconds where there is no terminal', () => {
    let now = 0;
    const written: string[] = [];
    const stream = { isTTY: false, write: (text: string) => written.push(text) };
    const listener = consoleProgress(stream as unknown as NodeJS.WriteStream, () => now);
    const meter = new ProgressMeter([listener], () => now);
    meter.stage('Reading');
    for (now = 500; now <= 6000; now += 500) meter.advance(1);
    meter.stage('Writing');
    expect(written).toEqual(['Reading\n', 'Reading · 10 rows · 2 rows/s\n', 'Writing\n']);
  });
});

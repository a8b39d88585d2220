import { describe, expect, it } from 'vitest';
import { pushStep, redoStep, startHistory, undoStep } from '../../../../src/lib/history.js';

const drawn = [1, 2, 3].reduce(pushStep<number | null>, startHistory<number | null>(null));

describe('steps', () => {
  it('are taken back one by one, and again', () => {
    const back = undoStep(undoStep(drawn));
    expect(back.present).toBe(1);
    expect(redoStep(back).present).toBe(2);
    expect(redoStep(redoStep(redoStep(back))).present).toBe(3);
  });

  it('end at the first and the last', () => {
    const first = [1, 2, 3, 4, 5].reduce((history) => undoStep(history), drawn);
    expect(first.present).toBeNull();
    expect(undoStep(first)).toBe(first);
    expect(redoStep(drawn)).toBe(drawn);
  });

  it('forget what was taken back once another is taken', () => {
    const other = pushStep(undoStep(drawn), 9);
    expect(redoStep(other)).toBe(other);
    expect(undoStep(other).present).toBe(2);
  });

  it('count the same step twice as one', () => {
    expect(pushStep(drawn, 3)).toBe(drawn);
  });
});

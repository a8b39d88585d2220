/** A repeatable source of numbers from 0 to below 1 (a linear congruential generator, Numerical Recipes). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Street and town with so many random edits, spread over both by their length. */
export function misspell(
  random: () => number,
  edits: number,
  street: string,
  town: string,
): [string, string] {
  let [first, second] = [street, town];
  for (let edit = 0; edit < edits; edit += 1) {
    if (random() < first.length / (first.length + second.length))
      first = misspellOnce(random, first);
    else second = misspellOnce(random, second);
  }
  return [first, second];
}

/** One letter put in, left out or replaced, or two neighbours swapped. */
function misspellOnce(random: () => number, text: string): string {
  const at = Math.floor(random() * text.length);
  const letter = String.fromCharCode(97 + Math.floor(random() * 26));
  const kind = Math.floor(random() * 4);
  if (kind === 0) return text.slice(0, at) + letter + text.slice(at);
  if (kind === 1) return text.slice(0, at) + text.slice(at + 1);
  if (kind === 2) return text.slice(0, at) + letter + text.slice(at + 1);
  const start = Math.max(0, Math.min(at, text.length - 2));
  return (
    text.slice(0, start) +
    text
      .slice(start, start + 2)
      .split('')
      .reverse()
      .join('') +
    text.slice(start + 2)
  );
}

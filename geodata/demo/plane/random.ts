/** 32-bit hash of a text and a seed (FNV-1a with a final mix). */
export function hashText(text: string, seed = 0): number {
  let hash = 2166136261 ^ seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  return mix(hash);
}

function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Seeded random numbers (mulberry32): the same seed gives the same sequence on every machine. */
export class Random {
  private state: number;

  constructor(readonly seed: number) {
    this.state = seed >>> 0;
  }

  /** An independent sequence for a part of the work, so that one part never shifts another. */
  fork(label: string, index = 0): Random {
    return new Random(mix(hashText(label, this.seed) + Math.imul(index, 0x9e3779b1)));
  }

  /** Uniform in [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** Uniform between two bounds. */
  range(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** Whole number, both bounds included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** Normal distribution (Box-Muller). */
  normal(mean: number, deviation: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    return mean + deviation * radius * Math.cos(2 * Math.PI * this.next());
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.next() * items.length)]!;
  }

  /** One of the items, each as likely as its weight. */
  weighted<Item>(items: readonly (readonly [Item, number])[]): Item {
    let left = this.next() * items.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [item, weight] of items) {
      left -= weight;
      if (left < 0) return item;
    }
    return items[items.length - 1]![0];
  }

  shuffle<Item>(items: readonly Item[]): Item[] {
    const copy = [...items];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = Math.floor(this.next() * (i + 1));
      [copy[i], copy[j]] = [copy[j]!, copy[i]!];
    }
    return copy;
  }
}

/** Smooth random field over the plane, in [-1, 1]; `wavelength` in metres. */
export class Noise {
  constructor(private readonly seed: number) {}

  at(x: number, y: number, wavelength: number): number {
    const u = x / wavelength;
    const v = y / wavelength;
    const i = Math.floor(u);
    const j = Math.floor(v);
    const s = ease(u - i);
    const t = ease(v - j);
    const top = this.corner(i, j) * (1 - s) + this.corner(i + 1, j) * s;
    const bottom = this.corner(i, j + 1) * (1 - s) + this.corner(i + 1, j + 1) * s;
    return top * (1 - t) + bottom * t;
  }

  /** Several octaves: large shapes with ever finer detail. */
  octaves(x: number, y: number, wavelength: number, count: number): number {
    let sum = 0;
    let amplitude = 1;
    let total = 0;
    for (let octave = 0; octave < count; octave++) {
      sum += amplitude * this.at(x + octave * 7919, y - octave * 6271, wavelength / 2 ** octave);
      total += amplitude;
      amplitude /= 2;
    }
    return sum / total;
  }

  private corner(i: number, j: number): number {
    return mix(Math.imul(i, 374761393) ^ Math.imul(j, 668265263) ^ this.seed) / 2147483648 - 1;
  }
}

function ease(t: number): number {
  return t * t * (3 - 2 * t);
}

export type DictionaryValue = string | number;

/** Numbers the different values of a column; code 0 stands for null. It only grows, so codes stay valid. */
export class Dictionary {
  readonly #values: (DictionaryValue | null)[] = [null];
  readonly #codes = new Map<DictionaryValue, number>();

  /** How many codes there are, null included. */
  get size(): number {
    return this.#values.length;
  }

  valueOf(code: number): DictionaryValue | null {
    return this.#values[code] ?? null;
  }

  /** The code of a value; undefined where no row ever had it. */
  codeOf(value: DictionaryValue | null): number | undefined {
    return value === null ? 0 : this.#codes.get(value);
  }

  /** The code of a value, numbered now where it is new. */
  add(value: DictionaryValue | null): number {
    if (value === null) return 0;
    const known = this.#codes.get(value);
    if (known !== undefined) return known;
    const code = this.#values.push(value) - 1;
    this.#codes.set(value, code);
    return code;
  }
}

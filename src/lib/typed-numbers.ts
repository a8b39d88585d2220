/** A number as a person types it in their language, NaN for anything else; `1 250,5` and `1.250,5` in Dutch. */
export function parseNumber(text: string, locale: string): number {
  const { decimal, group } = separatorsOf(locale);
  const plain = text
    .trim()
    .replace(/[\s\u00a0\u202f]/g, '')
    .replaceAll(group, '')
    .replace(decimal, '.')
    .replace('−', '-');
  return /^-?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : Number.NaN;
}

/** Numbers with semicolons between them; where there is no semicolon, spaces part them. */
export function parseNumbers(text: string, locale: string): number[] {
  const items = text.trim().split(text.includes(';') ? ';' : /\s+/);
  return items
    .map((item) => item.trim())
    .filter((item) => item !== '')
    .map((item) => parseNumber(item, locale));
}

/** A number in full, without grouping, as `parseNumber` reads it back. */
export function printNumber(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, {
    useGrouping: false,
    maximumFractionDigits: 20,
  }).format(value);
}

function separatorsOf(locale: string): { readonly decimal: string; readonly group: string } {
  const parts = new Intl.NumberFormat(locale).formatToParts(1_234_567.5);
  const find = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return { decimal: find('decimal'), group: find('group') };
}

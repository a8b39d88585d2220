/**
 * JSON that PostgreSQL takes as jsonb: it refuses the NUL character and halves of surrogate pairs, in names as
 * in values.
 */
export function jsonText(value: Readonly<Record<string, unknown>>): string {
  const text = JSON.stringify(value);
  return text.includes('\\u') ? JSON.stringify(withStorableText(value)) : text;
}

function withStorableText(value: unknown): unknown {
  if (typeof value === 'string') return storable(value);
  if (Array.isArray(value)) return value.map(withStorableText);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]): [string, unknown] => [
    storable(name),
    withStorableText(inner),
  ]);
  return Object.fromEntries(entries);
}

function storable(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd');
}

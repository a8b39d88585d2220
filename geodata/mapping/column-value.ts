/**
 * The text in a column of a row, trimmed; null where it is empty. A point in the name reaches into nested
 * objects, as GeoJSON properties have them: `address.postcode`.
 */
export function columnText(
  values: Readonly<Record<string, unknown>>,
  column: string,
): string | null {
  const direct = values[column];
  if (typeof direct === 'string') return cleaned(direct);
  const value = columnValue(values, column);
  if (value === null || value === undefined) return null;
  return cleaned(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

/** Text in PostgreSQL cannot hold the NUL character, and without it nothing may be left. */
function cleaned(text: string): string | null {
  const kept = text.includes('\0') ? text.replaceAll('\0', '') : text;
  return kept.trim() || null;
}

function columnValue(values: Readonly<Record<string, unknown>>, column: string): unknown {
  if (column in values) return values[column];
  let value: unknown = values;
  for (const name of column.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/** Names of all columns of a row, those of nested objects with a point. */
export function columnNames(values: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(values).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? columnNames(value as Record<string, unknown>).map((inner) => `${name}.${inner}`)
      : [name],
  );
}

/** What values can look like, whatever their column is called. */
export type ValueLook = 'email' | 'website' | 'postcode' | 'longitude' | 'latitude';

const tests: Readonly<Record<ValueLook, (text: string) => boolean>> = {
  email: (text) => /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text),
  website: (text) => /^(https?:\/\/|www\.)\S+$/i.test(text),
  // Forms that nothing else has: Dutch, Brazilian, Portuguese, British and Canadian ones.
  postcode: (text) =>
    /^([1-9]\d{3} ?[A-Za-z]{2}|\d{5}-\d{3,4}|\d{4}-\d{3}|[A-Za-z]{1,2}\d[A-Za-z\d]? \d[A-Za-z]{2}|[A-Za-z]\d[A-Za-z] \d[A-Za-z]\d)$/.test(
      text,
    ),
  longitude: (text) => isDegrees(text, 180),
  latitude: (text) => isDegrees(text, 90),
};

/** Of the values that are there, the share that must look like it; the rest are mistakes. */
const typicalShare = 0.8;
const fewest = 2;

/** Whether most of the values look like that. Columns of whole numbers never look like degrees. */
export function looksLike(look: ValueLook, values: readonly string[]): boolean {
  if (values.length < fewest) return false;
  return values.filter(tests[look]).length >= values.length * typicalShare;
}

/** Degrees come with four decimals or more; prices and shares do not. */
function isDegrees(text: string, most: number): boolean {
  return /^-?\d{1,3}[.,]\d{4,}$/.test(text) && Math.abs(Number(text.replace(',', '.'))) <= most;
}

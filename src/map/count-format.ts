/** Prints figures on marks: in full below ten thousand, else in short. */
export function countFormat(locale: string): (count: number) => string {
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const full = new Intl.NumberFormat(locale);
  return (count) => (count < 10_000 ? full.format(count) : short.format(count));
}

/** How the figures of a measure are printed. */
export type FigureKind = 'number' | 'ratio' | 'currency' | 'percent';

export interface FigureFormat {
  readonly kind: FigureKind;
  /** ISO 4217 code, for `currency`. */
  readonly currency: string;
  /** BCP 47 tag. */
  readonly locale: string;
}

const minus = '−';

/** A figure in full: whole numbers without, ratios and money per head with two decimals. */
export function formatFigure(value: number | null, format: FigureFormat): string {
  if (value === null || !Number.isFinite(value)) return '–';
  return withMinus(new Intl.NumberFormat(format.locale, optionsFor(value, format)).format(value));
}

/** A figure short enough for a tile: 4.82 M instead of 4,821,334. */
export function formatShort(value: number | null, format: FigureFormat): string {
  if (value === null || !Number.isFinite(value)) return '–';
  if (Math.abs(value) < 1_000_000 || format.kind === 'percent') return formatFigure(value, format);
  const options: Intl.NumberFormatOptions = {
    ...optionsFor(value, format),
    notation: 'compact',
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  };
  return withMinus(new Intl.NumberFormat(format.locale, options).format(value));
}

/** A relative change with sign: +6.1 %. */
export function formatChange(change: number | null, locale: string): string {
  if (change === null || !Number.isFinite(change)) return '–';
  return withMinus(
    new Intl.NumberFormat(locale, {
      style: 'percent',
      signDisplay: 'exceptZero',
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    }).format(change),
  );
}

/** A share between 0 and 1: 0.3 %. */
export function formatShare(share: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(
    share,
  );
}

/** A whole number with separators. */
export function formatCount(count: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(count);
}

/** A size: kB below a megabyte, else MB with one decimal (units of a thousand). */
export function formatBytes(bytes: number, locale: string): string {
  const inMegabytes = bytes >= 1_000_000;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: inMegabytes ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: inMegabytes ? 1 : 0,
  }).format(bytes / (inMegabytes ? 1_000_000 : 1000));
}

/** Metres below a kilometre, else kilometres with one decimal. */
export function formatDistance(meters: number, locale: string): string {
  const inKilometres = meters >= 1000;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: inKilometres ? 'kilometer' : 'meter',
    maximumFractionDigits: inKilometres ? 1 : 0,
  }).format(inKilometres ? meters / 1000 : meters);
}

/** A day like 3 Mar 2026, from YYYY-MM-DD or a time stamp. */
export function formatDay(day: string, locale: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(day);
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    ...(isDay ? { timeZone: 'UTC' } : {}),
  }).format(new Date(day));
}

/** A month like Mar 2026, from YYYY-MM. */
export function formatMonth(month: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${month}-01T00:00:00Z`));
}

/** `value` against `before` as a relative change; null where that means nothing. */
export function changeOf(value: number | null, before: number | null): number | null {
  if (value === null || before === null || before === 0) return null;
  return (value - before) / Math.abs(before);
}

function optionsFor(value: number, { kind, currency }: FigureFormat): Intl.NumberFormatOptions {
  switch (kind) {
    case 'currency': {
      const digits = Math.abs(value) < 1000 ? 2 : 0;
      return {
        style: 'currency',
        currency,
        currencyDisplay: 'narrowSymbol',
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      };
    }
    case 'percent':
      return { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 };
    case 'ratio':
      return { minimumFractionDigits: 2, maximumFractionDigits: 2 };
    case 'number':
      return { maximumFractionDigits: Number.isInteger(value) ? 0 : 2 };
  }
}

function withMinus(text: string): string {
  return text.replace(/^-/, minus).replace(/^(\p{Sc})-/u, `${minus}$1`);
}

/**
 * Seconds of a `duration` tag: `HH:MM`, `HH:MM:SS`, a number of minutes, or ISO 8601 such as `PT1H30M`.
 * Undefined for anything else, and for none at all.
 */
export function parseDurationS(value: string | undefined): number | undefined {
  const text = value?.trim() ?? '';
  const clock = /^(\d{1,3}):([0-5]\d)(?::([0-5]\d))?$/.exec(text);
  if (clock) return positive(seconds(clock[1], clock[2], clock[3]));
  const iso = /^PT(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(text);
  if (iso) return positive(seconds(iso[1], iso[2], iso[3]));
  return /^\d{1,4}$/.test(text) ? positive(Number(text) * 60) : undefined;
}

function seconds(hours = '0', minutes = '0', rest = '0'): number {
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
}

function positive(value: number): number | undefined {
  return value > 0 ? value : undefined;
}

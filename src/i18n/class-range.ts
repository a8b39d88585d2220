import { msg } from '@lit/localize';

/** "under 10.30", "10.30 – 11.24", "from 12.80", or "All" for a single class. */
export function classRange(
  from: number | null,
  to: number | null,
  format: (value: number) => string,
): string {
  if (from === null && to === null) return msg('All');
  if (from === null) return `${msg('under')} ${format(to ?? 0)}`;
  if (to === null) return `${msg('from')} ${format(from)}`;
  return `${format(from)} – ${format(to)}`;
}

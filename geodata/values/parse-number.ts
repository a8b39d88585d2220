/** Which character parts whole and fraction; `auto` takes what is certain and refuses the rest. */
export type DecimalMark = 'auto' | 'point' | 'comma';

export type Parsed<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly reason: string };

/** Most numbers of most files: digits with a decimal point or none. */
const plainNumber = /^-?\d{1,15}(\.\d{1,20})?$/;

const notANumber = { ok: false, reason: 'is not a number' } as const;

/**
 * The number that a text says, with or without thousands separators (point, comma, space, apostrophe).
 *
 * With `auto`, two different marks tell by their order, a single point is the decimal mark, and a single
 * comma with exactly three digits after it is refused as ambiguous.
 */
export function parseNumber(text: string, decimal: DecimalMark = 'auto'): Parsed<number> {
  if (decimal !== 'comma' && plainNumber.test(text)) return { ok: true, value: Number(text) };
  const compact = text.trim().replace(/[\s\u00a0\u202f']/g, '');
  if (!/^[+-]?[\d.,]*\d[\d.,]*(e[+-]?\d+)?$/i.test(compact)) return notANumber;
  const mark = decimal === 'auto' ? decimalMarkOf(compact) : decimal;
  if (mark === 'ambiguous') {
    return {
      ok: false,
      reason: 'could be thousands or a fraction: say which decimal mark is used',
    };
  }
  const thousands = mark === 'point' ? ',' : '.';
  const [sign, whole, rest] = splitNumber(compact.replace(mark === 'comma' ? ',' : '.', '|'));
  if (!hasGoodThousands(whole, thousands)) return notANumber;
  if (/[.,|]/.test(rest.replace('|', ''))) return notANumber;
  const value = Number(`${sign}${whole.replaceAll(thousands, '')}${rest.replace('|', '.')}`);
  return Number.isFinite(value) ? { ok: true, value } : notANumber;
}

/** Sign, digits before the decimal mark (written `|`), and the rest with it. */
function splitNumber(text: string): [string, string, string] {
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  const unsigned = text.slice(sign.length);
  const end = unsigned.search(/[|e]/i);
  return end < 0 ? [sign, unsigned, ''] : [sign, unsigned.slice(0, end), unsigned.slice(end)];
}

function hasGoodThousands(whole: string, separator: string): boolean {
  if (!/[.,]/.test(whole)) return true;
  const groups = whole.split(separator);
  if (groups.some((group) => /[.,]/.test(group))) return false;
  const [first = '', ...others] = groups;
  return first.length >= 1 && first.length <= 3 && others.every((group) => group.length === 3);
}

function decimalMarkOf(text: string): 'point' | 'comma' | 'ambiguous' {
  const points = text.split('.').length - 1;
  const commas = text.split(',').length - 1;
  if (points > 0 && commas > 0)
    return text.lastIndexOf('.') > text.lastIndexOf(',') ? 'point' : 'comma';
  if (points > 1) return 'comma';
  if (commas > 1) return 'point';
  if (commas === 0) return 'point';
  return /^[+-]?\d{1,3},\d{3}$/.test(text) ? 'ambiguous' : 'comma';
}

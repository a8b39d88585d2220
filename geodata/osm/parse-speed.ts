import { firstValue, lookUp } from './tags.js';

const kmhPerUnit: Readonly<Record<string, number>> = {
  '': 1,
  'km/h': 1,
  kmh: 1,
  kph: 1,
  mph: 1.609344,
  knots: 1.852,
};

/** Speeds of legal zones, by kind and then by country; `default` where the country is not listed. */
const zoneSpeedsKmh: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  urban: { default: 50, RU: 60, UA: 50, GB: 48, US: 40 },
  rural: {
    default: 90,
    NL: 80,
    BE: 70,
    DE: 100,
    AT: 100,
    GB: 97,
    DK: 80,
    SE: 70,
    NO: 80,
    CH: 80,
    FR: 80,
  },
  trunk: { default: 100, NL: 100, AT: 100, GB: 113, HU: 110 },
  motorway: {
    default: 130,
    NL: 100,
    BE: 120,
    GB: 113,
    CH: 120,
    ES: 120,
    PT: 120,
    SE: 110,
    NO: 110,
    BR: 110,
  },
  living_street: { default: 20, NL: 15, DE: 7, AT: 5, BE: 20, FR: 20, RU: 20 },
  school: { default: 30 },
  walk: { default: 5 },
};

/** Recommended where there is no limit at all. */
const unlimitedKmh = 130;

/**
 * The speed limit in km/h that a `maxspeed` tag says, or undefined where it says none that is fixed
 * (`signals`, `variable`). Understands mph and knots, `none` (130, the recommended speed), `walk` and
 * legal zones such as `NL:urban` or `DE:zone30`. Of several values the first counts.
 */
export function parseSpeedKmh(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const text = firstValue(value);
  const plain = /^(\d+(?:\.\d+)?)\s*([a-z/]*)$/i.exec(text);
  if (plain) return plausible(Number(plain[1]), lookUp(kmhPerUnit, (plain[2] ?? '').toLowerCase()));
  if (text === 'none') return unlimitedKmh;
  if (text === 'walk') return zoneSpeedsKmh['walk']?.['default'];
  return zoneSpeed(text);
}

function plausible(speed: number, factor: number | undefined): number | undefined {
  if (factor === undefined) return undefined;
  const kmh = Math.round(speed * factor * 10) / 10;
  return kmh > 0 && kmh <= 200 ? kmh : undefined;
}

function zoneSpeed(text: string): number | undefined {
  const zone = /^(?:([A-Z]{2}):)?([a-z_]+)(?::?(\d{1,3}))?$/.exec(text);
  if (!zone) return undefined;
  const [, country = 'default', kind = '', number] = zone;
  if (kind === 'zone') return number ? plausible(Number(number), 1) : undefined;
  const speeds = lookUp(zoneSpeedsKmh, kind);
  return speeds?.[country] ?? speeds?.['default'];
}

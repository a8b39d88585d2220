import { legalSpeedKmh, type LegalKind } from '../roads/legal-speeds.js';
import { firstValue, lookUp } from './tags.js';

const kmhPerUnit: Readonly<Record<string, number>> = {
  '': 1,
  'km/h': 1,
  kmh: 1,
  kph: 1,
  mph: 1.609344,
  knots: 1.852,
};

/** Words after the country in values such as `GB:nsl_single`, as kinds of road. */
const kindOfWord: Readonly<Record<string, LegalKind>> = {
  urban: 'urban',
  rural: 'rural',
  trunk: 'trunk',
  motorway: 'motorway',
  living_street: 'living_street',
  nsl_restricted: 'urban',
  nsl_single: 'rural',
  nsl_dual: 'trunk',
};

const schoolKmh = 30;
const walkKmh = 5;
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
  return zoneSpeed(text);
}

/** The country and kind of road that a value such as `NL:urban` names. */
export function parseZone(
  value: string | undefined,
):
  | { readonly country: string | undefined; readonly kind: string; readonly number: string }
  | undefined {
  const zone = /^(?:([A-Z]{2}):)?([a-z_]+)(?::?(\d{1,3}))?$/.exec(firstValue(value ?? ''));
  return zone ? { country: zone[1], kind: zone[2] ?? '', number: zone[3] ?? '' } : undefined;
}

function plausible(speed: number, factor: number | undefined): number | undefined {
  if (factor === undefined) return undefined;
  const kmh = Math.round(speed * factor * 10) / 10;
  return kmh > 0 && kmh <= 200 ? kmh : undefined;
}

function zoneSpeed(text: string): number | undefined {
  const zone = parseZone(text);
  if (!zone) return undefined;
  const { country, kind, number } = zone;
  if (kind === 'zone') return number === '' ? undefined : plausible(Number(number), 1);
  if (kind === 'walk') return walkKmh;
  if (kind === 'school') return schoolKmh;
  const legal = lookUp(kindOfWord, kind);
  return legal && legalSpeedKmh(country, legal);
}

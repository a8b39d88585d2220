import { hasLegalSpeeds } from '../roads/legal-speeds.js';
import { zoneKeys } from '../roads/car-speed.js';
import { parseZone } from './parse-speed.js';
import { firstTag, lookUp, type Tags } from './tags.js';

const countryOfCallingCode: Readonly<Record<string, string>> = {
  ...{
    '1': 'US',
    '7': 'RU',
    '31': 'NL',
    '32': 'BE',
    '33': 'FR',
    '34': 'ES',
    '36': 'HU',
    '41': 'CH',
  },
  ...{ '43': 'AT', '44': 'GB', '45': 'DK', '46': 'SE', '47': 'NO', '49': 'DE', '55': 'BR' },
  ...{ '351': 'PT', '377': 'MC', '423': 'LI' },
};

const leastVotes = 3;

/**
 * Finds the country of an extract by what its elements say: `addr:country`, telephone numbers, and speed
 * zones such as `NL:urban`. Extracts do not name their country, and their bounds overlap the neighbours'.
 */
export class CountryVotes {
  readonly #votes = new Map<string, number>();

  add(tags: Tags): void {
    this.#count(tags['addr:country']?.toUpperCase());
    this.#count(countryOfPhone(firstTag(tags, 'phone', 'contact:phone')));
    for (const key of ['maxspeed', ...zoneKeys]) this.#count(parseZone(tags[key])?.country);
  }

  /** The country named most; undefined where too few elements name one. */
  winner(): string | undefined {
    const [first] = [...this.#votes].sort((a, b) => b[1] - a[1]);
    return first && first[1] >= leastVotes ? first[0] : undefined;
  }

  #count(country: string | undefined): void {
    if (country === undefined || !hasLegalSpeeds(country)) return;
    this.#votes.set(country, (this.#votes.get(country) ?? 0) + 1);
  }
}

function countryOfPhone(phone: string | undefined): string | undefined {
  const digits = /^(?:\+|00)[\s(]*(\d{1,3})/.exec(phone ?? '')?.[1] ?? '';
  return [3, 2, 1]
    .map((length) => lookUp(countryOfCallingCode, digits.slice(0, length)))
    .find((country) => country !== undefined);
}

import { toPlain } from './normalise.js';

const languages = ['en', 'nl', 'fr', 'de', 'pt', 'es'];

/** Names that people write and no dictionary of country names has. */
const furtherNames: Readonly<Record<string, string>> = {
  'the netherlands': 'NL',
  holland: 'NL',
  'koninkrijk der nederlanden': 'NL',
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  usa: 'US',
  'united states of america': 'US',
};

let names: ReadonlyMap<string, string> | undefined;

/** The two-letter code of a country by its name in Dutch, English, French, German, Portuguese or Spanish. */
export function countryNamed(text: string): string | undefined {
  names ??= namesOfCountries();
  return names.get(toPlain(text));
}

/** The two-letter code that a person gave as a code or as a name; undefined where it is neither. */
export function toCountryCode(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  return /^[A-Za-z]{2}$/.test(text.trim()) ? text.trim().toUpperCase() : countryNamed(text);
}

function namesOfCountries(): Map<string, string> {
  const found = new Map<string, string>();
  const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = alphabet.flatMap((first) => alphabet.map((second) => first + second));
  for (const language of languages) {
    const display = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    for (const code of codes) {
      const name = display.of(code);
      if (name !== undefined && !found.has(toPlain(name))) found.set(toPlain(name), code);
    }
  }
  for (const [name, code] of Object.entries(furtherNames)) found.set(name, code);
  return found;
}

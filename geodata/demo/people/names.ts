import type { Random } from '../plane/random.js';

const FIRST = [
  'Anna', 'Bram', 'Carla', 'Daan', 'Elin', 'Femke', 'Gijs', 'Hanna', 'Ivo', 'Jet', 'Koen', 'Lotte', 'Mats', 'Nora',
  'Olaf', 'Pien', 'Quint', 'Roos', 'Sem', 'Tess', 'Umar', 'Vera', 'Wout', 'Yara', 'Zeb', 'Aisha', 'Bilal', 'Chiara',
  'Dilan', 'Emre', 'Fatima', 'Goran', 'Hilde', 'Ilse', 'Joris', 'Karim', 'Leila', 'Maarten', 'Nadia', 'Otto',
  'Petra', 'Ruben', 'Sanne', 'Tomasz', 'Ursula', 'Victor', 'Wendy', 'Yusuf', 'Zoë', 'Marieke', 'Pieter', 'Sofie',
];
const LAST = [
  'van Aalst', 'Akkerman', 'van den Berg', 'Bleeker', 'Bootsma', 'Brands', 'de Bruin', 'Claassen', 'Dekker',
  'van Dijk', 'Driessen', 'van Eck', 'Evers', 'Faber', 'Geerts', 'de Graaf', 'Haan', 'Hofman', 'van der Horst',
  'Huisman', 'Jacobs', 'de Jong', 'Kaya', 'Keizer', 'Klaassen', 'de Koning', 'Kramer', 'van Laar', 'Lindeman',
  'Maas', 'Meijer', 'Molenaar', 'Mulder', 'Nagel', 'Noordhof', 'Oosterling', 'Peeters', 'Postma', 'Prins', 'Rademaker',
  'de Ridder', 'Schipper', 'Smeets', 'Stam', 'Timmer', 'Uitdam', 'Veenstra', 'Visser', 'de Vries', 'van der Wal',
  'Weber', 'Wiersma', 'Willemsen', 'Yilmaz', 'Zandstra', 'Zijlstra', 'Nowak', 'Benali', 'Rossi', 'Sørensen',
];
const TRADES = [
  'Installatie', 'Bouw', 'Transport', 'Advies', 'Techniek', 'Logistiek', 'Metaal', 'Interieur', 'Groothandel',
  'Automatisering', 'Hoveniers', 'Schilders', 'Vastgoed', 'Accountants', 'Makelaardij', 'Drukwerk', 'Schoonmaak',
  'Elektro', 'Verpakking', 'Import', 'Scheepswerf', 'Catering', 'Ontwerp', 'Dakwerken', 'Kozijnen', 'Machinebouw',
];
const FORMS = ['B.V.', 'B.V.', 'B.V.', 'V.O.F.', '& Zonen', 'Groep', 'Holding', ''];

/** A person's name, put together from common first and last names. */
export function personName(random: Random): string {
  return `${random.pick(FIRST)} ${random.pick(LAST)}`;
}

/** A company's name. */
export function companyName(random: Random): string {
  const stem = random.pick(LAST).replace(/^(van den|van der|van|de) /, '');
  return [stem, random.pick(TRADES), random.pick(FORMS)].filter(Boolean).join(' ');
}

/** The part of an e-mail address before the @: ASCII letters, digits and dots. */
export function mailboxOf(name: string): string {
  const plain = name.normalize('NFD').replace(/ø/g, 'o').replace(/[^\x20-\x7e]/g, '').toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, '.').replace(/^\.|\.$/g, '');
}

/** A telephone number under a country code that is given to nobody. */
export function phoneNumber(random: Random): string {
  return `+999 ${random.int(10, 79)} 555 ${String(random.int(0, 9_999)).padStart(4, '0')}`;
}

const STREET_STEMS = [
  'Berken', 'Eiken', 'Linden', 'Kastanje', 'Wilgen', 'Iepen', 'Rozen', 'Tulpen', 'Lelie', 'Anjer', 'Merel', 'Lijster',
  'Reiger', 'Zwaluw', 'Kievit', 'Valk', 'Molen', 'Kerk', 'School', 'Haven', 'Schipper', 'Vissers', 'Bakkers', 'Smids',
  'Touw', 'Zand', 'Duin', 'Klei', 'Veen', 'Polder', 'Dijk', 'Brug', 'Sluis', 'Anker', 'Kompas', 'Sterren',
  'Maan', 'Zonne', 'Noorder', 'Ooster', 'Zuider', 'Wester', 'Vesting', 'Prinsen', 'Konings', 'Burgemeester Brands',
  'Dokter Evers', 'Vlas', 'Tarwe', 'Haver', 'Gerst', 'Klaver', 'Boter', 'Kaas', 'Appel', 'Peren', 'Kersen', 'Hazelaar',
  'Spoor', 'Station', 'Vrede', 'Vrijheid', 'Componisten', 'Schilders', 'Dichters', 'Admiraal', 'Kapitein', 'Loods',
];
const ENDINGS: Record<string, readonly string[]> = {
  historic: ['straat', 'steeg', 'gracht', 'markt', 'wal', 'gang'],
  inner: ['straat', 'straat', 'straat', 'kade', 'plein'],
  postwar: ['straat', 'laan', 'straat', 'singel', 'hof'],
  suburb: ['laan', 'weg', 'hof', 'pad', 'dreef', 'erf'],
  new: ['laan', 'kade', 'pad', 'werf', 'hof'],
  town: ['straat', 'weg', 'laan', 'plein'],
  village: ['weg', 'straat', 'pad', 'laan', 'kamp'],
  rural: ['weg', 'dijk', 'laan', 'vaart'],
  port: ['kade', 'weg', 'dok'],
  industrial: ['weg', 'straat', 'hoek'],
  office: ['boulevard', 'plein', 'weg'],
  park: ['pad', 'laan'],
  main: ['weg', 'laan', 'weg', 'singel'],
};

/** A street name in the manner of a kind of neighbourhood (or of a main road). */
export function streetName(random: Random, kind: string): string {
  return `${random.pick(STREET_STEMS)}${random.pick(ENDINGS[kind] ?? ENDINGS['main']!)}`;
}

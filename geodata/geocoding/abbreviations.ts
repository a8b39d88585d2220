/**
 * Words of addresses with their abbreviations in Dutch, German, French, Portuguese and English; each line
 * shares one form, its first. Where two languages mean different things by one abbreviation (`dr` is drive
 * and doctor), they share the form too: that only makes the comparison a little more generous.
 */
const families: readonly string[] = [
  'str straat strasse street strasze',
  'pl plein platz place plaza praca pca pc pln',
  'ln laan lane',
  'gr gracht',
  'kd kade',
  'av avenue avenida ave avda aven avn',
  'bd boulevard blvd boul bvd bld bulevar',
  'rd road',
  'dr drive doctor doutor doutora docteur doktor dra',
  'r rua rue',
  'sq square',
  'ct court',
  'cr crescent cres',
  'ter terrace terr',
  'hwy highway',
  'pkwy parkway',
  'cl close',
  'gdns gardens',
  'n north',
  's south sao',
  'e east',
  'w west',
  'st saint sint sankt',
  'ste sainte suite',
  'sta santa',
  'sto santo',
  'prof professor professeur professora',
  'burg burgemeester bgm burgem',
  'gen general generaal gal',
  'pres president presidente',
  'ing ingenieur engenheiro engenheira eng ir',
  'mgr monseigneur monsenhor mons monsignore',
  'mr meester',
  'cel coronel',
  'mal marechal marechale',
  'gov governador',
  'al alameda',
  'tv travessa trav',
  'rod rodovia',
  'estr estrada est',
  'lg largo',
  'jd jardim',
  'vl vila',
  'pq parque pque',
  'ch chaussee chemin che chem chee',
  'imp impasse',
  'all allee',
  'fbg faubourg fg',
  'rte route',
  'mt mount maitre',
  'ft fort',
  '1e eerste 1ste first 1st premier premiere 1er',
  '2e tweede 2de second 2nd deuxieme',
  '3e derde 3de third 3rd troisieme',
];

const canonical = new Map(
  families.flatMap((family) => {
    const [form = '', ...others] = family.split(' ');
    return others.map((word): [string, string] => [word, form]);
  }),
);

/** Ends of compound words, as in `Kerkstraat`, `Rathausplatz`, `Herengracht`. */
const compound = /^(.{2,}?)(straat|strasse|str|plein|platz|pln|laan|gracht|kade)$/u;

/** The form that a word shares with its abbreviations. */
export function canonicalToken(word: string): string {
  const known = canonical.get(word);
  if (known !== undefined) return known;
  const parts = compound.exec(word);
  return parts ? `${parts[1]}${canonical.get(parts[2]!) ?? parts[2]!}` : word;
}

/** As `canonicalToken` for the last of several words, where `st` is street rather than saint. */
export function closingToken(word: string): string {
  return word === 'st' ? 'str' : canonicalToken(word);
}

/** The forms that a word can share where it is not known whether it is the last one of a name. */
export function possibleTokens(word: string): string[] {
  return word === 'st' ? ['st', 'str'] : [canonicalToken(word)];
}

const streetWords = new Set(
  'str pl ln gr kd av bd rd r sq ct cr ter hwy pkwy cl al tv rod estr lg ch imp all rte quai cours weg dijk way walk'.split(
    ' ',
  ),
);

/** Words that stand before the name of a street in languages that put the house number first. */
const leadingWords = new Set(
  'rue avenue av ave bd boulevard place chemin che allee impasse imp quai route rte cours square passage villa faubourg voie sentier'.split(
    ' ',
  ),
);

/** Whether a plain word says that the name is that of a street. */
export function isStreetWord(word: string): boolean {
  if (streetWords.has(canonicalToken(word)) || word === 'drive' || word === 'dr') return true;
  return (
    compound.test(word) || /.{3}(weg|dijk|steeg|singel|gasse|allee|wal|hof|dreef|pad)$/u.test(word)
  );
}

/** Whether a plain word begins a street name that follows its house number, as in `12 bis rue de la Paix`. */
export function leadsStreet(word: string): boolean {
  return leadingWords.has(word);
}

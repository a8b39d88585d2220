/** Kinds of road that laws know; a country may tell the streets of towns further apart by class. */
export type LegalKind = 'living_street' | 'urban' | 'rural' | 'trunk' | 'motorway';

type LegalSpeeds = Readonly<Record<LegalKind, number>> & {
  /** Limits in towns by class where the law grades them. */
  readonly urbanByClass?: Readonly<Record<string, number>>;
};

/**
 * Limits in km/h for cars where no sign says otherwise, by ISO 3166 country.
 *
 * Source: OpenStreetMap wiki, "Default speed limits", checked against the national codes named there.
 * `rural` is a single carriageway outside built-up areas, `trunk` a road for motor vehicles only. Where a
 * country differs within itself the lower limit stands (Belgium: Flanders; United States: the commonest of
 * the states; Germany's motorways: the recommended 130). Brazil grades its streets by class (CTB, article 61).
 */
const speeds: Readonly<Record<string, LegalSpeeds>> = {
  NL: { living_street: 15, urban: 50, rural: 80, trunk: 100, motorway: 100 },
  BE: { living_street: 20, urban: 50, rural: 70, trunk: 90, motorway: 120 },
  DE: { living_street: 7, urban: 50, rural: 100, trunk: 100, motorway: 130 },
  FR: { living_street: 20, urban: 50, rural: 80, trunk: 110, motorway: 130 },
  GB: { living_street: 32, urban: 48, rural: 97, trunk: 113, motorway: 113 },
  US: { living_street: 24, urban: 40, rural: 89, trunk: 89, motorway: 105 },
  CH: { living_street: 20, urban: 50, rural: 80, trunk: 100, motorway: 120 },
  LI: { living_street: 20, urban: 50, rural: 80, trunk: 100, motorway: 120 },
  MC: { living_street: 20, urban: 50, rural: 50, trunk: 50, motorway: 50 },
  BR: {
    ...{ living_street: 20, urban: 40, rural: 100, trunk: 110, motorway: 110 },
    urbanByClass: { trunk: 80, primary: 60, secondary: 60, tertiary: 40, residential: 30 },
  },
  AT: { living_street: 5, urban: 50, rural: 100, trunk: 100, motorway: 130 },
  DK: { living_street: 15, urban: 50, rural: 80, trunk: 80, motorway: 130 },
  SE: { living_street: 7, urban: 50, rural: 70, trunk: 90, motorway: 110 },
  NO: { living_street: 15, urban: 50, rural: 80, trunk: 90, motorway: 110 },
  ES: { living_street: 20, urban: 50, rural: 90, trunk: 90, motorway: 120 },
  PT: { living_street: 20, urban: 50, rural: 90, trunk: 100, motorway: 120 },
  HU: { living_street: 20, urban: 50, rural: 90, trunk: 110, motorway: 130 },
  RU: { living_street: 20, urban: 60, rural: 90, trunk: 90, motorway: 110 },
};

/** Where the country is not known or not listed: what most of Europe has. */
const elsewhere: LegalSpeeds = {
  ...{ living_street: 20, urban: 50, rural: 90, trunk: 100, motorway: 130 },
};

/** The limit in km/h of a kind of road in a country (ISO 3166 code, undefined where not known). */
export function legalSpeedKmh(
  country: string | undefined,
  kind: LegalKind,
  highway?: string,
): number {
  const legal = speedsOf(country);
  const graded = kind === 'urban' && highway !== undefined ? legal.urbanByClass : undefined;
  const byClass =
    graded && Object.hasOwn(graded, highway ?? '') ? graded[highway ?? ''] : undefined;
  return byClass ?? legal[kind];
}

/** Whether the limits of a country are known. */
export function hasLegalSpeeds(country: string): boolean {
  return Object.hasOwn(speeds, country);
}

function speedsOf(country: string | undefined): LegalSpeeds {
  return (
    (country !== undefined && hasLegalSpeeds(country) ? speeds[country] : undefined) ?? elsewhere
  );
}

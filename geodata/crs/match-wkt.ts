import proj4 from 'proj4';
import type { Projection, Projections } from './projections.js';

/** Numbers that settle a projection; angles in radians, lengths in metres. */
const parameters = {
  lat0: 1e-7,
  long0: 1e-7,
  lat1: 1e-7,
  lat2: 1e-7,
  k0: 1e-9,
  x0: 0.01,
  y0: 0.01,
  a: 0.01,
  to_meter: 1e-6,
} as const;

type Settled = Partial<Record<keyof typeof parameters | 'rf', number>> & {
  readonly names?: readonly string[];
};

/** Code that well-known text carries for the system as a whole; parts of it have codes of their own. */
export function authorityOf(wkt: string): number | undefined {
  const found =
    /(?:AUTHORITY\s*\[\s*"(?:EPSG|ESRI)"\s*,\s*"?|ID\s*\[\s*"(?:EPSG|ESRI)"\s*,\s*)(\d{4,6})"?\s*\]\s*[\])]\s*$/i;
  const code = found.exec(wkt.trim())?.[1];
  return code === undefined ? undefined : Number(code);
}

/** Name of the system in well-known text. */
export function nameOfWkt(wkt: string): string | undefined {
  return /^\s*\w+\s*[[(]\s*"([^"]*)"/.exec(wkt)?.[1];
}

/**
 * The registered system that well-known text without a code means: equal method, parameters and
 * ellipsoid, and of those the one whose datum is called most alike. Esri's text has no datum shift, so
 * that going by the text alone would put points tens or hundreds of metres off.
 */
export async function matchWkt(
  wkt: string,
  projections: Projections,
): Promise<Projection | undefined> {
  const wanted = settle(wkt);
  if (!wanted) return undefined;
  const datum = words(datumOf(wkt) ?? '');
  const methods = methodsOf(wanted);
  const same = (await projections.byMethod(methods)).filter(({ definition }) => {
    const candidate = settle(definition);
    return candidate !== undefined && isSame(wanted, candidate);
  });
  const rated = same.map((projection) => ({ projection, rate: likeness(datum, projection.name) }));
  const best = Math.max(...rated.map(({ rate }) => rate));
  return rated.find(({ rate }) => rate === best)?.projection;
}

function settle(definition: string): Settled | undefined {
  try {
    return new proj4.Proj(definition) as unknown as Settled;
  } catch {
    return undefined;
  }
}

function methodsOf({ names = [] }: Settled): readonly string[] {
  const short = names.filter((name) => /^[a-z]+$/.test(name));
  return short.includes('tmerc') ? [...short, 'utm'] : short;
}

function isSame(a: Settled, b: Settled): boolean {
  if (Math.abs((a.rf ?? 0) - (b.rf ?? 0)) > 0.01) return false;
  return Object.entries(parameters).every(([name, tolerance]) => {
    const [left, right] = [a[name as 'lat0'], b[name as 'lat0']];
    return Math.abs((left ?? usual(name)) - (right ?? usual(name))) <= tolerance;
  });
}

function usual(name: string): number {
  return name === 'k0' || name === 'to_meter' ? 1 : 0;
}

function datumOf(wkt: string): string | undefined {
  return /DATUM\s*[[(]\s*"([^"]*)"/i.exec(wkt)?.[1];
}

/** Datums that Esri and EPSG call differently, by words that names of the register hold. */
const datumWords: readonly (readonly [RegExp, string])[] = [
  [/WGS_?(19)?84/i, 'wgs 84'],
  [/ETRS_?(19)?89/i, 'etrs89'],
  [/North_American_(Datum_)?1983/i, 'nad83'],
  [/North_American_(Datum_)?1927/i, 'nad27'],
  [/OSGB_?(19)?36/i, 'osgb36'],
  [/RGF_?(19)?93/i, 'rgf93'],
  [/Belge_1972|Reseau_National_Belge_1972/i, 'bd72'],
  [/Deutsches_Hauptdreiecksnetz/i, 'dhdn'],
  [/SIRGAS_2000/i, 'sirgas 2000'],
  [/South_American_(Datum_)?1969/i, 'sad69'],
  [/European_(Datum_)?1950/i, 'ed50'],
];

function words(datum: string): readonly string[] {
  const known = datumWords.find(([pattern]) => pattern.test(datum))?.[1];
  const text = known ?? datum.replace(/^D_/, '').replaceAll('_', ' ').toLowerCase();
  return text.split(/\s+/).filter((word) => word !== '');
}

/** Share of the words that the name holds. */
function likeness(datum: readonly string[], name: string): number {
  const text = name.toLowerCase();
  const held = datum.filter((word) => text.includes(word)).length;
  return datum.length === 0 ? 0 : held / datum.length;
}

import proj4 from 'proj4';
import { AppError } from '../../server/errors.js';
import type { DeclaredCrs, KnownCrs } from './crs.js';
import { authorityOf, matchWkt, nameOfWkt } from './match-wkt.js';
import type { Projections } from './projections.js';
import type { ToLonLat } from './transform.js';

export type Position = readonly [number, number];

export type CrsQuestion = {
  /** Name of the file, for messages. */
  readonly file: string;
  /** What a person said; wins over the file. */
  readonly option: DeclaredCrs | undefined;
  readonly declared: DeclaredCrs | undefined;
  /** Some positions of the source, to see whether they fit. */
  readonly positions: readonly Position[];
  readonly projections: Projections;
};

export type ResolvedCrs = {
  readonly crs: KnownCrs;
  /** Undefined where positions are longitude and latitude on WGS 84 already. */
  readonly toLonLat: ToLonLat | undefined;
};

/**
 * Settles the coordinate system of a source. Without any word of it, positions are taken for degrees, if
 * they can be.
 *
 * @throws AppError where the system is not known, or the positions cannot be what it says
 */
export async function resolveCrs(question: CrsQuestion): Promise<ResolvedCrs> {
  const given = question.option ?? question.declared;
  const resolved = given ? await resolveGiven(given, question) : assumeDegrees(question);
  assertFits(resolved, question);
  return resolved;
}

function assumeDegrees({ file, positions }: CrsQuestion): ResolvedCrs {
  const beyond = positions.filter(([x, y]) => !isOnGlobe(x, y));
  if (beyond.length * 2 > positions.length) {
    const [x, y] = beyond[0] ?? [0, 0];
    throw new AppError(
      'validation',
      `The coordinates of ${file} are not degrees (for example ${x} ${y}) and the file names no ` +
        'coordinate system. Say which with --crs, for example --crs EPSG:28992.',
    );
  }
  const crs: KnownCrs = { epsg: 4326, name: 'WGS 84', by: 'assumed', isDegrees: true };
  return { crs, toLonLat: undefined };
}

async function resolveGiven(given: DeclaredCrs, question: CrsQuestion): Promise<ResolvedCrs> {
  const { option, file, projections } = question;
  const by = given === option ? 'option' : 'file';
  const code = given.epsg ?? (given.wkt === undefined ? undefined : authorityOf(given.wkt));
  const isSwapped = given.isNorthFirst === true;
  if (code === 4326) {
    const crs: KnownCrs = { epsg: 4326, name: 'WGS 84', by, isDegrees: true };
    return { crs, toLonLat: isSwapped ? (x, y) => [y, x] : undefined };
  }
  const registered = code === undefined ? undefined : await projections.byCode(code);
  if (registered) {
    const { epsg, name } = registered;
    return withConverter({ epsg, name, by }, registered.definition, isSwapped);
  }
  if (given.wkt !== undefined) return fromWkt({ ...given, epsg: code }, question, isSwapped);
  const name = code === undefined ? (given.name ?? 'without a name') : `EPSG:${code}`;
  const told = by === 'option' ? 'is not known' : `that ${file} names is not known`;
  throw new AppError(
    'validation',
    `The coordinate system ${name} ${told}. Give the code of a registered one with --crs, for ` +
      'example --crs EPSG:28992.',
  );
}

async function fromWkt(
  { wkt = '', epsg }: DeclaredCrs,
  { file, projections }: CrsQuestion,
  isSwapped: boolean,
): Promise<ResolvedCrs> {
  const match = epsg === undefined ? await matchWkt(wkt, projections) : undefined;
  const name = nameOfWkt(wkt) ?? 'without a name';
  try {
    const by = epsg === undefined ? 'parameters' : 'file';
    const known = { epsg: epsg ?? match?.epsg, name: match?.name ?? name, by } as const;
    return match?.epsg === 4326 && !isSwapped
      ? { crs: { ...known, isDegrees: true }, toLonLat: undefined }
      : withConverter(known, match?.definition ?? wkt, isSwapped);
  } catch {
    throw new AppError(
      'validation',
      `The coordinate system ${name} of ${file} cannot be used. Give the code of a registered one ` +
        'with --crs, for example --crs EPSG:28992.',
    );
  }
}

function withConverter(
  known: Omit<KnownCrs, 'isDegrees'>,
  definition: string,
  isSwapped: boolean,
): ResolvedCrs {
  const projection = new proj4.Proj(definition);
  const isDegrees = (projection as { projName?: string }).projName === 'longlat';
  const converter = proj4(projection, proj4.WGS84);
  const convert: ToLonLat = (x, y) => {
    const [lon, lat] = converter.forward<number[]>([x, y]);
    return [lon ?? NaN, lat ?? NaN];
  };
  const toLonLat: ToLonLat = isSwapped ? (x, y) => convert(y, x) : convert;
  return { crs: { ...known, isDegrees }, toLonLat };
}

/** Most positions must come to lie on the globe; a few wild ones are told one by one later. */
function assertFits({ crs, toLonLat }: ResolvedCrs, { file, positions }: CrsQuestion): void {
  const lost = positions.filter(([x, y]) => {
    const isUsable = !crs.isDegrees || isOnGlobe(x, y) || isOnGlobe(y, x);
    const [lon, lat] = toLonLat && isUsable ? toLonLat(x, y) : [x, y];
    return !isUsable || !isOnGlobe(lon, lat);
  });
  if (lost.length * 2 <= positions.length) return;
  const [x, y] = lost[0] ?? [0, 0];
  const name = crs.epsg === undefined ? crs.name : `EPSG:${crs.epsg} (${crs.name})`;
  const isSwapped = crs.isDegrees && isOnGlobe(y, x);
  throw new AppError(
    'validation',
    isSwapped
      ? `${file} gives the latitude first (for example ${x} ${y}). Read it with --axes yx.`
      : `The coordinates of ${file} (for example ${x} ${y}) cannot be of ${name}. ` +
          'Say which coordinate system they are of with --crs, for example --crs EPSG:28992.',
  );
}

function isOnGlobe(x: number, y: number): boolean {
  return Math.abs(x) <= 180 && Math.abs(y) <= 90;
}

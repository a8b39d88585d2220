import { AppError } from '../../server/errors.js';
import type { DeclaredCrs } from './crs.js';

const patterns = [
  /^(?:EPSG|ESRI)\s*:{1,2}\s*(\d{4,6})$/i,
  /^urn:(?:x-)?ogc:def:crs:(?:EPSG|ESRI):[\d.]*:(\d{4,6})$/i,
  /^https?:\/\/www\.opengis\.net\/def\/crs\/EPSG\/[\d.]+\/(\d{4,6})$/i,
  /^https?:\/\/www\.opengis\.net\/gml\/srs\/epsg\.xml#(\d{4,6})$/i,
  /^(\d{4,6})$/,
];

const degrees =
  /^(?:urn:ogc:def:crs:OGC:[\d.]*:CRS84h?|https?:\/\/www\.opengis\.net\/def\/crs\/OGC\/[\d.]+\/CRS84h?|OGC:CRS84h?|CRS84|WGS ?84)$/i;

/**
 * The coordinate system of a name such as `EPSG:28992`, `urn:ogc:def:crs:EPSG::28992` or
 * `OGC:CRS84`; undefined where the name is of no known form.
 */
export function parseCrsName(text: string): DeclaredCrs | undefined {
  const name = text.trim();
  if (degrees.test(name)) return { epsg: 4326, name };
  for (const pattern of patterns) {
    const code = pattern.exec(name)?.[1];
    if (code !== undefined) return { epsg: Number(code), name };
  }
  return undefined;
}

/** As `parseCrsName`, for what a person gave. Throws an AppError that says how to write it. */
export function crsOption(text: string): DeclaredCrs {
  const crs = parseCrsName(text);
  if (crs) return crs;
  const reason = `The coordinate system ${text} is not known: give its code, for example EPSG:28992.`;
  throw new AppError('validation', reason);
}

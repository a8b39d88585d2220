import { parseWkb } from '../geometry/parse-wkb.js';
import type { SourceGeometry } from './source-row.js';

/** Bytes of the envelope by the code in the flags: none, xy, xyz, xym, xyzm. */
const envelopeBytes = [0, 32, 48, 48, 64];

/**
 * The geometry in a GeoPackage blob (OGC 12-128, clause 2.1.3): a header with magic, flags, system and
 * envelope, then well-known binary. An empty geometry is undefined. Throws where it is damaged.
 */
export function parseGeopackageGeometry(blob: Uint8Array): SourceGeometry | undefined {
  if (blob[0] !== 0x47 || blob[1] !== 0x50) throw new Error('it does not begin with GP');
  const flags = blob[3] ?? 0;
  const envelope = envelopeBytes[(flags >> 1) & 7];
  if (envelope === undefined) throw new Error('its envelope is of no known kind');
  const isEmpty = (flags & 0x10) !== 0;
  return isEmpty ? undefined : parseWkb(blob.subarray(8 + envelope))?.geometry;
}

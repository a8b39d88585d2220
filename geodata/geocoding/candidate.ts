import type { GeocodeAnswer, Precision } from './geocoder.js';
import type { Score } from './score-hit.js';
import type { SearchHit } from './search-hit.js';

/** An entry that may be what was asked for. */
export type Candidate = {
  readonly hit: SearchHit;
  readonly confidence: number;
  /** Confidence without regard to house number and postcode. */
  readonly nameConfidence: number;
  readonly precision: Precision;
  readonly lonLat: readonly [number, number];
  /** House number as it stands in the data, or as it was asked for where it was interpolated. */
  readonly houseNumber?: string | undefined;
  readonly postcode?: string | undefined;
};

/** The candidate that a hit is. */
export function toCandidate(
  hit: SearchHit,
  { confidence, nameConfidence, precision }: Score,
): Candidate {
  const isHouse = hit.address_id !== null && hit.house_lon !== null && hit.house_lat !== null;
  const lonLat: readonly [number, number] = isHouse
    ? [hit.house_lon!, hit.house_lat!]
    : [hit.lon, hit.lat];
  const postcode = isHouse ? hit.house_postcode : onlyPostcode(hit);
  return {
    hit,
    confidence,
    nameConfidence,
    precision,
    lonLat,
    houseNumber: isHouse ? (hit.house_number ?? undefined) : undefined,
    postcode: postcode ?? undefined,
  };
}

function onlyPostcode(hit: SearchHit): string | null {
  return hit.kind === 'postcode' ? hit.name : null;
}

/** The answer that a candidate gives. */
export function toAnswer(candidate: Candidate, ambiguous: boolean): GeocodeAnswer {
  const { hit, precision, confidence, lonLat, houseNumber, postcode } = candidate;
  const isAddress = houseNumber !== undefined;
  const isStreet = hit.kind === 'street';
  const city = (hit.address_id === null ? null : hit.house_city) ?? hit.town;
  const isHouse = isAddress && hit.address_id !== null;
  const source = isHouse ? hit.house_source : hit.source;
  const licence = isHouse ? hit.house_licence : hit.licence;
  return {
    kind: hit.kind === 'street' && isAddress ? 'address' : hit.kind,
    label: labelOf(candidate, city),
    lonLat,
    precision,
    confidence: Math.round(confidence * 1000) / 1000,
    ambiguous,
    id: (isHouse ? hit.address_id : hit.ref_id) ?? hit.entry_id,
    ...(isStreet && { street: hit.name }),
    ...(isAddress && { houseNumber }),
    ...(postcode !== undefined && { postcode }),
    ...(city !== null && { city }),
    ...(hit.region_id !== null && { regionId: hit.region_id }),
    ...(source !== null && { source }),
    ...(licence !== null && { licence }),
  };
}

const numberFirst = new Set(['AU', 'CA', 'FR', 'GB', 'IE', 'LU', 'MC', 'NZ', 'US']);

function labelOf({ hit, houseNumber, postcode }: Candidate, city: string | null): string {
  const isNumberFirst = hit.country !== null && numberFirst.has(hit.country);
  const parts = isNumberFirst ? [houseNumber, hit.name] : [hit.name, houseNumber];
  const line = parts.filter((part) => part !== undefined).join(' ');
  const isOwnPostcode = hit.kind === 'postcode';
  const town = hit.kind === 'settlement' ? hit.country : city;
  const place = [isOwnPostcode ? undefined : postcode, town ?? undefined];
  const second = place.filter((part) => part !== undefined && part !== hit.name).join(' ');
  return second === '' ? line : `${line}, ${second}`;
}

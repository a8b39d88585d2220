import type { Precision } from './geocoder.js';
import { formsOf, likeness, nameLikeness } from './likeness.js';
import { toKey, toPostcodeKey, wordsOf } from './normalise.js';
import type { Interpretation } from './parse-address.js';
import type { SearchHit } from './search-hit.js';

/** What was asked for, as one interpretation understands it. */
export type Wanted = Interpretation & {
  readonly postcode?: string | undefined;
  readonly country?: string | undefined;
  /** The last word is only begun, so that a name may go on behind it. */
  readonly autocomplete?: boolean | undefined;
};

export type Score = {
  readonly confidence: number;
  /** Confidence without regard to house number and postcode. */
  readonly nameConfidence: number;
  readonly precision: Precision;
};

/**
 * Factors of confidence. One alone below 0.8 makes an answer doubtful; two mild ones do so together. They were
 * set on the 5,614 addresses of Nieuwegein with random edits, so that what is called certain is right.
 */
const factor = {
  /** The town asked for is only a region around, which may also be the name of another town. */
  areaOnly: 0.75,
  /** No town asked for is near: another place of the same name, or a town that is not loaded. */
  otherTown: 0.35,
  /** The same, where the postcode is right. */
  otherTownSamePostcode: 0.85,
  onlyShortCode: 0.97,
  postcodeUnknown: 0.98,
  postcodeOfStreet: 0.96,
  postcodeNear: 0.9,
  postcodeOther: 0.6,
  otherSuffix: 0.95,
  numberMissing: 0.6,
  /** Spelled differently, and no postcode says that it is the same street all the same. */
  spelledDifferently: 0.92,
} as const;

/** Least likeness of a town that may be a misspelling of another. */
const townLikeness = 0.74;

/** How well an entry answers; undefined where it is something else altogether. */
export function scoreHit(wanted: Wanted, hit: SearchHit): Score | undefined {
  if (wanted.country && hit.country && wanted.country !== hit.country) return undefined;
  const named = scoreName(wanted, hit);
  if (named === 0) return undefined;
  const house = scoreHouse(wanted, hit);
  const confidence = named * house.confidence * scorePostcode(wanted, hit);
  return { confidence, nameConfidence: named, precision: house.precision };
}

/** Name and town together: without a comma only both can tell where the name ends. */
function scoreName(wanted: Wanted, hit: SearchHit): number {
  if (wanted.street === undefined) return hit.kind === 'street' ? townOf(wanted.localities) : 1;
  if (!wanted.isLoose) return nameOf(wanted.street) * townOf(wanted.localities);
  const words = wordsOf(wanted.street);
  let best = 0;
  for (let end = words.length; end > 0 && best < 1; end -= 1) {
    const rest = words.slice(end).join(' ');
    const town = rest === '' ? 1 : townOf([rest]);
    if (town <= best) continue;
    best = Math.max(best, town * nameOf(words.slice(0, end).join(' ')));
  }
  return best;

  function nameOf(plain: string): number {
    const alike = nameLikeness(formsOf(plain), hit);
    const isProved = alike >= 0.99 || hit.has_postcode === true;
    const score = isProved ? alike : alike * factor.spelledDifferently;
    const goesOn = wanted.autocomplete && hit.plain.startsWith(plain);
    return goesOn ? Math.max(score, 0.8 + 0.2 * (plain.length / hit.plain.length)) : score;
  }

  function townOf(localities: readonly string[]): number {
    return scoreTown(localities, { hit, wanted });
  }
}

function scoreTown(
  localities: readonly string[],
  { hit, wanted }: { readonly hit: SearchHit; readonly wanted: Wanted },
): number {
  if (localities.length === 0) return 1;
  const keys = localities.map(toKey);
  if (keys.some((key) => hit.locality_keys.includes(key))) return 1;
  const isBegun = wanted.autocomplete === true;
  const last = keys.at(-1)!;
  if (isBegun && hit.locality_keys.some((key) => key.startsWith(last))) return 0.98;
  const nearest = Math.max(
    0,
    ...keys.flatMap((key) => hit.locality_keys.map((locality) => likeness(key, locality))),
  );
  const isSamePostcode = hit.has_postcode === true;
  if (nearest >= townLikeness) return isSamePostcode ? Math.max(nearest, 0.95) : nearest;
  if (keys.some((key) => hit.area_keys.includes(key))) {
    return isSamePostcode ? factor.otherTownSamePostcode : factor.areaOnly;
  }
  if (keys.every((key) => key.length <= 2)) return factor.onlyShortCode;
  return isSamePostcode ? factor.otherTownSamePostcode : factor.otherTown;
}

function scoreHouse({ house }: Wanted, hit: SearchHit): Omit<Score, 'nameConfidence'> {
  if (hit.kind === 'postcode') return { confidence: 1, precision: 'postcode' };
  if (hit.kind === 'place') return { confidence: 1, precision: 'roof' };
  if (hit.kind !== 'street') return { confidence: 1, precision: 'place' };
  if (house === undefined) return { confidence: 1, precision: 'street' };
  if (hit.address_id === null) return { confidence: factor.numberMissing, precision: 'street' };
  if (hit.house_suffix === house.suffix) return { confidence: 1, precision: 'roof' };
  return { confidence: factor.otherSuffix, precision: 'parcel' };
}

function scorePostcode({ postcode }: Wanted, hit: SearchHit): number {
  if (postcode === undefined) return 1;
  const ofHouse = hit.house_postcode === null ? undefined : toPostcodeKey(hit.house_postcode);
  if (ofHouse === postcode) return 1;
  if (hit.has_postcode === true) return ofHouse === undefined ? 1 : factor.postcodeOfStreet;
  const known = ofHouse ?? hit.first_postcode ?? undefined;
  if (known === undefined) return factor.postcodeUnknown;
  return known.slice(0, 3) === postcode.slice(0, 3) ? factor.postcodeNear : factor.postcodeOther;
}

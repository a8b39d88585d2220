import type { Candidate } from './candidate.js';
import type { GeocodeAnswer } from './geocoder.js';
import { toAnswer } from './candidate.js';

/** Under this an entry is no answer. */
export const leastConfidence = 0.4;
/** Candidates this close to the best fit as well as it does. */
const sameConfidence = 0.031;
/** Two entries of one name this near are one thing: parts of a street, a town and its municipality. */
const sameStreetMeters = 2_000;
const sameTownMeters = 25_000;
const sameHouseMeters = 150;
/** A town with so many times the inhabitants of its namesakes is the one that is meant. */
const dominance = 10;

/**
 * The answers that candidates give, best first, at most `limit`: parts of one thing are one answer, and
 * the best is ambiguous where another, elsewhere, fits as well.
 */
export function rankCandidates(
  candidates: readonly Candidate[],
  {
    limit,
    near,
  }: { readonly limit: number; readonly near?: readonly [number, number] | undefined },
): GeocodeAnswer[] {
  const distance = (candidate: Candidate) => (near ? metersBetween(candidate.lonLat, near) : 0);
  const sorted = candidates
    .filter(({ confidence }) => confidence >= leastConfidence)
    .sort((a, b) => {
      if (Math.abs(a.confidence - b.confidence) > sameConfidence)
        return b.confidence - a.confidence;
      return (
        distance(a) - distance(b) ||
        b.confidence - a.confidence ||
        orderOfKind[a.hit.kind] - orderOfKind[b.hit.kind] ||
        b.hit.weight - a.hit.weight ||
        a.hit.entry_id - b.hit.entry_id
      );
    });
  const distinct = withoutRepeats(bestFirst(sorted, distance));
  const [best] = distinct;
  if (!best) return [];
  const rivals = distinct.slice(1).filter((other) => isRival(best, other));
  const isAmbiguous = rivals.length > 0;
  return distinct
    .slice(0, limit)
    .map((candidate) =>
      toAnswer(candidate, isAmbiguous && (candidate === best || rivals.includes(candidate))),
    );
}

/** What a word means first, where it names several things. */
const orderOfKind = { settlement: 0, region: 1, street: 2, postcode: 3, place: 4 } as const;

/** Comparing by tolerance is not transitive: the best is chosen first, and those beside it in their order. */
function bestFirst(
  sorted: readonly Candidate[],
  distance: (candidate: Candidate) => number,
): Candidate[] {
  const top = Math.max(0, ...sorted.map(({ confidence }) => confidence));
  const isTop = ({ confidence }: Candidate) => top - confidence <= sameConfidence;
  const rest = sorted.filter((candidate) => !isTop(candidate));
  rest.sort((a, b) => b.confidence - a.confidence || distance(a) - distance(b));
  return [...sorted.filter(isTop), ...rest];
}

function withoutRepeats(candidates: readonly Candidate[]): Candidate[] {
  const kept: Candidate[] = [];
  for (const candidate of candidates) {
    if (!kept.some((other) => isSameThing(other, candidate))) kept.push(candidate);
  }
  return kept;
}

function isSameThing(a: Candidate, b: Candidate): boolean {
  if (a.hit.key !== b.hit.key) return false;
  const apart = metersBetween(a.lonLat, b.lonLat);
  const isTown = isTownLike(a) && isTownLike(b);
  if (isTown) return apart <= sameTownMeters;
  if (a.hit.kind !== b.hit.kind) return false;
  if (a.precision === 'roof' && b.precision === 'roof') return apart <= sameHouseMeters;
  return apart <= sameStreetMeters;
}

function isTownLike({ hit }: Candidate): boolean {
  return hit.kind === 'settlement' || hit.kind === 'region';
}

function isRival(best: Candidate, other: Candidate): boolean {
  if (best.confidence - other.confidence > sameConfidence) return false;
  if (isTownLike(best)) {
    return isTownLike(other) && other.hit.weight * dominance > best.hit.weight;
  }
  if (best.hit.kind !== other.hit.kind) return false;
  return metersBetween(best.lonLat, other.lonLat) > sameHouseMeters;
}

/** Metres between two positions on a plane true between them: good to a percent within a country. */
export function metersBetween(
  [lonA, latA]: readonly [number, number],
  [lonB, latB]: readonly [number, number],
): number {
  const degrees = Math.abs(lonA - lonB);
  const east = Math.min(degrees, 360 - degrees) * Math.cos(((latA + latB) * Math.PI) / 360);
  return Math.hypot(east, latA - latB) * 111_195;
}

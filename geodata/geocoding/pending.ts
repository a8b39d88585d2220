import { toCandidate, type Candidate } from './candidate.js';
import type { GeocodeOptions } from './geocoder.js';
import type { Interpretation, ParsedAddress } from './parse-address.js';
import { scoreHit, type Wanted } from './score-hit.js';
import type { RequestHit } from './search-hit.js';

/** A request on its way: what it was understood as, and what was found so far. */
export type Pending = {
  readonly request: number;
  readonly parsed: ParsedAddress;
  readonly candidates: Candidate[];
};

/** What a hit is measured by. */
export function toWanted(
  { postcode, country }: ParsedAddress,
  interpretation: Interpretation,
  options: GeocodeOptions,
): Wanted {
  return { ...interpretation, postcode, country, autocomplete: options.autocomplete };
}

/** Adds what hits are worth to the requests they are for. */
export function addCandidates(
  pending: readonly Pending[],
  hits: readonly RequestHit[],
  wantedOf: (hit: RequestHit) => Wanted | undefined,
): void {
  const byRequest = new Map(pending.map((one) => [one.request, one]));
  for (const hit of hits) {
    const wanted = wantedOf(hit);
    const score = wanted && scoreHit(wanted, hit);
    if (score) byRequest.get(hit.request)?.candidates.push(toCandidate(hit, score));
  }
}

import type { ImportCheck } from '../../../../geodata/check/check-import.js';
import type { CheckResult } from '../../../contract/import-jobs.js';

/** A check as the screen gets it. */
export function checkResultOf(check: ImportCheck): CheckResult {
  const { report, isCompared, further, shapes, placement } = check;
  return {
    counts: report.counts,
    isCompared,
    further: [...further],
    shapes: shapes.map((layer) => ({
      ...layer,
      extent: [...layer.extent],
      places: layer.places.map((place) => [...place]),
      shapes: [...layer.shapes],
    })),
    placement: placement ?? null,
  };
}

import { msg } from '@lit/localize';
import type { ClassifyMethod } from '../map/classify.js';
import type { RampName } from '../map/ramps.js';

/** Name of a way to cut classes. */
export function classifyMethodName(method: ClassifyMethod): string {
  return {
    quantile: msg('Same number in each'),
    equal: msg('Same width'),
    natural: msg('Natural breaks'),
    deviation: msg('Standard deviation'),
    manual: msg('Borders of my own'),
  }[method];
}

/** Name of a ramp of colours. */
export function rampName(ramp: RampName): string {
  return {
    teal: msg('Teal'),
    blue: msg('Blue'),
    purple: msg('Purple'),
    orange: msg('Orange'),
    grey: msg('Grey'),
    'blue-red': msg('Blue to red'),
    'teal-brown': msg('Teal to brown'),
    'purple-orange': msg('Purple to orange'),
  }[ramp];
}

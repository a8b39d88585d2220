import { expect, test } from 'vitest';
import { kindOfClass } from '../../../../geodata/zones/zone-class.js';

const classes = {
  B: 'retail',
  C: 'commercial',
  M: 'industrial',
  PMD: 'industrial',
  DC: 'office_park',
} as const;

test.each([
  ['B3-2', 'retail'],
  ['C1-1', 'commercial'],
  ['m2-3', 'industrial'],
  ['PMD 4A', 'industrial'],
  ['DC-16', 'office_park'],
  ['PD 123', undefined],
  ['RS-3', undefined],
  ['MX', undefined],
  ['', undefined],
])('%s is %s', (value, expected) => {
  expect(kindOfClass(classes, value)).toBe(expected);
});

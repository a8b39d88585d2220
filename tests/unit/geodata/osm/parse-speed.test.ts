import { expect, test } from 'vitest';
import { parseSpeedKmh } from '../../../../geodata/osm/parse-speed.js';

test.each([
  ['50', 50],
  ['30 mph', 48.3],
  ['30mph', 48.3],
  ['50 km/h', 50],
  ['10 knots', 18.5],
  ['50;30', 50],
  ['none', 130],
  ['walk', 5],
  ['NL:urban', 50],
  ['NL:rural', 80],
  ['RU:urban', 60],
  ['XX:urban', 50],
  ['DE:zone30', 30],
  ['DE:zone:30', 30],
  ['DE:living_street', 7],
  ['FR:motorway', 130],
  ['signals', undefined],
  ['variable', undefined],
  ['0', undefined],
  ['5000', undefined],
  ['30 constructor', undefined],
  ['', undefined],
  [undefined, undefined],
])('maxspeed=%s is %s km/h', (value, expected) => {
  expect(parseSpeedKmh(value)).toBe(expected);
});

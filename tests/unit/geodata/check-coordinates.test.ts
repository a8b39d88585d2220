import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCoordinates, type Bounds } from '../../../geodata/values/check-coordinates.js';

const brazil: Bounds = [-74.1, -33.8, -28.8, 5.3];

describe('checkCoordinates', () => {
  it.each([
    [0, 0, 'the coordinates are 0/0'],
    [-23.5, -46.6, 'longitude and latitude look swapped'],
    [-15.5, 28, 'the point is outside the project'],
    [121.1, 14.6, 'the point is outside the project'],
    [-46.6, null, 'only one of longitude and latitude is given'],
    [500, 12, 'the coordinates are not degrees'],
    [NaN, 1, 'the coordinates are not numbers'],
  ])('tells what is wrong with %s %s', (lon, lat, reason) => {
    expect(checkCoordinates(lon, lat, brazil)).toEqual({ status: 'bad', reason });
  });

  it('sees swapped coordinates without bounds where a latitude cannot be one', () => {
    expect(checkCoordinates(-33.4, 151.2, undefined)).toEqual({
      status: 'bad',
      reason: 'longitude and latitude look swapped',
    });
  });

  it('calls nothing missing bad', () => {
    expect(checkCoordinates(null, null, brazil)).toEqual({ status: 'missing' });
  });

  it('never mends: what is good is as it was given and inside the bounds', () => {
    const anything = fc.option(fc.double({ min: -400, max: 400 }), { nil: null });
    fc.assert(
      fc.property(anything, anything, (lon, lat) => {
        const check = checkCoordinates(lon, lat, brazil);
        if (check.status !== 'good') return;
        expect([check.lon, check.lat]).toEqual([lon, lat]);
        expect(check.lon >= -74.1 && check.lon <= -28.8).toBe(true);
        expect(check.lat >= -33.8 && check.lat <= 5.3).toBe(true);
      }),
    );
  });
});

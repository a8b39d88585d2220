import { Random } from '../../geodata/demo/plane/random.js';

/** Points as customers lie: three quarters around cities of very different size, the rest anywhere. */
export type SpreadPoints = { readonly lon: Float64Array; readonly lat: Float64Array };

export type Box = readonly [west: number, south: number, east: number, north: number];

const cityCount = 400;
const inCities = 0.75;

/**
 * Deterministic points in EPSG:4326 inside `box`: 75 % in normal clouds around 400 cities whose sizes
 * follow Zipf's law, 25 % uniform.
 */
export function spreadPoints(count: number, box: Box, seed = 1): SpreadPoints {
  const random = new Random(seed);
  const [west, south, east, north] = box;
  const cities = Array.from({ length: cityCount }, () => ({
    lon: random.range(west, east),
    lat: random.range(south, north),
  }));
  const lon = new Float64Array(count);
  const lat = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const city = random.chance(inCities) ? cities[zipf(random.next())] : undefined;
    lon[row] = city
      ? clamp(random.normal(city.lon, 0.004 * (east - west)), west, east)
      : random.range(west, east);
    lat[row] = city
      ? clamp(random.normal(city.lat, 0.004 * (north - south)), south, north)
      : random.range(south, north);
  }
  return { lon, lat };
}

/** Index of a city: the k-th is drawn about 1/k as often as the first. */
function zipf(share: number): number {
  return Math.min(cityCount - 1, Math.floor(Math.pow(cityCount + 1, share)) - 1);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

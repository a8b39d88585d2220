type LonLat = readonly [lon: number, lat: number];

/** Between corners so far apart, a line that is straight on the map is within a metre of straight in degrees. */
const stepDegrees = 0.05;
const radians = Math.PI / 180;

/**
 * A line with corners added so that it runs as people drew it: straight on the map (web mercator), where
 * PostGIS takes what is straight in longitude and latitude. Over 100 km the two are some 300 m apart.
 */
export function straightOnMap(line: readonly LonLat[]): LonLat[] {
  const [first, ...others] = line;
  if (first === undefined) return [];
  const result: LonLat[] = [first];
  let from = first;
  for (const to of others) {
    const steps = stepsBetween(from, to);
    for (let step = 1; step < steps; step++) result.push(between(from, to, step / steps));
    result.push(to);
    from = to;
  }
  return result;
}

function stepsBetween([lon1, lat1]: LonLat, [lon2, lat2]: LonLat): number {
  // Along a meridian or a parallel both are the same line.
  if (lon1 === lon2 || lat1 === lat2) return 1;
  return Math.ceil(Math.abs(lat2 - lat1) / stepDegrees);
}

function between([lon1, lat1]: LonLat, [lon2, lat2]: LonLat, share: number): LonLat {
  const north = mercator(lat1) + (mercator(lat2) - mercator(lat1)) * share;
  return [lon1 + (lon2 - lon1) * share, Math.atan(Math.sinh(north)) / radians];
}

/** Mercator's northing in radians; the poles, which it does not reach, as the edge of the map. */
function mercator(lat: number): number {
  const limit = 85.0511287798066;
  return Math.asinh(Math.tan(Math.min(limit, Math.max(-limit, lat)) * radians));
}

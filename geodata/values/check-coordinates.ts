/** [west, south, east, north] in degrees, EPSG:4326. */
export type Bounds = readonly [number, number, number, number];

export type CoordinateCheck =
  | { readonly status: 'good'; readonly lon: number; readonly lat: number }
  | { readonly status: 'missing' }
  | { readonly status: 'bad'; readonly reason: string };

/**
 * Whether a coordinate can be believed. A bad one is told with its reason and never mended here:
 * 0/0, out of the range of degrees, longitude and latitude swapped, outside the project's bounds.
 */
export function checkCoordinates(
  lon: number | null,
  lat: number | null,
  bounds: Bounds | undefined,
): CoordinateCheck {
  if (lon === null && lat === null) return { status: 'missing' };
  if (lon === null || lat === null)
    return { status: 'bad', reason: 'only one of longitude and latitude is given' };
  if (!Number.isFinite(lon) || !Number.isFinite(lat))
    return { status: 'bad', reason: 'the coordinates are not numbers' };
  if (lon === 0 && lat === 0) return { status: 'bad', reason: 'the coordinates are 0/0' };
  const isSwapped = isInside(lat, lon, bounds ?? world) && !isInside(lon, lat, bounds ?? world);
  if (isSwapped) return { status: 'bad', reason: 'longitude and latitude look swapped' };
  if (!isInside(lon, lat, world))
    return { status: 'bad', reason: 'the coordinates are not degrees' };
  if (bounds && !isInside(lon, lat, bounds)) {
    return { status: 'bad', reason: 'the point is outside the project' };
  }
  return { status: 'good', lon, lat };
}

const world: Bounds = [-180, -90, 180, 90];

function isInside(lon: number, lat: number, [west, south, east, north]: Bounds): boolean {
  return lon >= west && lon <= east && lat >= south && lat <= north;
}

const equatorMetres = 6_378_137;
const eccentricitySquared = 0.006_694_379_990_14;

/**
 * Metres of a degree of longitude and of latitude at a latitude on the WGS 84 spheroid: its radii of
 * curvature in the prime vertical and in the meridian (Snyder, Map Projections, 1987, eq. 4-20, 4-18).
 */
export function metresPerDegree(lat: number): { readonly lon: number; readonly lat: number } {
  const phi = (lat * Math.PI) / 180;
  const flattened = 1 - eccentricitySquared * Math.sin(phi) ** 2;
  const across = equatorMetres / Math.sqrt(flattened);
  const along = (across * (1 - eccentricitySquared)) / flattened;
  const radian = Math.PI / 180;
  return { lon: across * Math.cos(phi) * radian, lat: along * radian };
}

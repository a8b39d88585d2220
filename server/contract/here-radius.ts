/** How far around a place accounts are counted, in metres. */
export const hereRadiusMeters = 500;

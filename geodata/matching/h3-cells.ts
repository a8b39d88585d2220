import { latLngToCell } from 'h3-js';

/** Resolution of `crm.accounts.h3_cell`: cells of about 15,000 m². */
const accountCellResolution = 10;

/**
 * The H3 cell of a point as the signed 64-bit number that PostgreSQL stores, in decimal text:
 * it has more digits than a JavaScript number can hold.
 */
export function h3CellText(lon: number, lat: number, resolution = accountCellResolution): string {
  return BigInt(`0x${latLngToCell(lat, lon, resolution)}`).toString();
}

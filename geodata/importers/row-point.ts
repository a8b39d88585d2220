import type { MappedRow } from '../mapping/row-mapper.js';
import type { SourceRow } from '../readers/source-row.js';
import type { IssueLog } from '../report/issue-log.js';
import { checkCoordinates, type Bounds } from '../values/check-coordinates.js';

export type LonLat = readonly [lon: number, lat: number];

type PointContext = { readonly bounds: Bounds | undefined; readonly issues: IssueLog };

/**
 * The position of a row: from its geometry, else from the fields `lon` and `lat`. A coordinate that
 * cannot be believed is told, and the row goes on without a point: only then the answer is a promise.
 */
export function rowPosition(
  row: SourceRow,
  mapped: MappedRow,
  { bounds, issues }: PointContext,
): LonLat | null | Promise<null> {
  const [lon, lat] = coordinatesOf(row, mapped);
  const check = checkCoordinates(lon, lat, bounds);
  if (check.status === 'good') return [check.lon, check.lat];
  if (check.status === 'missing') return null;
  const reason = `${check.reason}; not used`;
  return issues
    .warn({ line: row.line, field: 'coordinates', value: `${lon} ${lat}`, reason })
    .then(() => null);
}

/** As `rowPosition`, as text that PostGIS reads. */
export async function rowPoint(
  row: SourceRow,
  mapped: MappedRow,
  context: PointContext,
): Promise<string | null> {
  const position = await rowPosition(row, mapped, context);
  return position && pointText(position);
}

/** Two coordinates of eight bytes, in the byte order that the text below names. */
const coordinates = Buffer.alloc(16);
/** Little endian, a point that names its coordinate system: EPSG:4326. */
const pointHead = '0101000020E6100000';

/** A point in EPSG:4326 as hexadecimal EWKB, which PostGIS reads several times faster than EWKT. */
export function pointText([lon, lat]: LonLat): string {
  coordinates.writeDoubleLE(lon, 0);
  coordinates.writeDoubleLE(lat, 8);
  return pointHead + coordinates.toString('hex');
}

function coordinatesOf(row: SourceRow, { values }: MappedRow): [number | null, number | null] {
  if (row.geometry?.type === 'Point') {
    const position = Array.isArray(row.geometry.coordinates) ? row.geometry.coordinates : [];
    const [lon, lat] = position as unknown[];
    return [numberOrNaN(lon), numberOrNaN(lat)];
  }
  return [numberOrNull(values['lon']), numberOrNull(values['lat'])];
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function numberOrNaN(value: unknown): number {
  return typeof value === 'number' ? value : NaN;
}

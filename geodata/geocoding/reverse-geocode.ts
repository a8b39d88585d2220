import type { Queryable } from '../../server/db/database.js';
import type { GeocodeAnswer, ReverseAnswer } from './geocoder.js';

/** How far away an address, a street and a postcode can be and still tell where a point is. */
const reachMeters = { address: 250, street: 250, postcode: 2_500 } as const;

type AddressRow = {
  readonly address_id: number;
  readonly label: string;
  readonly street: string | null;
  readonly house_number: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
  readonly lon: number;
  readonly lat: number;
  readonly source: string | null;
  readonly licence: string | null;
  readonly metres: number;
};

type AroundRow = {
  readonly road: string | null;
  readonly road_metres: number | null;
  readonly postcode: string | null;
  readonly regions: ReverseAnswer['regions'];
  readonly zone: ReverseAnswer['zone'] | null;
};

const point = 'ST_SetSRID(ST_MakePoint($1, $2), 4326)';

/** What lies at and around a point: nearest address and street, postcode, regions and business zone. */
export async function reverseGeocode(
  queryable: Queryable,
  [lon, lat]: readonly [number, number],
): Promise<ReverseAnswer> {
  const address = await nearestAddress(queryable, lon, lat);
  const around = await whatIsAround(queryable, lon, lat);
  const postcode = address?.postcode ?? around.postcode ?? undefined;
  const street = streetOf(address, around);
  return {
    ...(address && { address }),
    ...(street && { street }),
    ...(postcode !== undefined && { postcode }),
    regions: around.regions,
    ...(around.zone && { zone: around.zone }),
  };
}

/** Nearest in degrees is not nearest in metres: the nearest few are measured on the spheroid. */
async function nearestAddress(
  queryable: Queryable,
  lon: number,
  lat: number,
): Promise<(GeocodeAnswer & { readonly distanceMeters: number }) | undefined> {
  const { rows } = await queryable.query<AddressRow>(
    `SELECT n.address_id, n.label, n.street, n.house_number, n.postcode, n.city,
       ST_X(n.geom) AS lon, ST_Y(n.geom) AS lat, n.source, n.licence, d.metres
     FROM (SELECT * FROM geo.addresses WHERE street IS NOT NULL ORDER BY geom <-> ${point} LIMIT 24) n
     CROSS JOIN LATERAL (SELECT ST_Distance(n.geom::geography, ${point}::geography) AS metres) d
     WHERE d.metres <= ${reachMeters.address} ORDER BY d.metres, n.address_id LIMIT 1`,
    [lon, lat],
  );
  const [row] = rows;
  if (!row) return undefined;
  return {
    kind: 'address',
    label: row.label,
    lonLat: [row.lon, row.lat],
    precision: 'roof',
    confidence: 1,
    ambiguous: false,
    id: row.address_id,
    ...(row.street !== null && { street: row.street }),
    ...(row.house_number !== null && { houseNumber: row.house_number }),
    ...(row.postcode !== null && { postcode: row.postcode }),
    ...(row.city !== null && { city: row.city }),
    ...(row.source !== null && { source: row.source }),
    ...(row.licence !== null && { licence: row.licence }),
    distanceMeters: Math.round(row.metres * 10) / 10,
  };
}

async function whatIsAround(queryable: Queryable, lon: number, lat: number): Promise<AroundRow> {
  const { rows } = await queryable.query<AroundRow>(
    `WITH at AS MATERIALIZED (SELECT ${point} AS geom)
     SELECT road.name AS road, road.metres AS road_metres, postcode.postcode,
       COALESCE(regions.list, '[]') AS regions,
       CASE WHEN zone.zone_id IS NOT NULL THEN
         jsonb_build_object('zoneId', zone.zone_id, 'kind', zone.kind, 'name', zone.name) END AS zone
     FROM at
     LEFT JOIN LATERAL (
       SELECT n.name, ST_Distance(n.geom::geography, at.geom::geography) AS metres
       FROM (SELECT r.name, r.geom FROM geo.roads r WHERE r.name IS NOT NULL
             AND r.geom && geo.metres_box(at.geom, ${reachMeters.street})) n
       ORDER BY metres, n.name LIMIT 1
     ) road ON road.metres <= ${reachMeters.street}
     LEFT JOIN LATERAL (
       SELECT p.postcode FROM geo.postcodes p
       WHERE p.geom && geo.metres_box(at.geom, ${reachMeters.postcode})
       ORDER BY ST_Distance(p.geom::geography, at.geom::geography), p.postcode LIMIT 1
     ) postcode ON true
     LEFT JOIN LATERAL (
       SELECT jsonb_agg(jsonb_build_object('regionId', r.region_id, 'level', r.level, 'name', r.name)
         ORDER BY r.level) AS list
       FROM geo.region_at(at.geom) found
       JOIN geo.region_paths path ON path.region_id = found.region_id
       JOIN geo.regions r ON r.region_id = ANY (path.path_ids) AND r.level > 0
     ) regions ON true
     LEFT JOIN LATERAL (
       SELECT z.zone_id, z.kind, z.name
       FROM geo.zone_at(at.geom) found JOIN geo.business_zones z ON z.zone_id = found.zone_id
     ) zone ON true`,
    [lon, lat],
  );
  return rows[0]!;
}

function streetOf(
  address: (GeocodeAnswer & { readonly distanceMeters: number }) | undefined,
  { road, road_metres: metres }: AroundRow,
): ReverseAnswer['street'] {
  if (road !== null && metres !== null) {
    return { name: road, distanceMeters: Math.round(metres * 10) / 10 };
  }
  if (address?.street === undefined) return undefined;
  return { name: address.street, distanceMeters: address.distanceMeters };
}

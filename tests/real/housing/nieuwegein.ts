import { gunzipSync } from 'node:zlib';
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { classifyBuilding } from '../../../geodata/osm/classify-building.js';
import { realData } from '../../support/real-data.js';
import { confusionTable, countPairs, derivedColumns } from './confusion.js';

type Row = Readonly<Record<string, string>>;

export async function readRows(file: string): Promise<Row[]> {
  return parse(gunzipSync(await readFile(realData(file))), { columns: true }) as Row[];
}

const outbuildings = new Set(['shed', 'garage', 'roof', 'wall', 'foundation', 'storage_tank']);
const dwellings = new Set(['house', 'apartments', 'houseboat', 'yes']);

function groupOf(building: string): string {
  if (outbuildings.has(building)) return 'shed, garage and the like';
  return dwellings.has(building) ? building : 'other, business';
}

const groups = [
  'house',
  'apartments',
  'houseboat',
  'yes',
  'shed, garage and the like',
  'other, business',
];

/** What the tags of the 5,342 buildings say without any derivation. */
export function tagTable(buildings: readonly Row[]): string {
  const pairs = buildings.map(({ building = '' }) => {
    const tagged = classifyBuilding({ building })?.taggedType ?? 'no building';
    return [groupOf(building), tagged] as const;
  });
  return confusionTable(countPairs(pairs), {
    corner: 'building \\ read as',
    rows: groups,
    columns: ['house', 'residential', ...derivedColumns, 'houseboat'],
  });
}

const metresOfDegree = 111_132;
const eastOfDegree = 111_320 * Math.cos((52.03 * Math.PI) / 180);
const reach = 8;

/** Different sampled addresses within 8 m of each building whose position survived. */
export function addressTable(buildings: readonly Row[], addresses: readonly Row[]): string {
  const cells = new Map<string, { x: number; y: number; label: string }[]>();
  const cellOf = (x: number, y: number) => `${Math.floor(x / reach)}:${Math.floor(y / reach)}`;
  for (const { lon, lat, street, housenumber } of addresses) {
    const point = { x: Number(lon) * eastOfDegree, y: Number(lat) * metresOfDegree };
    const key = cellOf(point.x, point.y);
    cells.set(key, [...(cells.get(key) ?? []), { ...point, label: `${street} ${housenumber}` }]);
  }
  const near = (x: number, y: number) => {
    const found = new Set<string>();
    for (const dx of [-reach, 0, reach]) {
      for (const dy of [-reach, 0, reach]) {
        for (const point of cells.get(cellOf(x + dx, y + dy)) ?? []) {
          if (Math.hypot(point.x - x, point.y - y) <= reach) found.add(point.label);
        }
      }
    }
    return found.size;
  };
  const pairs = buildings
    .filter((row) => row['approx_lat'])
    .map((row) => {
      const count = near(
        Number(row['approx_lon']) * eastOfDegree,
        Number(row['approx_lat']) * metresOfDegree,
      );
      return [groupOf(row['building'] ?? ''), readingOf(count)] as const;
    });
  return confusionTable(countPairs(pairs), {
    corner: 'building \\ addresses',
    rows: groups,
    columns: ['none: unknown', 'one: house', 'several: apartments'],
  });
}

function readingOf(addresses: number): string {
  if (addresses === 0) return 'none: unknown';
  return addresses === 1 ? 'one: house' : 'several: apartments';
}

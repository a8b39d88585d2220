import { fromGeojsonVt } from '@maplibre/vt-pbf';

/** Address of a tile in the usual web map scheme. */
interface TileAddress {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** A point as the accounts layer of a tile holds it. */
interface PointRow {
  readonly lon: number;
  readonly lat: number;
  readonly id: number;
  readonly kind: string;
  readonly count: number;
  readonly value: number;
}

/** A cell as the accounts layer of a tile holds it. */
interface CellRow {
  readonly lon: number;
  readonly lat: number;
  readonly cell: string;
  readonly count: number;
}

type Tags = Record<string, string | number>;

/** A vector tile with accounts as points; coordinates outside the tile are kept as they are. */
export function accountsTile(tile: TileAddress, rows: readonly PointRow[]): ArrayBuffer {
  return pointTile(
    'accounts',
    tile,
    rows.map(({ lon, lat, id, ...tags }) => ({ lon, lat, id, tags })),
  );
}

/** A vector tile with accounts as cells. */
export function cellsTile(tile: TileAddress, rows: readonly CellRow[]): ArrayBuffer {
  return pointTile(
    'accounts',
    tile,
    rows.map(({ lon, lat, ...tags }) => ({ lon, lat, tags: { value: 0, ...tags } })),
  );
}

/** A box on the map with what a shape layer says about it. */
interface AreaRow {
  readonly id: number;
  readonly bbox: readonly [west: number, south: number, east: number, north: number];
  readonly tags: Tags;
}

/** A vector tile with boxes as polygons, cut at a margin around the tile. */
export function areaTile(layer: string, tile: TileAddress, rows: readonly AreaRow[]): ArrayBuffer {
  const clamp = (value: number) => Math.min(Math.max(value, -256), 4352);
  const features = rows.map(({ id, bbox: [west, south, east, north], tags }) => {
    const [left, top] = toTile(tile, west, north).map(clamp) as [number, number];
    const [right, bottom] = toTile(tile, east, south).map(clamp) as [number, number];
    const ring = [
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
      [left, top],
    ];
    return { type: 3 as const, id, geometry: [ring], tags };
  });
  return encode(layer, features);
}

function pointTile(
  layer: string,
  tile: TileAddress,
  rows: readonly { lon: number; lat: number; id?: number; tags: Tags }[],
): ArrayBuffer {
  const features = rows.map(({ lon, lat, id, tags }) => ({
    type: 1 as const,
    geometry: [toTile(tile, lon, lat)],
    tags,
    ...(id === undefined ? {} : { id }),
  }));
  return encode(layer, features);
}

function encode(layer: string, features: readonly object[]): ArrayBuffer {
  const layers = { [layer]: { features } } as unknown as Parameters<typeof fromGeojsonVt>[0];
  return fromGeojsonVt(layers, { version: 2, extent: 4096 }).slice().buffer as ArrayBuffer;
}

function toTile({ z, x, y }: TileAddress, lon: number, lat: number): [number, number] {
  const radians = (lat * Math.PI) / 180;
  const worldX = (lon + 180) / 360;
  const worldY = (1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2;
  return [Math.round((worldX * 2 ** z - x) * 4096), Math.round((worldY * 2 ** z - y) * 4096)];
}

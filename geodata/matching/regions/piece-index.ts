import Flatbush from 'flatbush';
import { isInside } from './is-inside.js';

/** A part of a region: its rings in EPSG:4326 as lon, lat, lon, lat… */
export type RegionPiece = {
  readonly regionId: number;
  readonly level: number;
  readonly rings: readonly Float64Array[];
};

/** Pieces of regions in memory, for finding the region of many points. */
export class PieceIndex {
  readonly #pieces: readonly RegionPiece[];
  readonly #tree: Flatbush | undefined;

  constructor(pieces: readonly RegionPiece[]) {
    this.#pieces = pieces;
    this.#tree = pieces.length > 0 ? treeOf(pieces) : undefined;
  }

  /** The deepest region that holds the point; on a shared border the one with the smallest id. */
  regionAt(lon: number, lat: number): number | undefined {
    let best: RegionPiece | undefined;
    for (const at of this.#tree?.search(lon, lat, lon, lat) ?? []) {
      const piece = this.#pieces[at]!;
      if (best !== undefined && !comesBefore(piece, best)) continue;
      if (isInside(piece.rings, lon, lat)) best = piece;
    }
    return best?.regionId;
  }
}

function comesBefore(a: RegionPiece, b: RegionPiece): boolean {
  return a.level > b.level || (a.level === b.level && a.regionId < b.regionId);
}

function treeOf(pieces: readonly RegionPiece[]): Flatbush {
  const tree = new Flatbush(pieces.length);
  for (const { rings } of pieces) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    const [outer] = rings;
    for (let n = 0; outer !== undefined && n < outer.length; n += 2) {
      west = Math.min(west, outer[n]!);
      east = Math.max(east, outer[n]!);
      south = Math.min(south, outer[n + 1]!);
      north = Math.max(north, outer[n + 1]!);
    }
    tree.add(west, south, east, north);
  }
  tree.finish();
  return tree;
}

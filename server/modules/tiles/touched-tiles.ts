import type { TouchedPosition } from '../../column-store/column-store.js';
import { cellCentre, parentKey, resolutionAt } from '../../column-store/h3.js';
import { maxTileZoom, tileOf, type TileId } from '../../column-store/world.js';

/** The place of a tile in the cache of its layer. */
export function placeOf({ z, x, y }: TileId): string {
  return `${z}/${x}/${y}`;
}

/** At every zoom the tiles that show a row: the one that holds its point and the one that holds its cell. */
export function placesTouchedBy(position: TouchedPosition): Set<string> {
  const places = new Set<string>();
  for (let z = 0; z <= maxTileZoom; z++) {
    const resolution = resolutionAt(z);
    const centre = cellCentre(parentKey(position.cell, resolution), resolution);
    for (const { x, y } of [position, centre]) {
      places.add(placeOf({ z, x: tileOf(x, z), y: tileOf(y, z) }));
    }
  }
  return places;
}

import type { Marks } from './account-marks.js';
import type { HexagonRings } from './layers/accounts.js';

/** Turns an H3 index into the corners of its cell, `[lon, lat]`, first and last equal. */
export type CellBoundary = (cell: string) => readonly (readonly [lon: number, lat: number])[];

/** Loads the H3 library; only maps that draw hexagons need it. */
export async function loadCellBoundary(): Promise<CellBoundary> {
  const { cellToBoundary } = await import('h3-js');
  return (cell) => cellToBoundary(cell, true) as [number, number][];
}

/** Rings and corner colours of a set in cell mode; rows without a valid cell draw nothing. */
export function hexagonRings({ set, colours }: Marks, boundaryOf: CellBoundary): HexagonRings {
  const rings = set.cells.map((cell) => (cell ? boundaryOf(cell) : []));
  const corners = rings.reduce((sum, ring) => sum + ring.length, 0);
  const positions = new Float64Array(corners * 2);
  const cornerColours = new Uint8Array(corners * 4);
  const starts = new Uint32Array(rings.length + 1);
  let corner = 0;
  rings.forEach((ring, row) => {
    starts[row] = corner;
    for (const [lon, lat] of ring) {
      positions[corner * 2] = lon;
      positions[corner * 2 + 1] = lat;
      cornerColours.set(colours.subarray(row * 4, row * 4 + 4), corner * 4);
      corner += 1;
    }
  });
  starts[rings.length] = corner;
  return { positions, starts, colours: cornerColours };
}

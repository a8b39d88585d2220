import type { Layer } from '@deck.gl/core';
import { ColumnLayer } from '@deck.gl/layers';
import { metersPerPixel, type Marks } from '../account-marks.js';

interface CellColumns {
  readonly marks: Marks;
  readonly opacity: number;
  readonly zoom: number;
  readonly lat: number;
}

/** Height on the screen of the tallest column when it is seen from the side. */
const tallestPixels = 220;

/** Share of the cell that the foot of a column takes. */
const footShare = 0.72;

/** Columns on the cells: their height grows evenly with the measure. */
export function cellColumns({ marks, opacity, zoom, lat }: CellColumns): Layer {
  const { set, colours, heights, radii } = marks;
  return new ColumnLayer({
    id: 'accounts-columns',
    data: {
      length: set.length,
      attributes: {
        getPosition: { value: set.positions, size: 2 },
        getFillColor: { value: colours, size: 4, normalized: true },
        getElevation: { value: heights, size: 1 },
      },
    },
    diskResolution: 6,
    radius: (radii[0] ?? 0) * footShare,
    elevationScale: metersPerPixel(lat, zoom) * tallestPixels,
    extruded: true,
    opacity,
    material: { ambient: 0.62, diffuse: 0.5, shininess: 8, specularColor: [40, 40, 40] },
  });
}

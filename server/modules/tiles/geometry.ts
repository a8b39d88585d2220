/** Coordinates of one line or ring in tile units, x and y in turn. */
export type Path = readonly number[];

export type TilePolygon = { readonly outer: Path; readonly holes: readonly Path[] };

export type TileGeometry =
  | { readonly type: 'points'; readonly path: Path }
  | { readonly type: 'lines'; readonly paths: readonly Path[] }
  | { readonly type: 'polygons'; readonly polygons: readonly TilePolygon[] };

/** A line without repeated points; undefined where nothing is left of it. */
export function cleanLine(path: Path): Path | undefined {
  const cleaned = withoutRepeats(path);
  return cleaned.length >= 4 ? cleaned : undefined;
}

/**
 * Rings of a polygon as vector tiles want them: not closed, without repeated points, outer ring clockwise
 * on screen (positive area, y runs down) and holes the other way. Undefined where the outer ring has no area.
 */
export function cleanPolygon([outer, ...holes]: readonly Path[]): TilePolygon | undefined {
  const cleanedOuter = outer && cleanRing(outer, 1);
  if (cleanedOuter === undefined) return undefined;
  const cleanedHoles = holes.flatMap((hole) => {
    const cleaned = cleanRing(hole, -1);
    return cleaned === undefined ? [] : [cleaned];
  });
  return { outer: cleanedOuter, holes: cleanedHoles };
}

function cleanRing(path: Path, sign: 1 | -1): Path | undefined {
  const ring = withoutSpikes(path);
  while (ring.length > 2 && ring[0] === ring.at(-2) && ring[1] === ring.at(-1)) ring.length -= 2;
  if (ring.length < 6) return undefined;
  const area = doubleArea(ring);
  if (area === 0) return undefined;
  return area * sign > 0 ? ring : reversed(ring);
}

function withoutRepeats(path: Path): number[] {
  const kept: number[] = [];
  for (let i = 0; i < path.length; i += 2) {
    const x = path[i]!;
    const y = path[i + 1]!;
    if (kept.length > 0 && kept.at(-2) === x && kept.at(-1) === y) continue;
    kept.push(x, y);
  }
  return kept;
}

/** A ring without repeated points and without ways that go to a point and straight back: they have no area. */
function withoutSpikes(path: Path): number[] {
  const kept: number[] = [];
  for (let i = 0; i < path.length; i += 2) {
    const x = path[i]!;
    const y = path[i + 1]!;
    if (kept.length > 0 && kept.at(-2) === x && kept.at(-1) === y) continue;
    if (kept.length > 2 && kept.at(-4) === x && kept.at(-3) === y) {
      kept.length -= 2;
      continue;
    }
    kept.push(x, y);
  }
  return kept;
}

/** Twice the area of a ring by the surveyor's formula, positive for a ring clockwise on screen. */
export function doubleArea(ring: Path): number {
  let sum = 0;
  for (let i = 0; i < ring.length; i += 2) {
    const next = (i + 2) % ring.length;
    sum += ring[i]! * ring[next + 1]! - ring[next]! * ring[i + 1]!;
  }
  return sum;
}

function reversed(ring: Path): Path {
  const turned: number[] = [];
  for (let i = ring.length - 2; i >= 0; i -= 2) turned.push(ring[i]!, ring[i + 1]!);
  return turned;
}

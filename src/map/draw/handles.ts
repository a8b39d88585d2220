import type { SelectionLeaf } from '../../../server/contract/selections.js';
import { distanceMeters, eastOf } from './geodesy.js';
import { largestRadiusMeters, type Position } from './sketch.js';

/** A point by which a shape is changed. A `middle` becomes a corner when it is moved. */
export type Handle = {
  readonly kind: 'corner' | 'middle' | 'center' | 'radius';
  readonly index: number;
  readonly at: Position;
};

/** Above so many corners their middles would leave no room for a finger. */
const mostWithMiddles = 80;
const lowestRadiusMeters = 1;

/** The handles of a shape; none for what is picked and not drawn. */
export function handlesOf(leaf: SelectionLeaf): Handle[] {
  switch (leaf.kind) {
    case 'box':
      return boxCorners(leaf.bounds).map((at, index) => ({ kind: 'corner', index, at }));
    case 'circle':
      return [
        { kind: 'center', index: 0, at: leaf.center },
        { kind: 'radius', index: 0, at: eastOf(leaf.center, leaf.radiusMeters) },
      ];
    case 'polygon':
    case 'lasso':
      return [...corners(leaf.ring), ...middles(leaf.ring, true)];
    case 'corridor':
      return [...corners(leaf.line), ...middles(leaf.line, false)];
    default:
      return [];
  }
}

/** The shape with a handle moved. */
export function moveHandle(leaf: SelectionLeaf, handle: Handle, to: Position): SelectionLeaf {
  const at: [number, number] = [to[0], to[1]];
  switch (leaf.kind) {
    case 'box':
      return { ...leaf, bounds: movedBounds(leaf.bounds, handle.index, at) };
    case 'circle':
      if (handle.kind === 'center') return { ...leaf, center: at };
      return {
        ...leaf,
        radiusMeters: Math.min(
          largestRadiusMeters,
          Math.max(lowestRadiusMeters, Math.round(distanceMeters(leaf.center, at))),
        ),
      };
    case 'polygon':
    case 'lasso':
      return { ...leaf, ring: movedLine(leaf.ring, handle, at) };
    case 'corridor':
      return { ...leaf, line: movedLine(leaf.line, handle, at) };
    default:
      return leaf;
  }
}

/** The shape without a corner; the same where too few would be left. */
export function removeCorner(leaf: SelectionLeaf, { kind, index }: Handle): SelectionLeaf {
  if (kind !== 'corner') return leaf;
  const without = <Item>(line: readonly Item[]) => line.filter((_, other) => other !== index);
  if ('ring' in leaf && leaf.ring.length > 3) return { ...leaf, ring: without(leaf.ring) };
  if ('line' in leaf && leaf.line.length > 2) return { ...leaf, line: without(leaf.line) };
  return leaf;
}

function corners(line: readonly Position[]): Handle[] {
  return line.map((at, index) => ({ kind: 'corner', index, at }));
}

function middles(line: readonly Position[], isClosed: boolean): Handle[] {
  if (line.length > mostWithMiddles) return [];
  const count = isClosed ? line.length : line.length - 1;
  return Array.from({ length: count }, (_, index) => {
    const [lon1, lat1] = line[index]!;
    const [lon2, lat2] = line[(index + 1) % line.length]!;
    return { kind: 'middle', index, at: [(lon1 + lon2) / 2, (lat1 + lat2) / 2] };
  });
}

function movedLine(
  line: readonly [number, number][],
  { kind, index }: Handle,
  to: [number, number],
): [number, number][] {
  if (kind === 'middle') return [...line.slice(0, index + 1), to, ...line.slice(index + 1)];
  return line.map((point, other) => (other === index ? to : point));
}

type Bounds = readonly [west: number, south: number, east: number, north: number];

/** North-west first, then clockwise. */
function boxCorners([west, south, east, north]: Bounds): Position[] {
  return [
    [west, north],
    [east, north],
    [east, south],
    [west, south],
  ];
}

function movedBounds(
  bounds: Bounds,
  index: number,
  to: Position,
): [number, number, number, number] {
  const fixed = boxCorners(bounds)[(index + 2) % 4]!;
  const [west, east] = [Math.min(fixed[0], to[0]), Math.max(fixed[0], to[0])];
  const [south, north] = [Math.min(fixed[1], to[1]), Math.max(fixed[1], to[1])];
  return west < east && south < north ? [west, south, east, north] : [...bounds];
}

import type { SelectionLeaf } from '../../../server/contract/selections.js';
import { distanceMeters } from './geodesy.js';

/** [lon, lat] in EPSG:4326. */
export type Position = readonly [lon: number, lat: number];

/** Tools drawn in one stroke with the button down, and those drawn corner by corner with clicks. */
export const strokeTools = ['box', 'lasso', 'circle'] as const;
export const clickTools = ['polygon', 'corridor', 'distance', 'area'] as const;
/** Tools that pick what is there. */
export const pickTools = ['region', 'road'] as const;
export const drawTools = [...strokeTools, ...clickTools, ...pickTools] as const;

export type DrawTool = (typeof drawTools)[number];
export type StrokeTool = (typeof strokeTools)[number];
export type ClickTool = (typeof clickTools)[number];

/** What a person has drawn so far. */
export type Sketch = {
  readonly tool: StrokeTool | ClickTool;
  readonly points: readonly Position[];
  /** Where the pointer is: the end of the piece not yet set. */
  readonly pointer: Position | null;
};

/** Where a click without a drag means a circle, and how wide a corridor starts. */
export const usualRadiusMeters = 500;
export const usualWidthMeters = 200;
/** Beyond it a circle is none on any map. */
export const largestRadiusMeters = 500_000;

export function isStrokeTool(tool: DrawTool): tool is StrokeTool {
  return (strokeTools as readonly string[]).includes(tool);
}

export function isClickTool(tool: DrawTool): tool is ClickTool {
  return (clickTools as readonly string[]).includes(tool);
}

/** Whether a tool measures and selects nothing. */
export function isMeasuring(tool: DrawTool): boolean {
  return tool === 'distance' || tool === 'area';
}

export function startSketch(tool: StrokeTool | ClickTool, at: Position): Sketch {
  return { tool, points: [at], pointer: null };
}

/** A corner more; the same point twice, as a double click gives it, is one. */
export function addPoint(sketch: Sketch, at: Position): Sketch {
  const last = sketch.points.at(-1);
  if (last?.[0] === at[0] && last[1] === at[1]) return sketch;
  return { ...sketch, points: [...sketch.points, at] };
}

/** Without its last corner; null where none is left. */
export function dropPoint(sketch: Sketch): Sketch | null {
  const points = sketch.points.slice(0, -1);
  return points.length === 0 ? null : { ...sketch, points };
}

/** The stroke with the pointer moved on; a lasso keeps the way. */
export function extendStroke(sketch: Sketch, to: Position): Sketch {
  if (sketch.tool === 'lasso') return addPoint({ ...sketch, pointer: to }, to);
  return { ...sketch, pointer: to };
}

/** What was drawn, once it is enough for a shape. `isClick` says that the stroke did not leave its place. */
export function toLeaf(sketch: Sketch, isClick = false): SelectionLeaf | null {
  const [first] = sketch.points;
  const end = sketch.pointer ?? first;
  if (!first || !end) return null;
  switch (sketch.tool) {
    case 'box':
      return isClick ? null : boxLeaf(first, end);
    case 'circle': {
      const drawn = isClick ? usualRadiusMeters : distanceMeters(first, end);
      const radiusMeters = Math.min(drawn, largestRadiusMeters);
      return radiusMeters >= 1
        ? { kind: 'circle', center: [...first], radiusMeters: Math.round(radiusMeters) }
        : null;
    }
    case 'lasso':
    case 'polygon':
      if (isClick || sketch.points.length < 3) return null;
      return { kind: sketch.tool, ring: sketch.points.map(([lon, lat]) => [lon, lat]) };
    case 'corridor':
      if (sketch.points.length < 2) return null;
      return {
        kind: 'corridor',
        line: sketch.points.map(([lon, lat]) => [lon, lat]),
        widthMeters: usualWidthMeters,
      };
    default:
      return null;
  }
}

function boxLeaf(one: Position, other: Position): SelectionLeaf | null {
  const bounds: [number, number, number, number] = [
    Math.min(one[0], other[0]),
    Math.min(one[1], other[1]),
    Math.max(one[0], other[0]),
    Math.max(one[1], other[1]),
  ];
  return bounds[0] < bounds[2] && bounds[1] < bounds[3] ? { kind: 'box', bounds } : null;
}

type Pixel = { readonly x: number; readonly y: number };

/**
 * A line with fewer corners that leaves its course by at most `tolerance` pixels (Douglas and Peucker, 1973);
 * answers the indices of the corners kept.
 */
export function keptCorners(line: readonly Pixel[], tolerance: number): number[] {
  const kept = new Set([0, line.length - 1]);
  const waiting: [number, number][] = [[0, line.length - 1]];
  for (let span = waiting.pop(); span !== undefined; span = waiting.pop()) {
    const [from, to] = span;
    let farthest = -1;
    let most = tolerance;
    for (let index = from + 1; index < to; index++) {
      const distance = distanceToSegment(line[index]!, line[from]!, line[to]!);
      if (distance <= most) continue;
      most = distance;
      farthest = index;
    }
    if (farthest === -1) continue;
    kept.add(farthest);
    waiting.push([from, farthest], [farthest, to]);
  }
  return [...kept].sort((one, other) => one - other);
}

function distanceToSegment(point: Pixel, from: Pixel, to: Pixel): number {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const square = dx * dx + dy * dy;
  const share =
    square === 0
      ? 0
      : Math.min(1, Math.max(0, ((point.x - from.x) * dx + (point.y - from.y) * dy) / square));
  return Math.hypot(point.x - from.x - share * dx, point.y - from.y - share * dy);
}

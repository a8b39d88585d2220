import type { Point } from '../plane/geometry.js';
import type { Noise, Random } from '../plane/random.js';
import type { NeighbourhoodKind } from '../land/settlements.js';
import { CITY } from '../land/terrain.js';
import type { RoadClass } from './street-network.js';

/** How streets are laid out in a kind of neighbourhood; distances in metres. */
export type StreetStyle = {
  readonly class: RoadClass;
  readonly crossClass: RoadClass;
  /** Between long streets. */
  readonly spacing: number;
  /** Between cross streets, from and to. */
  readonly cross: readonly [number, number];
  /** How far streets bend, and over what length. */
  readonly bend: number;
  readonly wave: number;
  /** Share of cross streets left out. */
  readonly gaps: number;
};

const style = (
  spacing: number,
  cross: readonly [number, number],
  bend: number,
  wave: number,
  gaps: number,
  classes: readonly [RoadClass, RoadClass] = ['residential', 'residential'],
): StreetStyle => ({ spacing, cross, bend, wave, gaps, class: classes[0], crossClass: classes[1] });

const STYLES: Record<NeighbourhoodKind, StreetStyle> = {
  historic: style(54, [48, 92], 10, 260, 0.06),
  inner: style(66, [95, 165], 26, 420, 0.08),
  postwar: style(100, [130, 230], 0, 900, 0.08),
  suburb: style(94, [105, 210], 75, 520, 0.18),
  new: style(80, [95, 170], 22, 800, 0.1),
  town: style(72, [80, 150], 45, 430, 0.12),
  village: style(100, [120, 210], 65, 420, 0.2),
  rural: style(760, [800, 1_500], 130, 1_600, 0.25, ['residential', 'track']),
  port: style(210, [260, 400], 0, 900, 0.15, ['service', 'service']),
  industrial: style(165, [210, 330], 0, 900, 0.1, ['residential', 'service']),
  office: style(135, [150, 230], 12, 700, 0.05),
  park: style(150, [130, 220], 110, 330, 0.2, ['cycleway', 'cycleway']),
};

export const styleOf = (kind: NeighbourhoodKind): StreetStyle => STYLES[kind];

export type StreetPlan = {
  readonly long: readonly (readonly Point[])[];
  readonly cross: readonly (readonly Point[])[];
};

/** Radii of the streets of the historic core; the canal runs between the fifth and the sixth. */
const CORE_RADII = [62, 112, 160, 210, 262, 318, 372, 424, 476, 530];
export const CANAL_RADIUS = 290;

/** Streets that run around the old centre and the lanes between them. */
export function coreStreets(random: Random, noise: Noise): StreetPlan {
  const long = CORE_RADII.map((radius) => coreCircle(noise, radius));
  const cross = CORE_RADII.slice(1).flatMap((outer, strip) => {
    const inner = CORE_RADII[strip]!;
    const count = Math.max(5, Math.round((2 * Math.PI * inner) / random.range(62, 84)));
    return Array.from({ length: count }, (_, i) => {
      const angle = ((i + random.range(-0.3, 0.3)) / count) * 2 * Math.PI;
      return [inner + 2, (inner + outer) / 2, outer - 2].map((radius) =>
        corePoint(noise, radius, angle),
      );
    });
  });
  return { long, cross };
}

/** A circle of the old centre, dented as old town plans are. */
export function coreCircle(noise: Noise, radius: number): Point[] {
  const count = Math.round(radius / 2) + 24;
  const loop = Array.from({ length: count }, (_, i) =>
    corePoint(noise, radius, (i / count) * 2 * Math.PI),
  );
  return [...loop, loop[0]!];
}

function corePoint(noise: Noise, radius: number, angle: number): Point {
  const x = CITY.x + radius * Math.cos(angle) * 1.06;
  const y = CITY.y + radius * Math.sin(angle) * 0.96;
  return { x: x + 26 * noise.at(x, y + 4_000, 190), y: y + 26 * noise.at(x + 8_000, y, 190) };
}

type Frame = { readonly centre: Point; readonly angle: number; readonly radius: number };

/** A bent lattice over a neighbourhood: long streets one way, cross streets at uneven distances between them. */
export function latticeStreets(
  random: Random,
  noise: Noise,
  frame: Frame,
  look: StreetStyle,
): StreetPlan {
  const { radius } = frame;
  const place = (u: number, v: number) => bentPoint(noise, frame, look, u, v);
  const positions: number[] = [];
  for (let u = -radius; u < radius; u += look.spacing * random.range(0.9, 1.12)) positions.push(u);
  const long = positions.map((u) => line((v) => place(u, v), -radius, radius));
  const cross = positions.slice(1).flatMap((outer, strip) => {
    const inner = positions[strip]!;
    const lines: Point[][] = [];
    for (
      let v = -radius + random.range(0, look.cross[0]);
      v < radius;
      v += random.range(...look.cross)
    ) {
      if (!random.chance(look.gaps)) lines.push(line((u) => place(u, v), inner + 2, outer - 2));
    }
    return lines;
  });
  return { long, cross };
}

function line(at: (position: number) => Point, from: number, to: number): Point[] {
  const count = Math.max(2, Math.ceil((to - from) / 24));
  return Array.from({ length: count + 1 }, (_, i) => at(from + ((to - from) * i) / count));
}

function bentPoint(noise: Noise, frame: Frame, look: StreetStyle, u: number, v: number): Point {
  const cos = Math.cos(frame.angle);
  const sin = Math.sin(frame.angle);
  const x = frame.centre.x + u * cos - v * sin;
  const y = frame.centre.y + u * sin + v * cos;
  return {
    x: x + look.bend * noise.at(x + 17_000, y, look.wave),
    y: y + look.bend * noise.at(x, y - 23_000, look.wave),
  };
}

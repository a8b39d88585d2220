/** How one travels; the order is that of the bits. */
export const travelModes = ['car', 'bicycle', 'foot'] as const;
export type TravelMode = (typeof travelModes)[number];

/** Bit of each mode in `limited_modes`, `blocked_modes` and `modes` of the road tables. */
export const modeBit: Readonly<Record<TravelMode, number>> = { car: 1, bicycle: 2, foot: 4 };

/** The bits of the modes for which a test holds. */
export function modeBits(holds: (mode: TravelMode) => boolean): number {
  return travelModes.reduce((bits, mode) => bits | (holds(mode) ? modeBit[mode] : 0), 0);
}

/** Whether this run is as long as the goals say: `npm run test:faults -- --full`. */
export const isFullRun = process.env['CATCHMENT_FAULTS'] === 'full';

/** The number of rounds of this run. */
export function rounds({ usual, full }: { usual: number; full: number }): number {
  return isFullRun ? full : usual;
}

/** The seed of this run; set CATCHMENT_FAULTS_SEED for another one. A failure names it. */
export const seed = Number(process.env['CATCHMENT_FAULTS_SEED'] ?? 1);

import { z } from 'zod';
import { deriveHousing } from '../housing/derive-housing.js';
import { linkUnits } from '../housing/link-units.js';
import { rematchForLayer } from '../matching/rematch-for-layer.js';
import { ProgressMeter } from '../progress.js';
import { resolveZones } from '../zones/resolve-zones.js';
import type { Command } from './command.js';
import { parseOptions } from './parse-options.js';

/** Derives business zones and housing types anew, and matches accounts to what changed. */
export const deriveCommand: Command = {
  name: 'derive',
  usage: '',
  describe: 'Derive business zones and housing types again from what is loaded',
  run: async (args, context) => {
    parseOptions(args, z.object({}));
    const { signal } = context;
    const database = await context.database();
    const meter = new ProgressMeter([context.onProgress]);
    const progress = (done: number, total: number) => meter.fraction(done / Math.max(1, total));
    meter.stage('Resolving business zones');
    const zones = await database.transaction(async (client) => {
      const report = await resolveZones(client, { signal, progress });
      if (report.inserted + report.updated + report.removed > 0) {
        await rematchForLayer(client, 'business_zones', { signal });
      }
      return report;
    });
    meter.stage('Deriving housing types');
    await database.transaction((client) => linkUnits(client));
    const housing = await deriveHousing(database.pool, { signal, progress });
    if (housing.changed > 0) {
      meter.stage('Matching accounts to the buildings');
      await database.transaction((client) => rematchForLayer(client, 'buildings', { signal }));
    }
    meter.stage('');
    const count = (value: number) => value.toLocaleString('en');
    const kept = zones.inserted + zones.updated + zones.unchanged;
    context.print(
      `${count(kept)} business zones of ${count(zones.parts)} areas; ` +
        `${count(housing.derived)} of ${count(housing.examined)} open housing types derived, ` +
        `${count(housing.changed)} changed.`,
    );
  },
};

import type { Check } from './check.js';
import { matchingCheck, placingCheck } from './checks/accounts.js';
import { backupsCheck } from './checks/backups.js';
import { databaseCheck, migrationsCheck, referenceSystemsCheck } from './checks/database.js';
import { importsCheck } from './checks/imports.js';
import { diskCheck, memoryCheck, nodeCheck } from './checks/machine.js';
import {
  regionMembersCheck,
  regionOrphansCheck,
  regionOverlapsCheck,
  regionShapesCheck,
} from './checks/regions.js';
import { rollupsCheck } from './checks/rollups.js';
import { secretsCheck } from './checks/secrets.js';
import { cubeCheck, portCheck, serverCheck } from './checks/services.js';
import { indexesCheck, shapesCheck, statisticsCheck } from './checks/tables.js';

/** Every check, in the order of the report; a further one is a file in checks/ and a line here. */
export const checks: readonly Check[] = [
  nodeCheck(),
  diskCheck(),
  memoryCheck(),
  secretsCheck,
  portCheck,
  databaseCheck,
  migrationsCheck,
  referenceSystemsCheck,
  importsCheck,
  regionShapesCheck,
  regionOrphansCheck,
  regionOverlapsCheck,
  regionMembersCheck,
  placingCheck,
  matchingCheck,
  statisticsCheck,
  indexesCheck,
  shapesCheck,
  rollupsCheck,
  serverCheck,
  cubeCheck,
  backupsCheck,
];

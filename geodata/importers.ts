import { AppError } from '../server/errors.js';
import { demoImporter } from './demo/demo.importer.js';
import type { Importer } from './importer.js';
import { accountsImporter, leadsImporter } from './importers/accounts.importer.js';
import { addressesImporter } from './importers/addresses.importer.js';
import { buildingsImporter } from './importers/buildings.importer.js';
import { businessZonesImporter } from './importers/business-zones.importer.js';
import { dwellingsImporter } from './importers/dwellings.importer.js';
import { paymentsImporter } from './importers/payments.importer.js';
import { postcodeRangesImporter } from './importers/postcode-ranges.importer.js';
import { postcodesImporter } from './importers/postcodes.importer.js';
import { productsImporter } from './importers/products.importer.js';
import { regionStatsImporter } from './importers/region-stats.importer.js';
import { regionsImporter } from './importers/regions.importer.js';
import { roadsImporter } from './importers/roads.importer.js';
import { salesImporter } from './importers/sales.importer.js';
import { settlementsImporter } from './importers/settlements.importer.js';
import { osmImporter } from './osm/osm.importer.js';

/** Every importer; a further one is one file and one line here. */
export const importers: readonly Importer[] = [
  regionsImporter,
  regionStatsImporter,
  postcodesImporter,
  postcodeRangesImporter,
  addressesImporter,
  settlementsImporter,
  accountsImporter,
  leadsImporter,
  productsImporter,
  salesImporter,
  paymentsImporter,
  roadsImporter,
  buildingsImporter,
  dwellingsImporter,
  businessZonesImporter,
  osmImporter,
  demoImporter,
];

/** The importer of that name; throws an AppError that lists those there are. */
export function importerNamed(name: string): Importer {
  const importer = importers.find((candidate) => candidate.name === name);
  if (importer) return importer;
  const known = importers.map((candidate) => candidate.name).join(', ');
  throw new AppError('validation', `There is no importer ${name}; known importers: ${known}.`);
}

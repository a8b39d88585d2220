import { z } from 'zod';
import { defineImporter, type ImportContext, type ImportSource } from '../importer.js';
import { mapOption } from '../mapping/mapping.js';
import { fileOptions } from '../import-source.js';
import { accountFields } from './account-fields.js';
import { importAccountRows } from './account-rows.js';

/** Options of `accounts` and `leads`. */
export const accountOptions = z.object({
  ...fileOptions,
  map: mapOption,
  precision: z
    .enum(['exact', 'address', 'street', 'place'])
    .default('exact')
    .describe('How precise the coordinates of the file are'),
});

export type AccountOptions = z.output<typeof accountOptions>;

/** People and organisations: customers, unless the file says otherwise. */
export const accountsImporter = defineImporter({
  name: 'accounts',
  describe: 'Accounts: people and organisations, updated by their external id (CSV, GeoJSON)',
  options: accountOptions,
  fields: accountFields,
  run: (source: ImportSource, options: AccountOptions, context: ImportContext) =>
    importAccountRows({ source, options, context, lifecycle: 'customer' }),
});

/** Leads: accounts that are not customers yet, unless the file says otherwise. */
export const leadsImporter = defineImporter({
  name: 'leads',
  describe: 'Leads: as accounts, with the lifecycle lead unless the file says otherwise',
  options: accountOptions,
  fields: accountFields,
  run: (source: ImportSource, options: AccountOptions, context: ImportContext) =>
    importAccountRows({ source, options, context, lifecycle: 'lead' }),
});

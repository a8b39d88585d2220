import { z } from 'zod';
import { accountFilter } from './account-filter.js';
import { accountRowSchema } from './accounts.js';
import { limitSchema, timestampSchema } from './common.js';
import { tableSorts, tableGroups } from './table-columns.js';

export * from './table-columns.js';

const sort = z
  .enum([...tableSorts, ...tableSorts.map((name) => `-${name}` as const)])
  .default('name')
  .describe('A minus turns the order round; accounts without a value come last in both');
const group = z.enum(tableGroups);

const inGroup = {
  group: group.optional().describe('Only the accounts of one group'),
  groupValue: z.string().max(200).optional().describe('`value` of the group'),
};

const MAX_OFFSET = 100_000_000;
const offset = z.coerce.number().int().min(0).max(MAX_OFFSET).default(0);

export const tableRowsQuery = accountFilter.extend({
  sort,
  ...inGroup,
  offset,
  limit: limitSchema(100, 200),
});

export const tableIdsQuery = tableRowsQuery.extend({ limit: limitSchema(1000, 10_000) });

export const tableGroupsQuery = accountFilter.extend({ by: group });

export const tableRowSchema = accountRowSchema.extend({
  email: z.string().nullable(),
  phone: z.string().nullable(),
  revenue: z.number(),
  revenue12m: z.number().describe('Revenue of the last twelve months'),
  lastOrderedAt: timestampSchema.nullable(),
});

export const tableRowsSchema = z.object({
  items: z.array(tableRowSchema),
  offset: z.number().int(),
  total: z.number().int().describe('Accounts in the filter that the asker may see'),
});

export const tableIdsSchema = z.object({ ids: z.array(z.number().int()), total: z.number().int() });

export const tableGroupsSchema = z.object({
  total: z.number().int(),
  overlapping: z
    .boolean()
    .describe(
      'Accounts may be in several groups, so that the groups add up to more than the total',
    ),
  items: z.array(
    z.object({
      value: z.string().describe('"none" = without a value'),
      label: z.string().nullable().describe('Name of a region or owner'),
      count: z.number().int(),
      placed: z.number().int(),
      revenue: z.number(),
      revenue12m: z.number(),
    }),
  ),
});

/** Somebody who may own accounts. */
export const ownerSchema = z.object({ id: z.string(), name: z.string() });

export type Owner = z.output<typeof ownerSchema>;
export type TableRowsQuery = z.output<typeof tableRowsQuery>;
export type TableRow = z.output<typeof tableRowSchema>;
export type TableRows = z.output<typeof tableRowsSchema>;
export type TableIds = z.output<typeof tableIdsSchema>;
export type TableGroups = z.output<typeof tableGroupsSchema>;
export type TableGroupRow = TableGroups['items'][number];

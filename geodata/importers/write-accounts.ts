import { escapeLiteral } from 'pg';
import type { Queryable } from '../../server/db/database.js';
import type { ImportSource } from '../importer.js';
import { createStagingTable, type StagingTable } from '../loaders/bulk-loader.js';
import { withIndexesAfter } from '../loaders/indexes-after.js';
import {
  mergeRows,
  type Merge,
  type MergeColumn,
  type MergeCounts,
} from '../loaders/merge-rows.js';
import type { RowMapper } from '../mapping/row-mapper.js';
import type { StagedMatches } from '../matching/match-staged.js';
import { accountFields } from './account-fields.js';
import type { AccountImport, StagedAccounts } from './stage-accounts.js';

/** Columns of crm.accounts that carry the name of their field. */
const plainFields = Object.keys(accountFields).filter(
  (field) => !['external_id', 'owner', 'lon', 'lat', 'name', 'tags'].includes(field),
);

type AccountsToWrite = AccountImport &
  StagedAccounts & { readonly mapper: RowMapper; readonly matches: StagedMatches | undefined };

/** Brings staged accounts into crm.accounts with what matching found; runs in the caller's transaction. */
export async function writeAccounts(
  client: Queryable,
  request: AccountsToWrite,
): Promise<MergeCounts> {
  await client.query(`SET LOCAL work_mem = '128MB'`);
  const { rows, has_postcodes: hasPostcodes } = await countStaged(client, request.table);
  const regions = hasPostcodes ? await findPostcodeRegions(client, request) : undefined;
  const merge = mergeOf(request, regions);
  const columns = Object.keys({ ...merge.columns, ...merge.insertOnly, external_id: true });
  return withIndexesAfter(client, { table: merge.target, rows, columns }, () =>
    mergeRows(client, merge),
  );
}

function mergeOf(request: AccountsToWrite, postcodeRegions: StagingTable | undefined): Merge {
  const { table, mapper, matches, hasPoints, options, context, lifecycle } = request;
  return {
    target: 'crm.accounts',
    key: ['external_id'],
    columns: {
      ...fieldColumns(mapper, lifecycle),
      ...(hasPoints ? pointColumns(request.source, options.precision) : {}),
    },
    stamps: { import_id: String(context.importId) },
    updateStamps: { matched_at: 'NULL', updated_at: 'now()' },
    insertOnly: {
      ...(mapper.fields.includes('lifecycle') ? {} : { lifecycle: `'${lifecycle}'` }),
      ...(hasPoints ? matchedColumns(matches) : {}),
      ...(hasPoints && postcodeRegions ? { postcode_region_id: 's.postcode_region_id' } : {}),
    },
    source: sourceOf(table, matches, postcodeRegions),
    // Rows that lie together on the map then also do so on disk and in the index.
    ...(matches ? { insertOrder: 's.position' } : {}),
  };
}

type StagedCounts = { readonly rows: number; readonly has_postcodes: boolean };

async function countStaged(client: Queryable, table: StagingTable): Promise<StagedCounts> {
  const counted = await client.query<StagedCounts>(
    `SELECT count(*) AS rows,
       EXISTS (SELECT FROM geo.postcodes) OR EXISTS (SELECT FROM geo.postcode_ranges) AS has_postcodes
     FROM ${table.name}`,
  );
  return counted.rows[0] ?? { rows: 0, has_postcodes: false };
}

/** The region of every postcode of the file, looked up once. */
async function findPostcodeRegions(
  client: Queryable,
  { context, table }: AccountsToWrite,
): Promise<StagingTable> {
  const regions = await createStagingTable(client, context.importId, 'postcodes', {
    postcode: 'text',
    region_id: 'bigint',
  });
  await client.query(
    `INSERT INTO ${regions.name} (postcode, region_id)
     SELECT w.postcode, r.region_id
     FROM (SELECT DISTINCT postcode FROM ${table.name} WHERE postcode IS NOT NULL) w
     CROSS JOIN LATERAL geo.postcode_region(w.postcode) r
     WHERE r.region_id IS NOT NULL`,
  );
  await client.query(`ANALYZE ${regions.name}`);
  return regions;
}

/** What matching found goes in with the row; where there is no point the row waits to be placed. */
function matchedColumns(matches: StagedMatches | undefined): Record<string, string> {
  return {
    h3_cell: 's.h3_cell',
    ...Object.fromEntries((matches?.columns ?? []).map((name) => [name, `s.${name}`])),
    matched_at: 'CASE WHEN s.point IS NOT NULL THEN now() END',
  };
}

function sourceOf(
  table: StagingTable,
  matches: StagedMatches | undefined,
  postcodeRegions: StagingTable | undefined,
): string {
  const found = matches
    ? ['position', ...matches.columns].map((name) => `, m.${name}`).join('')
    : '';
  const region = postcodeRegions ? ', z.region_id AS postcode_region_id' : '';
  return `(SELECT s.*${region}${found}
    FROM ${table.name} s
    ${postcodeRegions ? `LEFT JOIN ${postcodeRegions.name} z ON z.postcode = s.postcode` : ''}
    ${matches ? `LEFT JOIN ${matches.table} m ON m.row_id = s.line` : ''})`;
}

function fieldColumns(mapper: RowMapper, lifecycle: string): Record<string, MergeColumn> {
  const columns: Record<string, MergeColumn> = {
    name: {
      value: 'COALESCE(s.name, s.external_id)',
      updateValue: mapper.fields.includes('name') ? 'COALESCE(s.name, t.name)' : 't.name',
      keepWhen: isLocked('name'),
    },
  };
  for (const field of plainFields) {
    if (mapper.fields.includes(field)) columns[field] = plainColumn(field, lifecycle);
  }
  if (mapper.fields.includes('owner')) columns['owner_id'] = { keepWhen: isLocked('owner_id') };
  if (mapper.fields.includes('tags')) {
    columns['tags'] = { value: 'app.to_tags(s.tags)', keepWhen: isLocked('tags') };
  }
  if (mapper.hasAttributes) columns['attributes'] = { keepWhen: isLocked('attributes') };
  return columns;
}

/** `kind` and `lifecycle` cannot be empty: where the file leaves them out, what was there stays. */
function plainColumn(field: string, lifecycle: string): MergeColumn {
  const keepWhen = isLocked(field);
  if (field === 'kind') {
    return {
      keepWhen,
      value: `COALESCE(s.kind, 'organisation')`,
      updateValue: 'COALESCE(s.kind, t.kind)',
    };
  }
  if (field === 'lifecycle') {
    return {
      keepWhen,
      value: `COALESCE(s.lifecycle, '${lifecycle}')`,
      updateValue: 'COALESCE(s.lifecycle, t.lifecycle)',
    };
  }
  return { keepWhen };
}

/** A row without a good point leaves points that were found in another way than by this file's kind. */
function pointColumns(
  { source, licence }: ImportSource,
  precision: string,
): Record<string, MergeColumn> {
  const keepWhen = `t.placement_locked OR (s.point IS NULL AND t.placement <> '${precision}')`;
  const wherePlaced = (value: string) => `CASE WHEN s.point IS NOT NULL THEN ${value} END`;
  return {
    geom: { value: 's.point::geometry(Point, 4326)', keepWhen },
    placement: {
      value: `CASE WHEN s.point IS NULL THEN 'not_placed' ELSE '${precision}' END`,
      keepWhen,
    },
    placement_source: { value: wherePlaced(literal(source)), keepWhen },
    placement_licence: { value: wherePlaced(literal(licence)), keepWhen },
    // What the geocoder said of an earlier point does not hold for this one.
    placement_label: { value: 'NULL::text', keepWhen },
    placement_status: { value: 'NULL::text', keepWhen },
    placement_confidence: { value: 'NULL::real', keepWhen },
  };
}

/** Text as an SQL literal; escapeLiteral also doubles backslashes. */
function literal(text: string | undefined): string {
  return text === undefined ? 'NULL' : escapeLiteral(text);
}

function isLocked(column: string): string {
  return `'${column}' = ANY (t.locked_fields)`;
}

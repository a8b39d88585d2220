import type { ImportContext, ImportSource } from '../importer.js';
import type { StagingTable, StagingValue } from '../loaders/bulk-loader.js';
import type { RowMapper } from '../mapping/row-mapper.js';
import { stageMapped } from '../mapping/stage-mapped.js';
import { h3CellText } from '../matching/h3-cells.js';
import { projectBounds } from '../values/project-bounds.js';
import { accountFields } from './account-fields.js';
import type { AccountOptions } from './accounts.importer.js';
import { pointText, rowPosition, type LonLat } from './row-point.js';

export type AccountImport = {
  readonly source: ImportSource;
  readonly options: AccountOptions;
  readonly context: ImportContext;
  /** Of new accounts where the file does not say. */
  readonly lifecycle: 'customer' | 'lead';
};

export type StagedAccounts = {
  readonly table: StagingTable;
  readonly mapper: RowMapper | undefined;
  readonly hasPoints: boolean;
};

/** Reads the file into a staging table: the fields of accounts, point, H3 cell and owner. */
export async function stageAccounts({
  source,
  options,
  context,
}: AccountImport): Promise<StagedAccounts> {
  const { database, issues } = context;
  const bounds = await projectBounds(database.pool);
  let hasGeometry = false;
  const { table, mapper } = await stageMapped(context, {
    source,
    options,
    purpose: 'accounts',
    fields: accountFields,
    extra: {
      columns: { point: 'geometry', h3_cell: 'bigint', owner_id: 'text' },
      values: (row, mapped) => {
        if (row.geometry) hasGeometry = true;
        const position = rowPosition(row, mapped, { bounds, issues });
        return position instanceof Promise ? position.then(pointValues) : pointValues(position);
      },
    },
  });
  const hasPoints = hasGeometry || (mapper?.fields.includes('lon') ?? false);
  return { table, mapper, hasPoints };
}

/** Values of the staging columns point, h3_cell and owner_id. */
function pointValues(position: LonLat | null): readonly StagingValue[] {
  if (position === null) return [null, null, null];
  return [pointText(position), h3CellText(...position), null];
}

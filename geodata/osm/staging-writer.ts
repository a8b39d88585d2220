import type { ImportContext } from '../importer.js';
import {
  createStagingTable,
  type StagingTable,
  type StagingValue,
} from '../loaders/bulk-loader.js';
import {
  graphTableNames,
  graphTables,
  layerNames,
  layerTables,
  type GraphTableName,
  type LayerName,
} from './layers.js';

type StagedName = LayerName | GraphTableName;

const batchRows = 5_000;

/** Collects rows for several staging tables at once and loads each table a batch at a time. */
export class StagingWriter {
  readonly #context: ImportContext;
  readonly #tables: ReadonlyMap<StagedName, StagingTable>;
  readonly #waiting = new Map<StagedName, (readonly StagingValue[])[]>();

  private constructor(context: ImportContext, tables: ReadonlyMap<StagedName, StagingTable>) {
    this.#context = context;
    this.#tables = tables;
  }

  /** Creates the staging tables of the import. */
  static async create(context: ImportContext): Promise<StagingWriter> {
    const tables = new Map<StagedName, StagingTable>();
    const create = async (name: StagedName, columns: StagingTable['columns']) => {
      const { database, importId } = context;
      tables.set(name, await createStagingTable(database.pool, importId, name, columns));
    };
    for (const name of layerNames) await create(name, layerTables[name].staged);
    for (const name of graphTableNames) await create(name, graphTables[name]);
    return new StagingWriter(context, tables);
  }

  /** Takes a row, values in the order of the table's columns; absent values are stored as null. */
  add(name: StagedName, row: readonly (StagingValue | undefined)[]): void {
    const values = row.map((value) => value ?? null);
    const rows = this.#waiting.get(name);
    if (rows) rows.push(values);
    else this.#waiting.set(name, [values]);
  }

  /** Loads the tables for which many rows wait. */
  async loadFull(): Promise<void> {
    for (const [name, rows] of this.#waiting) {
      if (rows.length >= batchRows) await this.#load(name, rows);
    }
  }

  /** Loads everything that waits. */
  async loadAll(): Promise<void> {
    for (const [name, rows] of this.#waiting) await this.#load(name, rows);
  }

  /** Qualified name of a staging table. */
  tableName(name: StagedName): string {
    return this.#table(name).name;
  }

  async #load(name: StagedName, rows: readonly (readonly StagingValue[])[]): Promise<void> {
    this.#waiting.delete(name);
    const { loader, signal } = this.#context;
    await loader.loadBatches(this.#table(name), once(rows), { signal });
  }

  #table(name: StagedName): StagingTable {
    const table = this.#tables.get(name);
    if (!table) throw new Error(`There is no staging table ${name}.`);
    return table;
  }
}

async function* once<Batch>(batch: Batch): AsyncGenerator<Batch> {
  yield await Promise.resolve(batch);
}

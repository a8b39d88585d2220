import { breathe } from '../breathe.js';
import type { ColumnStore } from '../column-store.js';
import type { Database } from '../../db/database.js';
import type { RegionPaths } from '../region-paths.js';
import type { RowTable } from '../row-table.js';
import { accountCategories } from '../accounts.source.js';
import { AreaPart } from './area-part.js';
import { memberTest, type Membership, type RowCheck } from './membership.js';

const regionColumn = accountCategories.indexOf('region');

/** The accounts of a selection, told row by row from the column store and exactly as PostGIS would tell. */
export class AccountSet {
  readonly #membership: Membership;
  readonly #parts: readonly AreaPart[];
  #settledAt = -1;
  #settledFor: RowTable | undefined;
  #changes = 0;

  /** @param shapes multipolygons as well-known binary, by their number in the membership */
  constructor(membership: Membership, shapes: readonly Buffer[]) {
    this.#membership = membership;
    this.#parts = shapes.map((wkb) => new AreaPart(wkb));
  }

  /** Grows whenever the same rows may be told otherwise. */
  get changes(): number {
    return this.#changes;
  }

  testOf(table: RowTable, regions: RegionPaths): RowCheck {
    return memberTest(this.#membership, {
      part: (part) => this.#parts[part]!.testOf(table),
      regions: (ids) => regionTest(table, regions, new Set(ids)),
      accounts: (ids) => {
        const wanted = new Set(ids);
        return (row) => wanted.has(table.ids[row]!);
      },
    });
  }

  /** Asks PostGIS about rows on a border that are new or changed since; repeats while rows change meanwhile. */
  async settle(database: Database, store: ColumnStore): Promise<void> {
    while (this.#settledAt !== store.revision) {
      const { revision } = store;
      const { frozen, added } = store.tables;
      for (const part of this.#parts) await this.#settlePart(database, part, { frozen, added });
      this.#settledFor = frozen;
      this.#settledAt = revision;
    }
  }

  async #settlePart(
    database: Database,
    part: AreaPart,
    { frozen, added }: ColumnStore['tables'],
  ): Promise<void> {
    const ids = [...part.borderIds(added, false)];
    const fromFrozen = part.borderIds(frozen, true);
    if (this.#settledFor !== frozen) ids.push(...fromFrozen);
    await breathe();
    if (ids.length === 0) return;
    const rows = await database.rows<{ account_id: number }>(
      `SELECT a.account_id FROM crm.accounts a
       WHERE a.account_id = ANY ($1::bigint[]) AND ST_Covers(ST_GeomFromWKB($2, 4326), a.geom)`,
      [ids, part.wkb],
    );
    if (part.settle(ids, new Set(rows.map((row) => row.account_id)))) this.#changes++;
  }
}

function regionTest(table: RowTable, regions: RegionPaths, wanted: Set<number>): RowCheck {
  const known: (boolean | undefined)[] = [];
  return (row) => {
    const code = table.categories[regionColumn]!.codes[row]!;
    known[code] ??= regions
      .pathOf(Number(table.dictionaries[regionColumn]!.valueOf(code) ?? 0))
      .some((id) => wanted.has(id));
    return known[code];
  };
}

import { parseWkb } from '../../../geodata/geometry/parse-wkb.js';
import type { RowTable } from '../row-table.js';
import { Area, INSIDE, ON_BORDER, OUTSIDE, type Side } from './area.js';
import type { RowCheck } from './membership.js';

type Polygons = ConstructorParameters<typeof Area>[0];

/** A shape of a selection over the rows of the store; PostGIS says of the rows on its border whether they are in it. */
export class AreaPart {
  /** The shape as well-known binary, for PostGIS. */
  readonly wkb: Buffer;
  readonly #area: Area;
  readonly #frozen = new WeakMap<RowTable, { sides: Uint8Array; borderIds: number[] }>();
  /** Of accounts on the border, by id: whether the shape covers them. */
  #covered = new Map<number, boolean>();

  constructor(wkb: Buffer) {
    this.wkb = wkb;
    this.#area = new Area((parseWkb(wkb)?.geometry.coordinates ?? []) as Polygons);
  }

  /** Whether the shape covers a row of this table. */
  testOf(table: RowTable): RowCheck {
    const known = this.#frozen.get(table)?.sides;
    return (row) => {
      const side = known === undefined ? this.#sideOf(table, row) : known[row];
      if (side !== ON_BORDER) return side === INSIDE;
      return this.#covered.get(table.ids[row]!) === true;
    };
  }

  /** Ids of the rows on the border; of a table that does not change any more it is worked out once. */
  borderIds(table: RowTable, isFrozen: boolean): readonly number[] {
    const known = this.#frozen.get(table);
    if (known !== undefined) return known.borderIds;
    const sides = new Uint8Array(table.length);
    const borderIds: number[] = [];
    for (let row = 0; row < table.length; row++) {
      const side = this.#sideOf(table, row);
      sides[row] = side;
      if (side === ON_BORDER) borderIds.push(table.ids[row]!);
    }
    if (isFrozen) this.#frozen.set(table, { sides, borderIds });
    return borderIds;
  }

  /** Notes what PostGIS said of these rows; true where anything is not as before. */
  settle(ids: readonly number[], covered: ReadonlySet<number>): boolean {
    let differs = false;
    for (const id of ids) {
      const isCovered = covered.has(id);
      differs ||= this.#covered.get(id) !== isCovered;
      this.#covered.set(id, isCovered);
    }
    return differs;
  }

  #sideOf(table: RowTable, row: number): Side {
    return table.isPlaced(row) ? this.#area.at(table.xs[row]!, table.ys[row]!) : OUTSIDE;
  }
}

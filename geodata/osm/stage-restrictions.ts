import type { ImportContext } from '../importer.js';
import { restrictionPath } from '../roads/restriction-path.js';
import type { TurnRestriction } from '../roads/turn-restriction.js';
import type { StagingWriter } from './staging-writer.js';

export type RestrictionCounts = {
  /** Relations stored in geo.turn_restrictions. */
  readonly stored: number;
  /** Broken ones; each is also told as a warning with its id. */
  readonly broken: number;
  /** Those that are not for us, by reason: certain hours, other vehicles. */
  readonly leftAside: Readonly<Record<string, number>>;
};

/** Turn restrictions of an extract, found before its ways and staged after them. */
export class RestrictionStager {
  readonly #found: TurnRestriction[] = [];
  readonly #broken: { readonly id: number; readonly reason: string }[] = [];
  readonly #leftAside: Record<string, number> = {};
  readonly #wanted = new Set<number>();
  readonly #refs = new Map<number, readonly number[]>();

  add(restriction: TurnRestriction): void {
    this.#found.push(restriction);
    const { from, to, via } = restriction;
    for (const way of [...from, ...to, ...('ways' in via ? via.ways : [])]) this.#wanted.add(way);
  }

  leaveOut(id: number, isBroken: boolean, reason: string): void {
    if (isBroken) this.#broken.push({ id, reason });
    else this.#leftAside[reason] = (this.#leftAside[reason] ?? 0) + 1;
  }

  /** Remembers the nodes of a road that a restriction names. */
  addRoad(id: number, refs: readonly number[]): void {
    if (this.#wanted.has(id)) this.#refs.set(id, refs);
  }

  /** Stages what could be traced on the roads, and tells of the others. */
  async stage({ issues }: ImportContext, writer: StagingWriter): Promise<RestrictionCounts> {
    let stored = 0;
    for (const restriction of this.#found) {
      const problem = this.#stageOne(restriction, writer);
      if (problem === undefined) stored += 1;
      else this.#broken.push({ id: restriction.id, reason: problem });
    }
    for (const { id, reason } of this.#broken) {
      const told = `the turn restriction is left out: ${reason}`;
      await issues.warn({ line: id, field: 'relation', value: null, reason: told });
    }
    return { stored, broken: this.#broken.length, leftAside: this.#leftAside };
  }

  /** Every pair of from and to is a part; says what is wrong with one of them. */
  #stageOne(found: TurnRestriction, writer: StagingWriter): string | undefined {
    const { id, restriction, isOnly, modes, via } = found;
    const rows: (string | number | boolean)[][] = [];
    for (const from of found.from) {
      for (const to of found.to) {
        const path = restrictionPath(via, from, to, (way) => this.#refs.get(way));
        if ('problem' in path) return path.problem;
        const nodes = `{${path.nodes.join(',')}}`;
        const rule = [`relation/${id}`, rows.length, restriction, isOnly, modes];
        rows.push([...rule, `way/${from}`, nodes, `way/${to}`]);
      }
    }
    for (const row of rows) writer.add('restrictions', row);
    return undefined;
  }
}

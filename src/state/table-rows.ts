import { getTableGroups, getTableRows, type TableInput } from '../api/accounts.js';
import { isAbort, messageOf } from '../api/api-error.js';
import type {
  TableGroup,
  TableGroupRow,
  TableRow,
  TableSort,
} from '../../server/contract/account-table.js';
import { signal } from '../lib/signals.js';

/** What the table is of. */
export interface TableQuery {
  readonly filter: string;
  readonly sort: TableSort;
  readonly group: TableGroup | null;
}

/** A line of the table: a group, an account, or one that is on its way. */
export type TableLine =
  | { readonly kind: 'group'; readonly group: TableGroupRow; readonly isOpen: boolean }
  | { readonly kind: 'row'; readonly row: TableRow }
  | { readonly kind: 'waiting' };

/** Lines that stand together: all accounts, or a group with its accounts where it is open. */
interface Section {
  readonly start: number;
  readonly group: TableGroupRow | null;
  readonly rows: number;
}

const pageSize = 100;
/** Pages kept, the last seen of them: about three megabytes. */
const pageLimit = 60;
/** A page is asked for when it stays in view for so long: not while the scroll bar is dragged past it. */
const restMs = 40;
const pagesInView = 4;

/**
 * The lines of the table of accounts by their number. It loads the pages of what is looked at, keeps the last
 * ones, and shows the lines of before until the first page of another query is there.
 */
export class TableRows {
  readonly #changed = signal(0);
  #query: TableQuery | null = null;
  #sections: readonly Section[] = [];
  #groups: readonly TableGroupRow[] | null = null;
  #open = new Set<string>();
  #pages = new Map<string, readonly TableRow[] | 'waiting'>();
  #abort = new AbortController();
  #total: number | undefined;
  #failure: string | null = null;

  /** Accounts in the query; undefined until the first answer. */
  get total(): number | undefined {
    this.#changed.get();
    return this.#total;
  }

  /** Why there is nothing to show; null where there is. */
  get failure(): string | null {
    this.#changed.get();
    return this.#failure;
  }

  /** Lines in all, those of groups included. */
  get length(): number {
    this.#changed.get();
    const last = this.#sections.at(-1);
    return last ? last.start + linesOf(last) : 0;
  }

  /** The query whose lines are shown. */
  get query(): TableQuery | null {
    return this.#query;
  }

  /** Shows another query from its first line on; the same one again where the data changed. */
  async show(query: TableQuery): Promise<void> {
    this.#abort.abort();
    const abort = new AbortController();
    this.#abort = abort;
    try {
      const loaded = await load(query, abort.signal);
      if (abort.signal.aborted) return;
      if (query.group !== this.#query?.group) this.#open = new Set();
      this.#query = query;
      this.#pages = new Map(loaded.first ? [[pageKey(null, 0), loaded.first]] : []);
      this.#groups = loaded.groups;
      this.#total = loaded.total;
      this.#failure = null;
      this.#arrange();
    } catch (error) {
      if (abort.signal.aborted || isAbort(error)) return;
      this.#failure = messageOf(error);
      this.#tell();
    }
  }

  stop(): void {
    this.#abort.abort();
  }

  /** Opens or closes a group. */
  toggle({ value }: TableGroupRow): void {
    if (!this.#open.delete(value)) this.#open.add(value);
    this.#arrange();
  }

  /** The line of a number; asks for its page where it is not there. */
  line(index: number): TableLine {
    this.#changed.get();
    const section = this.#sectionOf(index);
    if (!section) return { kind: 'waiting' };
    const { group, start } = section;
    if (group && index === start) {
      return { kind: 'group', group, isOpen: this.#open.has(group.value) };
    }
    const offset = index - start - (group ? 1 : 0);
    const page = this.#page(group, Math.floor(offset / pageSize));
    const row = page === 'waiting' ? undefined : page[offset % pageSize];
    return row ? { kind: 'row', row } : { kind: 'waiting' };
  }

  /** Where a line stands among the accounts of its section, to ask for the ids around it. */
  placeOf(index: number): { readonly input: TableInput; readonly offset: number } | null {
    const section = this.#sectionOf(index);
    if (!section || !this.#query) return null;
    const offset = index - section.start - (section.group ? 1 : 0);
    return { input: inputOf(this.#query, section.group), offset };
  }

  /** Puts a changed account in the place of what was shown of it. */
  replace(row: TableRow): void {
    for (const [key, page] of this.#pages) {
      if (page === 'waiting' || !page.some(({ id }) => id === row.id)) continue;
      this.#pages.set(
        key,
        page.map((old) => (old.id === row.id ? row : old)),
      );
    }
    this.#tell();
  }

  #sectionOf(index: number): Section | undefined {
    let low = 0;
    let high = this.#sections.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#sections[middle]?.start ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return this.#sections[low];
  }

  #page(group: TableGroupRow | null, number: number): readonly TableRow[] | 'waiting' {
    const key = pageKey(group, number);
    const known = this.#pages.get(key);
    this.#pages.delete(key);
    this.#pages.set(key, known ?? 'waiting');
    if (known !== undefined) return known;
    if (this.#pages.size > pageLimit) this.#pages.delete([...this.#pages.keys()][0] ?? '');
    void this.#loadPage(key, group, number);
    return 'waiting';
  }

  async #loadPage(key: string, group: TableGroupRow | null, number: number): Promise<void> {
    const query = this.#query;
    if (!query) return;
    const pages = this.#pages;
    await new Promise((resolve) => setTimeout(resolve, restMs));
    if (![...pages.keys()].slice(-pagesInView).includes(key)) {
      pages.delete(key);
      return;
    }
    const part = { offset: number * pageSize, limit: pageSize };
    try {
      const { items } = await getTableRows(inputOf(query, group), part, this.#abort.signal);
      if (this.#pages !== pages || !pages.has(key)) return;
      pages.set(key, items);
    } catch {
      // What is looked at is asked for again with the next move.
      pages.delete(key);
      return;
    }
    this.#tell();
  }

  #arrange(): void {
    const sections: Section[] = [];
    let start = 0;
    for (const group of this.#groups ?? [null]) {
      const rows =
        group === null ? (this.#total ?? 0) : this.#open.has(group.value) ? group.count : 0;
      const section = { start, group, rows };
      sections.push(section);
      start += linesOf(section);
    }
    this.#sections = sections;
    this.#tell();
  }

  #tell(): void {
    this.#changed.set(this.#changed.get() + 1);
  }
}

function linesOf({ group, rows }: Section): number {
  return rows + (group ? 1 : 0);
}

function pageKey(group: TableGroupRow | null, number: number): string {
  return `${group ? `=${group.value}` : ''}/${number}`;
}

function inputOf({ filter, sort, group: by }: TableQuery, group: TableGroupRow | null): TableInput {
  return { filter, sort, ...(by && group && { group: [by, group.value] }) };
}

type Loaded = {
  readonly total: number;
  readonly groups: readonly TableGroupRow[] | null;
  readonly first: readonly TableRow[] | null;
};

async function load(query: TableQuery, abort: AbortSignal): Promise<Loaded> {
  if (query.group) {
    const { items, total } = await getTableGroups(query.filter, query.group, abort);
    return { total, groups: items, first: null };
  }
  const { items, total } = await getTableRows(
    inputOf(query, null),
    { offset: 0, limit: pageSize },
    abort,
  );
  return { total, groups: null, first: items };
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { AccountFilter } from '../contract/account-filter.js';
import type { ComponentState } from '../contract/status.js';
import type { Database } from '../db/database.js';
import { AppError } from '../errors.js';
import type { RowPolicy } from '../policy/row-policy.js';
import { accountSelection, both } from './account-selection.js';
import { accountCategories, accountsSource, accountValues } from './accounts.source.js';
import type { AccountSet } from './areas/account-set.js';
import { StoredSelections } from './areas/stored-selections.js';
import { ChangeFeed, pruneChanges, type Change } from './change-feed.js';
import { ColumnStore } from './column-store.js';
import { placesSource } from './places.source.js';
import { RegionPaths } from './region-paths.js';
import type { CategoryTally } from './tally.js';
import type { MeasureColumn, Selection, StoreSummary } from './view.js';

/** What the map can show of accounts; money in hundredths of the currency inside the store. */
export const accountMeasures = ['count', ...accountValues] as const;

export type AccountMeasure = (typeof accountMeasures)[number];

const lifecycleColumn = accountCategories.indexOf('lifecycle');

/** The value column of a measure. */
export function measureColumn(measure: AccountMeasure): MeasureColumn {
  return measure === 'count' ? 'count' : accountValues.indexOf(measure);
}

type Options = {
  /** Told when the stores begin to load, are ready, and when they lost the database. */
  readonly onState?: (state: ComponentState) => void;
  /** What the first load waits for, such as the demo region that is being written. */
  readonly after?: Promise<unknown>;
};

/** Reads look at the change log at most so often. */
const freshForMs = 250;
/** How long a read waits for everything to be read again before it is answered from what is there. */
const patienceMs = 2000;
const backgroundEveryMs = 30_000;
const pruneEveryMs = 3600_000;
const retryAfterMs = 1000;

/** Every row of places: geography is visible to everybody who is signed in. */
export const everyPlace: Selection = { key: 'all', testOf: () => undefined };

/** Accounts and places in memory, kept in step with the database by its change log. */
export class ColumnStores {
  readonly accounts: ColumnStore;
  readonly places: ColumnStore;
  readonly #selections: StoredSelections;
  /** Fulfilled when everything was read for the first time. */
  readonly ready: Promise<void>;
  readonly #database: Database;
  readonly #feed: ChangeFeed;
  readonly #onState: (state: ComponentState) => void;
  readonly #timer: NodeJS.Timeout;
  #regions = new RegionPaths(new Map(), 0);
  #today = '';
  #running: Promise<void> | undefined;
  #waiting: Promise<void> | undefined;
  #lastCaughtUp = 0;
  #lastPruned = 0;
  #isLoaded = false;
  #isStopped = false;

  constructor(database: Database, { onState = () => undefined, after }: Options = {}) {
    this.#database = database;
    this.#onState = onState;
    this.#feed = new ChangeFeed(database);
    this.accounts = new ColumnStore(database, accountsSource);
    this.places = new ColumnStore(database, placesSource);
    this.#selections = new StoredSelections(database, this.accounts);
    this.ready = this.#start(after);
    this.#timer = setInterval(() => this.#workInBackground(), backgroundEveryMs).unref();
  }

  /** Applies everything that was committed before the call; calls that meet share the work. */
  async catchUp(): Promise<void> {
    await this.ready;
    if (this.#running === undefined) return this.#run();
    // The run under way may have read the log before the caller's commit: the next one counts.
    this.#waiting ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#waiting = undefined;
        return this.#run();
      });
    return this.#waiting;
  }

  /**
   * What a read calls first: nobody sees rows older than a quarter of a second.
   *
   * While a whole table is being read again, an answer from the rows of before comes after two seconds.
   */
  async freshen(): Promise<void> {
    await this.#waitUntilLoaded();
    if (performance.now() - this.#lastCaughtUp < freshForMs) return;
    const caughtUp = this.#running ?? this.catchUp();
    const giveUp = new AbortController();
    const patience = sleep(patienceMs, undefined, { signal: giveUp.signal, ref: false });
    try {
      await Promise.race([caughtUp, patience]);
    } finally {
      patience.catch(() => undefined);
      giveUp.abort();
      caughtUp.catch(() => undefined);
    }
  }

  /** The region hierarchy as the stores know it. */
  get regions(): RegionPaths {
    return this.#regions;
  }

  /** The accounts that pass a filter and that a policy lets somebody see. */
  select(filter: Partial<AccountFilter>, policy: RowPolicy): Selection {
    return accountSelection(filter, policy, { regions: this.#regions, stored: this.#selections });
  }

  /** Makes a stored selection ready to stand in a filter; false where there is none of this id. */
  async useSelection(id: number): Promise<boolean> {
    await this.#waitUntilLoaded();
    return this.#selections.use(id);
  }

  /** The accounts of a set that is not stored, within a filter and a policy, by stage. */
  async tallyOf(
    accounts: AccountSet,
    filter: Partial<AccountFilter>,
    policy: RowPolicy,
  ): Promise<CategoryTally[]> {
    await this.freshen();
    await accounts.settle(this.#database, this.accounts);
    const within = this.select(filter, policy);
    const testOf: Selection['testOf'] = (table) =>
      both(accounts.testOf(table, this.#regions), within.testOf(table));
    return this.accounts.tally({ key: '', testOf }, lifecycleColumn);
  }

  /** The accounts in a filter and a policy, by stage. Read `freshen` first. */
  tally(filter: Partial<AccountFilter>, policy: RowPolicy): CategoryTally[] {
    return this.accounts.tally(this.select(filter, policy), lifecycleColumn);
  }

  /** Totals of accounts; money in hundredths of the currency. Read `freshen` first. */
  summary(
    filter: Partial<AccountFilter>,
    policy: RowPolicy,
    measure: AccountMeasure = 'revenue',
  ): StoreSummary {
    return this.accounts.summary(this.select(filter, policy), measureColumn(measure));
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await Promise.allSettled([this.ready, this.#running, this.#waiting]);
  }

  async #start(after: Promise<unknown> | undefined): Promise<void> {
    this.#onState('starting');
    await after;
    while (!this.#isStopped) {
      try {
        await this.#load();
        this.#isLoaded = true;
        this.#onState('ready');
        return;
      } catch {
        this.#onState('failed');
        await sleep(retryAfterMs);
      }
    }
  }

  async #load(): Promise<void> {
    const newest = await this.#feed.start();
    const { today } = await this.#feed.read();
    this.#today = today;
    await this.#readRegions();
    await this.accounts.load();
    await this.places.load();
    this.accounts.version = newest;
    this.places.version = newest;
  }

  #run(): Promise<void> {
    const run = this.#applyChanges().finally(() => {
      if (this.#running === run) this.#running = undefined;
    });
    this.#running = run;
    return run;
  }

  async #applyChanges(): Promise<void> {
    if (this.#isStopped) return;
    const asked = performance.now();
    try {
      const batch = await this.#feed.read();
      const changesOf = (layer: string) => batch.changes.filter((change) => change.layer === layer);
      if (changesOf('regions').length > 0) await this.#readRegions();
      const isAnotherDay = batch.today !== this.#today;
      await follow(this.accounts, changesOf('accounts'), isAnotherDay);
      await follow(this.places, changesOf('places'), false);
      await this.#selections.follow(changesOf('selections').map(({ rowId }) => rowId));
      this.#today = batch.today;
      batch.accept();
    } catch (error) {
      this.#onState('failed');
      throw error;
    }
    this.#lastCaughtUp = asked;
    this.#onState('ready');
  }

  async #readRegions(): Promise<void> {
    this.#regions = await RegionPaths.read(this.#database, this.#regions.version + 1);
    if (this.#isLoaded) this.accounts.forgetViews();
  }

  async #waitUntilLoaded(): Promise<void> {
    if (this.#isLoaded) return;
    await Promise.race([this.ready, sleep(patienceMs, undefined, { ref: false })]);
    if (this.#isLoaded) return;
    throw new AppError('unavailable', 'The map is still being loaded; try again in a moment.');
  }

  #workInBackground(): void {
    if (!this.#isLoaded) return;
    const now = performance.now();
    const prune = now - this.#lastPruned > pruneEveryMs;
    if (prune) this.#lastPruned = now;
    // A database that cannot be reached has been told by onState; the next round tries again.
    this.catchUp()
      .then(() => (prune ? pruneChanges(this.#database) : undefined))
      .catch(() => undefined);
  }
}

async function follow(
  store: ColumnStore,
  changes: readonly Change[],
  readAll: boolean,
): Promise<void> {
  const ids = new Set(changes.map(({ rowId }) => rowId));
  if (readAll || ids.has(null)) await store.load();
  else await store.refresh([...ids].filter((id) => id !== null));
  store.version = changes.reduce((newest, { id }) => Math.max(newest, id), store.version);
}

/** Starts to fill the stores; `ready` tells when they are. */
export function createColumnStores(database: Database, options: Options = {}): ColumnStores {
  return new ColumnStores(database, options);
}

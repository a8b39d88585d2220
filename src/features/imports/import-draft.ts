import { isAbort, messageOf } from '../../api/api-error.js';
import { listImportKinds, listImportRecipes } from '../../api/import-jobs.js';
import { inspectUpload } from '../../api/uploads.js';
import type {
  ExaminedUpload,
  ImportKindEntry,
  Reading,
  UnreadableUpload,
} from '../../../server/contract/import-files.js';
import type { NewImportJob } from '../../../server/contract/import-jobs.js';
import type { ImportRecipe } from '../../../server/contract/import-recipes.js';
import { signal } from '../../lib/signals.js';
import {
  columnsOf,
  fitsColumns,
  isMended,
  toOptions,
  toSettings,
  type FieldChoice,
  type ImportSettings,
} from './import-options.js';
import { JobFollower } from './job-follower.js';

export const steps = ['files', 'kind', 'columns', 'check', 'load'] as const;
export type Step = (typeof steps)[number];

export interface DraftFile {
  readonly uploadId: string;
  readonly name: string;
}

export type Look =
  | { readonly status: 'none' }
  | { readonly status: 'looking' }
  | { readonly status: 'failed'; readonly message: string }
  | { readonly status: 'unreadable'; readonly found: UnreadableUpload }
  | { readonly status: 'ready'; readonly found: ExaminedUpload };

const nothingChosen: ImportSettings = {
  kind: '',
  reading: {},
  columns: {},
  form: {},
  decimal: 'auto',
  dates: 'auto',
  keepsOthers: false,
  hasLinesFile: false,
};

/** The import that somebody is preparing: one file, what it is, how it is read, and its check and load. */
class ImportDraft {
  readonly check = new JobFollower();
  readonly load = new JobFollower();
  readonly #step = signal<Step>('files');
  readonly #file = signal<DraftFile | undefined>(undefined);
  readonly #look = signal<Look>({ status: 'none' });
  readonly #settings = signal<ImportSettings>(nothingChosen);
  readonly #linesUpload = signal<string | undefined>(undefined);
  readonly #origin = signal({ source: '', licence: '' });
  readonly #kinds = signal<readonly ImportKindEntry[]>([]);
  readonly #recipes = signal<readonly ImportRecipe[]>([]);
  readonly #recipe = signal<ImportRecipe | undefined>(undefined);
  #abort = new AbortController();

  get step(): Step {
    return this.#step.get();
  }

  get file(): DraftFile | undefined {
    return this.#file.get();
  }

  get look(): Look {
    return this.#look.get();
  }

  get found(): ExaminedUpload | undefined {
    const look = this.#look.get();
    return look.status === 'ready' ? look.found : undefined;
  }

  get settings(): ImportSettings {
    return this.#settings.get();
  }

  get origin(): { readonly source: string; readonly licence: string } {
    return this.#origin.get();
  }

  get kinds(): readonly ImportKindEntry[] {
    return this.#kinds.get();
  }

  get kind(): ImportKindEntry | undefined {
    return this.kinds.find(({ name }) => name === this.settings.kind);
  }

  /** The recipe that the settings come from. */
  get recipe(): ImportRecipe | undefined {
    return this.#recipe.get();
  }

  get linesUpload(): string | undefined {
    return this.#linesUpload.get();
  }

  /** Recipes for files with the columns of this one. */
  get fittingRecipes(): readonly ImportRecipe[] {
    const { found } = this;
    return found ? this.#recipes.get().filter(({ columns }) => fitsColumns(columns, found)) : [];
  }

  /** Required fields that have no column. */
  get missingFields(): readonly string[] {
    const { columns } = this.settings;
    const required = this.kind?.fields.filter((field) => field.required) ?? [];
    return required.map(({ name }) => name).filter((name) => columns[name] === undefined);
  }

  /** Required options of the form that are empty. */
  get missingOptions(): readonly string[] {
    const { form } = this.settings;
    const required = this.kind?.options.filter((option) => option.required) ?? [];
    return required.map(({ name }) => name).filter((name) => (form[name] ?? '').trim() === '');
  }

  get isComplete(): boolean {
    return this.kind !== undefined && !this.missingFields.length && !this.missingOptions.length;
  }

  /** Whether a step can be gone to: what it builds on is decided. */
  canReach(step: Step): boolean {
    if (step === 'files') return true;
    if (step === 'kind') return this.file !== undefined;
    if (step === 'columns') return this.kind !== undefined && this.look.status === 'ready';
    const { check } = this;
    if (step === 'check') return this.isComplete && this.look.status === 'ready';
    return check.job?.status === 'succeeded' || this.load.job !== undefined;
  }

  go(step: Step): void {
    if (this.canReach(step)) this.#step.set(step);
  }

  /** Begins with a file: looks at it and proposes what it is. */
  async choose(file: DraftFile): Promise<void> {
    this.check.forget();
    this.load.forget();
    this.#file.set(file);
    this.#settings.set(nothingChosen);
    this.#recipe.set(undefined);
    this.#linesUpload.set(undefined);
    this.#step.set('kind');
    await this.#lookAt({});
  }

  /** Reads the file in another way, and proposes anew. */
  async read(reading: Reading): Promise<void> {
    this.check.forget();
    await this.#lookAt(reading);
  }

  /** Takes a kind and the columns that were proposed for it. */
  chooseKind(kind: string): void {
    const suggestion = this.found?.suggestions[kind] ?? {};
    const columns = Object.entries(suggestion).map(([field, { column }]) => [field, column]);
    this.check.forget();
    this.#recipe.set(undefined);
    this.#settings.set({
      ...this.settings,
      kind,
      columns: Object.fromEntries(columns) as Record<string, string>,
      form: {},
      hasLinesFile: false,
    });
    this.#linesUpload.set(undefined);
  }

  setColumn(field: string, column: FieldChoice | undefined): void {
    const others = Object.entries(this.settings.columns).filter(([name]) => name !== field);
    const chosen = column === undefined ? [] : [[field, column] as const];
    this.change({ columns: Object.fromEntries([...others, ...chosen]) });
  }

  /** Changes settings; a check of the earlier ones holds no longer. */
  change(change: Partial<ImportSettings>): void {
    this.check.forget();
    this.#settings.set({ ...this.settings, ...change });
  }

  setOrigin(origin: { readonly source: string; readonly licence: string }): void {
    this.#origin.set(origin);
  }

  setLinesUpload(id: string | undefined): void {
    this.#linesUpload.set(id);
    this.change({ hasLinesFile: id !== undefined });
  }

  async useRecipe(recipe: ImportRecipe): Promise<void> {
    const entry = this.kinds.find(({ name }) => name === recipe.importer);
    const { found } = this;
    if (!entry || !found) return;
    const settings = { ...toSettings(entry, recipe.options), hasLinesFile: false };
    const reading = isMended(found) ? readingOfMended(settings.reading) : settings.reading;
    this.check.forget();
    if (Object.keys(reading).length > 0) await this.#lookAt(reading);
    this.#settings.set({ ...settings, reading });
    this.#origin.set({ source: recipe.source ?? '', licence: recipe.licence ?? '' });
    this.#recipe.set(recipe);
  }

  noteRecipe(recipe: ImportRecipe): void {
    this.#recipe.set(recipe);
    this.#recipes.set([...this.#recipes.get().filter(({ id }) => id !== recipe.id), recipe]);
  }

  /** What is to be done with the file; undefined while something is missing. */
  order(kind: 'check' | 'load'): NewImportJob | undefined {
    const { file, kind: entry, settings, origin, linesUpload } = this;
    if (!file || !entry || !this.isComplete) return undefined;
    return {
      kind,
      uploadId: file.uploadId,
      importer: entry.name,
      options: toOptions(entry, settings),
      ...(linesUpload === undefined ? {} : { linesUploadId: linesUpload }),
      ...(origin.source === '' ? {} : { source: origin.source }),
      ...(origin.licence === '' ? {} : { licence: origin.licence }),
    };
  }

  /** Columns of the file, as a recipe keeps them. */
  get columnNames(): readonly string[] {
    return this.found ? columnsOf(this.found) : [];
  }

  /** Starts over with no file. */
  reset(): void {
    this.#abort.abort();
    this.check.forget();
    this.load.forget();
    this.#file.set(undefined);
    this.#look.set({ status: 'none' });
    this.#settings.set(nothingChosen);
    this.#step.set('files');
  }

  async #lookAt(reading: Reading): Promise<void> {
    const { file } = this;
    if (!file) return;
    this.#abort.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#look.set({ status: 'looking' });
    try {
      const [found, kinds, recipes] = await Promise.all([
        inspectUpload(file.uploadId, reading, abort.signal),
        listImportKinds(abort.signal),
        listImportRecipes(abort.signal),
      ]);
      if (abort.signal.aborted) return;
      this.#kinds.set(kinds);
      this.#recipes.set(recipes);
      this.#settings.set({ ...this.settings, reading });
      if ('problem' in found) {
        this.#look.set({ status: 'unreadable', found });
        return;
      }
      this.#look.set({ status: 'ready', found });
      this.chooseKind(this.settings.kind || (found.guesses[0]?.kind ?? ''));
    } catch (error) {
      if (abort.signal.aborted || isAbort(error)) return;
      this.#look.set({ status: 'failed', message: messageOf(error) });
    }
  }
}

/** A file of rejected rows is a plain CSV; only what its coordinates mean is as in the original. */
function readingOfMended({ crs, axes }: Reading): Reading {
  return { ...(crs === undefined ? {} : { crs }), ...(axes === undefined ? {} : { axes }) };
}

export const importDraft = new ImportDraft();

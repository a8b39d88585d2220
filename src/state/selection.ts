import { leavesOf } from '../../server/contract/selection-leaves.js';
import type {
  SavedSelection,
  SelectionDefinition,
  SelectionLeaf,
  SelectionPreview,
} from '../../server/contract/selections.js';
import { isAbort, messageOf } from '../api/api-error.js';
import {
  createSelection,
  getSelection,
  getSelectionFigures,
  listSelections,
  previewSelection,
  removeSelection,
  updateSelection,
} from '../api/selections.js';
import { pushStep, redoStep, startHistory, undoStep, type History } from '../lib/history.js';
import { signal } from '../lib/signals.js';
import type { Drawing } from '../map/draw/drawing.js';
import { isMeasuring, usualWidthMeters, type DrawTool } from '../map/draw/sketch.js';
import { appLocation } from './location.js';
import { Resource } from './resource.js';
import { combine, replaceLeaf, togglePick, type DrawMode } from './selection-edit.js';
import { sessionStore } from './session.js';
import { accountFilterQuery } from './slice-queries.js';
import { toasts } from './toasts.js';
import type { Filters } from './url-state.js';

/** What is shown while a shape is being changed by its handles. */
type Draft = {
  readonly definition: SelectionDefinition;
  readonly preview: SelectionPreview | null;
};

const previewPauseMs = 120;
const lastKey = 'selection.last';
const noShapes: readonly SelectionLeaf[] = [];

/**
 * The selection that the address names, the tools that change it, and the steps that lead to it.
 *
 * Every change is a selection of its own on the server, unsaved until it gets a name: the address follows, so that
 * all views do, and going back is going to the one of before.
 */
class SelectionStore {
  readonly #tool = signal<DrawTool | null>(null);
  readonly #mode = signal<DrawMode>('new');
  readonly #isOpen = signal(false);
  readonly #isEditing = signal(false);
  readonly #isBusy = signal(false);
  /** What the server answered last to a change: known before it could be asked for. */
  readonly #latest = signal<SavedSelection | null>(null);
  readonly #draft = signal<Draft | null>(null);
  readonly #history = signal<History<number | null>>(startHistory<number | null>(null));
  /** The saved selection that an unsaved one was made from. */
  readonly #base = signal<SavedSelection | null>(null);
  #queue: Promise<void> = Promise.resolve();
  #previewAbort = new AbortController();
  #previewTimer: ReturnType<typeof setTimeout> | undefined;
  #drawing: { readonly of: unknown[]; readonly drawing: Drawing } | undefined;

  readonly current = new Resource(
    () => (this.#isSignedIn ? (this.id ?? undefined) : undefined),
    (id, abort) => getSelection(id, abort),
  );

  readonly figures = new Resource(
    () =>
      this.#isSignedIn && this.id !== null
        ? { id: this.id, filter: this.#otherFilters }
        : undefined,
    ({ id, filter }, abort) => getSelectionFigures(id, filter, abort),
  );

  readonly saved = new Resource(
    () => (this.#isSignedIn && this.isOpen ? 'saved' : undefined),
    (_input, abort) => listSelections(abort),
  );

  start(): void {
    for (const resource of [this.current, this.figures, this.saved]) resource.start();
  }

  stop(): void {
    this.useTool(null);
    for (const resource of [this.current, this.figures, this.saved]) resource.stop();
  }

  get #isSignedIn(): boolean {
    return sessionStore.state.status === 'signed-in';
  }

  get #otherFilters(): string {
    return accountFilterQuery({ ...appLocation.state.filters, selection: [] }, null);
  }

  /** Id of the selection in the address. */
  get id(): number | null {
    const id = Number(appLocation.state.filters.selection?.[0]);
    return Number.isSafeInteger(id) && id > 0 ? id : null;
  }

  /** The selection, once it is the one of the address. */
  get value(): SavedSelection | undefined {
    const latest = this.#latest.get();
    if (latest?.id === this.id) return latest;
    const { value } = this.current;
    return value?.id === this.id ? value : undefined;
  }

  get tool(): DrawTool | null {
    return this.#tool.get();
  }

  get mode(): DrawMode {
    return this.#mode.get();
  }

  set mode(mode: DrawMode) {
    this.#mode.set(mode);
  }

  get isOpen(): boolean {
    return this.#isOpen.get();
  }

  get isEditing(): boolean {
    return this.#isEditing.get();
  }

  set isEditing(isEditing: boolean) {
    if (isEditing) this.useTool(null);
    this.#isEditing.set(isEditing);
    this.#draft.set(null);
  }

  get isBusy(): boolean {
    return this.#isBusy.get();
  }

  /** Figures while a shape is being changed. */
  get draft(): SelectionPreview | null {
    return this.#draft.get()?.preview ?? null;
  }

  /** The saved selection of the person that this one was made from and could replace. */
  get base(): SavedSelection | null {
    const base = this.#base.get();
    return base?.isMine && base.id !== this.id && this.id !== null ? base : null;
  }

  get canUndo(): boolean {
    return this.#steps.past.length > 0;
  }

  get canRedo(): boolean {
    return this.#steps.future.length > 0;
  }

  /** The selection of before: of this page, else of this browser. */
  get lastId(): number | null {
    const last = Number(localStorage.getItem(lastKey));
    return Number.isSafeInteger(last) && last > 0 && last !== this.id ? last : null;
  }

  /** What the map is to draw. */
  get drawing(): Drawing {
    const outline = this.value?.geometry?.coordinates ?? null;
    const definition = this.#draft.get()?.definition ?? this.value?.definition;
    const of = [this.tool, this.value?.id, outline, this.isEditing, definition];
    if (this.#drawing?.of.every((part, index) => part === of[index])) return this.#drawing.drawing;
    const shapes = this.isEditing && definition ? leavesOf(definition) : noShapes;
    const drawing = { tool: this.tool, outline, shapes };
    this.#drawing = { of, drawing };
    return drawing;
  }

  open(isOpen: boolean): void {
    this.#isOpen.set(isOpen);
    if (isOpen) return;
    this.useTool(null);
    this.isEditing = false;
  }

  useTool(tool: DrawTool | null): void {
    this.#tool.set(tool);
    if (tool !== null) this.#isEditing.set(false);
  }

  /** A shape was drawn: it becomes the selection, or part of it. */
  async draw(leaf: SelectionLeaf): Promise<void> {
    this.useTool(null);
    this.#isOpen.set(true);
    await this.#change((present) => combine(present, leaf, this.mode));
  }

  /** A region, account or road was picked. */
  async pick(kind: 'regions' | 'accounts' | 'road', id: number): Promise<void> {
    this.#isOpen.set(true);
    if (kind === 'road') {
      return this.draw({ kind: 'road', roadId: id, widthMeters: usualWidthMeters });
    }
    const { mode } = this;
    await this.#change((present) =>
      mode === 'new' || mode === 'union'
        ? togglePick(present, kind, id)
        : combine(present, { kind, ids: [id] }, mode),
    );
  }

  /** A shape was changed by its handles or its fields. */
  reshape(index: number, leaf: SelectionLeaf, isFinal: boolean): void {
    const { value } = this;
    if (!value) return;
    const definition = replaceLeaf(value.definition, index, leaf);
    if (isFinal) void this.#change(() => definition);
    else this.#preview(definition);
  }

  /** Puts another definition in the place of the present one; null for none. */
  async replace(definition: SelectionDefinition | null): Promise<void> {
    await this.#change(() => definition);
  }

  /** Makes one of this and a saved one. */
  async combineWith(id: number, mode: DrawMode): Promise<void> {
    await this.#try(async () => {
      const { definition } = await getSelection(id);
      await this.#change((present) => combine(present, definition, mode));
    });
  }

  /** Takes a selection of the list, or none. */
  select(id: number | null): void {
    this.#base.set(null);
    this.#show(id);
  }

  undo(): void {
    this.#travel(undoStep(this.#steps));
  }

  redo(): void {
    this.#travel(redoStep(this.#steps));
  }

  /** Gives the selection a name; one of somebody else is kept as a copy. */
  async save(name: string): Promise<void> {
    const { value } = this;
    if (!value) return;
    await this.#try(async () => {
      const { definition, id, isMine } = value;
      const saved = await (isMine
        ? updateSelection(id, { name })
        : createSelection({ definition, name }));
      this.#latest.set(saved);
      if (!isMine) this.#show(saved.id);
      this.#base.set(null);
      this.#reload();
    });
  }

  /** Puts what was changed in the place of the saved selection that it was made from. */
  async saveOverBase(): Promise<void> {
    const { value, base } = this;
    if (!value || !base) return;
    await this.#try(async () => {
      this.#latest.set(await updateSelection(base.id, { definition: value.definition }));
      this.#base.set(null);
      this.#show(base.id);
      this.#reload();
    });
  }

  async share(sharing: SavedSelection['sharing']): Promise<void> {
    const { value } = this;
    if (!value) return;
    await this.#try(async () => {
      this.#latest.set(await updateSelection(value.id, { sharing }));
      this.#reload();
    });
  }

  async remove(id: number): Promise<void> {
    await this.#try(async () => {
      await removeSelection(id);
      if (this.id === id) this.select(null);
      this.#reload();
    });
  }

  /** The steps with the present one at their end, which the address may have changed behind them. */
  get #steps(): History<number | null> {
    return pushStep(this.#history.get(), this.id);
  }

  #travel(history: History<number | null>): void {
    this.#history.set(history);
    this.#navigate(history.present);
  }

  /** One change after the other, each from what the one before left. */
  #change(
    toNext: (present: SelectionDefinition | null) => SelectionDefinition | null,
  ): Promise<void> {
    this.#queue = this.#queue.then(() => this.#changeNow(toNext));
    return this.#queue;
  }

  async #changeNow(
    toNext: (present: SelectionDefinition | null) => SelectionDefinition | null,
  ): Promise<void> {
    this.#stopPreview();
    await this.#try(async () => {
      const value = await this.#loadedValue();
      const definition = toNext(value?.definition ?? null);
      if (definition === null) return this.#show(null);
      this.#draft.set({ definition, preview: this.draft });
      const created = await createSelection({ definition });
      if (value?.name) this.#base.set(value);
      this.#latest.set(created);
      this.#show(created.id);
    });
    this.#draft.set(null);
  }

  /** The selection of the address, also while it is still on its way. */
  async #loadedValue(): Promise<SavedSelection | undefined> {
    return this.value ?? (this.id === null ? undefined : getSelection(this.id));
  }

  #show(id: number | null): void {
    const left = this.id;
    if (left !== null && left !== id) localStorage.setItem(lastKey, String(left));
    this.#history.set(pushStep(this.#steps, id));
    this.#navigate(id);
  }

  #navigate(id: number | null): void {
    const filters: Filters = {
      ...appLocation.state.filters,
      selection: id === null ? [] : [String(id)],
    };
    appLocation.navigate({ filters });
    if (id === null) this.#isEditing.set(false);
  }

  #preview(definition: SelectionDefinition): void {
    this.#draft.set({ definition, preview: this.draft });
    if (this.#previewTimer !== undefined) return;
    this.#previewTimer = setTimeout(() => {
      this.#previewTimer = undefined;
      void this.#loadPreview();
    }, previewPauseMs);
  }

  async #loadPreview(): Promise<void> {
    const draft = this.#draft.get();
    if (!draft) return;
    this.#previewAbort.abort();
    this.#previewAbort = new AbortController();
    const { signal: abort } = this.#previewAbort;
    try {
      const preview = await previewSelection(draft.definition, this.#otherFilters, abort);
      const latest = this.#draft.get();
      if (latest && !abort.aborted) this.#draft.set({ ...latest, preview });
    } catch {
      // What comes after letting go says why.
    }
  }

  #stopPreview(): void {
    clearTimeout(this.#previewTimer);
    this.#previewTimer = undefined;
    this.#previewAbort.abort();
  }

  #reload(): void {
    for (const resource of [this.current, this.figures, this.saved]) resource.reload();
  }

  async #try(work: () => Promise<void>): Promise<void> {
    this.#isBusy.set(true);
    try {
      await work();
    } catch (error) {
      if (!isAbort(error)) toasts.show(messageOf(error), 'failed');
    } finally {
      this.#isBusy.set(false);
    }
  }
}

export const selection = new SelectionStore();

/** Whether the tool at hand only measures. */
export function measures(tool: DrawTool | null): boolean {
  return tool !== null && isMeasuring(tool);
}

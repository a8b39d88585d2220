import type { PointCategory, PointValue } from '../../../server/contract/account-points.js';
import { hasCategory } from '../account-display.js';
import type {
  AccountCamera,
  AccountDrawing,
  AccountMark,
  AccountOptions,
  DeckLayers,
  DrawingEvents,
} from '../account-drawing.js';
import { pointRadiusPixels } from '../account-marks.js';
import type { AccountPicture, Bbox, LonLat, VisibleSummary } from '../contract.js';
import { heatRamps } from '../palette.js';
import { pictureClasses } from '../point-legend.js';
import { toLonLat, toWorld, unitsPerPixel, worldBoxOf } from '../world-square.js';
import { GatheredPoints } from './gathered-points.js';
import { PointClient } from './point-client.js';
import { spriteLayers } from './point-sprites.js';
import type { PointPart, ShowAnswer, ShowRequest } from './protocol.js';

/** From this zoom on a metre shows. */
const fineFromZoom = 13.5;

const firstRetryMs = 3_000;
const longestRetryMs = 60_000;

/** Money is whole hundredths in the columns. */
const hundredths = 100;

export interface PointAccountsEvents extends DrawingEvents {
  tooMany(accounts: number): void;
}

type Ready = Extract<ShowAnswer, { status: 'ready' }>;

/** Accounts from the columns of the server, each a point: coloured, sized, in clusters or as heat. */
export class PointAccounts implements AccountDrawing {
  readonly #events: PointAccountsEvents;
  readonly #client = new PointClient();
  readonly #gathered: GatheredPoints;
  #options: AccountOptions | null = null;
  #shown: Ready | null = null;
  #askedKey = '';
  #asks = 0;
  /** Number of the ask that was answered last. */
  #answered = 0;
  #isFine = false;
  #retryMs = firstRetryMs;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(events: PointAccountsEvents) {
    this.#events = events;
    this.#gathered = new GatheredPoints(this.#client, {
      changed: () => {
        this.#tellPicture();
        events.changed();
      },
      failed: (message) => events.failed(message),
    });
  }

  update(options: AccountOptions): void {
    const before = this.#options;
    this.#options = options;
    this.#ask();
    const isOther = before?.theme !== options.theme || before.display !== options.display;
    if (isOther && this.#shown) this.#tellPicture();
  }

  load(camera: AccountCamera): void {
    if (camera.zoom >= fineFromZoom && !this.#isFine) {
      this.#isFine = true;
      this.#ask();
    }
    if (this.#options && this.#shown) this.#gathered.load(this.#options, camera);
  }

  layers(camera: AccountCamera): DeckLayers {
    const options = this.#options;
    if (!options || !this.#shown) return [];
    const { mode } = options.display;
    if (mode === 'clusters' || mode === 'heat') return this.#gathered.layers(options);
    return spriteLayers({
      parts: this.#shown.parts,
      classes: this.#shown.classes,
      options,
      camera,
    });
  }

  get isLoading(): boolean {
    return this.#answered !== this.#asks || this.#gathered.isLoading;
  }

  async summarise(bounds: Bbox): Promise<VisibleSummary | null> {
    if (!this.#shown) return null;
    const { count } = await this.#client.ask('totals', worldBoxOf(bounds));
    const mode = this.#options?.display.mode;
    if (mode === 'heat') return { accounts: count, cells: 0, mode };
    if (mode !== 'clusters') return { accounts: count, cells: 0, mode: 'points' };
    return this.#gathered.summarise(bounds);
  }

  async markAt(
    place: LonLat,
    tolerancePixels: number,
    camera: AccountCamera,
  ): Promise<AccountMark | null> {
    const options = this.#options;
    if (!options || options.display.mode === 'heat') return null;
    if (options.display.mode === 'clusters') {
      const mark = this.#gathered.markAt(place, tolerancePixels, camera);
      return mark && this.#openable(mark);
    }
    const radius = pointRadiusPixels(camera.zoom) + tolerancePixels;
    const found = await this.#client.ask('nearest', {
      ...toWorld(place),
      radius: radius * unitsPerPixel(camera.zoom),
    });
    if (found === null) return null;
    const category = categoryOf(options);
    const entry = this.#shown?.classes.find(({ index }) => index === found.classIndex);
    return this.#openable({
      ...toLonLat(found.x, found.y),
      kind: 'point',
      row: found.row,
      count: found.count,
      value: found.value === null ? null : found.value / hundredths,
      code: category && entry && entry.kind !== 'other' ? { ...entry, category } : null,
      radiusPixels: pointRadiusPixels(camera.zoom),
      idOf: null,
    });
  }

  retry(): void {
    clearTimeout(this.#retryTimer);
    this.#retryTimer = undefined;
    this.#askedKey = '';
    this.#ask();
  }

  close(): void {
    clearTimeout(this.#retryTimer);
    this.#asks += 1;
    this.#client.close();
  }

  /** Gives a mark that is one account the way to its id. */
  #openable(mark: AccountMark): AccountMark {
    if (mark.kind === 'group') return mark;
    return { ...mark, idOf: () => this.#client.ask('idOf', { row: mark.row }) };
  }

  /** Asks for what the options need, unless that was asked last. */
  #ask(): void {
    const options = this.#options;
    if (!options?.catalog) return;
    const version = options.catalog.layers.find(({ id }) => id === 'accounts')?.version ?? '';
    const wanted = {
      filter: options.filter,
      category: categoryOf(options),
      value: valueOf(options),
      isFine: this.#isFine,
    };
    const key = JSON.stringify([version, wanted]);
    if (key === this.#askedKey) return;
    this.#askedKey = key;
    const positionsKey = this.#shown?.positionsKey ?? '';
    const request: ShowRequest = { ...wanted, positionsKey };
    const number = (this.#asks += 1);
    this.#client
      .ask('show', request)
      .then((answer) => {
        if (number !== this.#asks) return;
        this.#answered = number;
        this.#take(answer);
      })
      .catch((error: unknown) => {
        if (number !== this.#asks) return;
        this.#answered = number;
        this.#fail(error);
      });
  }

  #take(answer: ShowAnswer): void {
    this.#retryMs = firstRetryMs;
    if (answer.status === 'too-many') {
      this.#events.tooMany(answer.rows);
      return;
    }
    this.#shown = { ...answer, parts: withPositions(answer, this.#shown) };
    this.#gathered.forget();
    this.#tellPicture();
    this.#events.changed();
  }

  #fail(error: unknown): void {
    this.#events.failed(error instanceof Error ? error.message : String(error));
    this.#retryTimer = setTimeout(() => this.retry(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, longestRetryMs);
  }

  #tellPicture(): void {
    const options = this.#options;
    const shown = this.#shown;
    if (!options || !shown) return;
    const { mode } = options.display;
    const category = categoryOf(options);
    const picture: AccountPicture = {
      mode,
      category,
      classes: pictureClasses(category, shown.classes, options.theme),
      count: shown.count,
      top: mode === 'size' ? shown.top / hundredths : this.#gathered.top(options),
      ramp: mode === 'heat' ? heatRamps[options.theme] : [],
      tooMany: null,
    };
    this.#events.pictured(picture);
  }
}

/** The answer's parts with the positions that the page has already. */
function withPositions(answer: Ready, before: Ready | null): Ready['parts'] {
  const [base, added] = answer.parts;
  if (base.positions !== null) return answer.parts;
  const known = before?.parts[0].positions ?? null;
  return [{ ...base, positions: known } satisfies PointPart, added];
}

function categoryOf({ display }: AccountOptions): PointCategory | null {
  return hasCategory(display.mode) ? display.category : null;
}

function valueOf({ display }: AccountOptions): PointValue | null {
  const isMoney = display.mode === 'size' || display.measure === 'revenue';
  return isMoney && display.mode !== 'points' ? 'revenue' : null;
}

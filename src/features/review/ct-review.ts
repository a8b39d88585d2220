import { msg, str } from '@lit/localize';
import { html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { messageOf } from '../../api/api-error.js';
import { listPlacementsToReview, settlePlacement } from '../../api/placements.js';
import { getTileCatalog } from '../../api/tiles.js';
import type { PlacementReview, PlacementToReview } from '../../../server/contract/placements.js';
import { formatCount } from '../../lib/format.js';
import { signal } from '../../lib/signals.js';
import type {
  Bbox,
  LonLat,
  MapElement,
  MapPin,
  PinMoveEvent,
  ViewportChangeEvent,
} from '../../map/contract.js';
import { MapLoader } from '../../map/map-loader.js';
import { preferences } from '../../state/preferences.js';
import { Resource } from '../../state/resource.js';
import { sessionStore } from '../../state/session.js';
import { toasts } from '../../state/toasts.js';
import { defaultLayers } from '../../map/layer-state.js';
import { CtElement } from '../../ui/ct-element.js';
import type { PickEvent } from '../../ui/ct-picker.js';
import '../../ui/ct-segmented.js';
import '../../ui/ct-skeleton.js';
import '../../ui/ct-state.js';
import { base, controls } from '../../ui/styles.js';
import './ct-review-item.js';
import type { DecideEvent, ShowPointEvent } from './review-events.js';
import { reviewStyles } from './review-styles.js';

type Status = PlacementToReview['status'];

/** Streets and buildings to find one's way by; the customers themselves would be in the way of the pin. */
const layers = defaultLayers.map((layer) => ({
  ...layer,
  visible: layer.visible && layer.id !== 'accounts',
}));

const addressZoom = 16;

/** The accounts whose place is not sure: what their address could mean, on the map, to settle one by one. */
@customElement('ct-review')
export class CtReview extends CtElement {
  static override styles = [base, controls, reviewStyles];

  @state() private openedId: number | null = null;
  @state() private pin: MapPin | null = null;
  @state() private busy = false;
  /** Further pages, and what was settled since the list was read. */
  @state() private further: readonly PlacementToReview[] = [];
  @state() private settled: ReadonlySet<number> = new Set();

  private readonly mapLoader = new MapLoader(this);
  @query('ct-map') private map!: MapElement | null;

  /** Where the map looks. */
  #viewport: LonLat | undefined;

  readonly #status = signal<Status | null>(null);
  readonly #list = new Resource(
    () => ({ status: this.#status.get() }),
    (options, abort) => listPlacementsToReview(options, abort),
  );
  readonly #catalog = new Resource(
    () => 'catalog',
    (_input, abort) => getTileCatalog(abort),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    this.#list.start();
    this.#catalog.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#list.stop();
    this.#catalog.stop();
  }

  override render() {
    return html`<aside aria-label=${msg('Places to check')}>
        <header>
          <h1>${msg('Places to check')}</h1>
          ${this.#list.value ? this.renderStatuses(this.#list.value.counts) : nothing}
        </header>
        ${this.renderQueue()}
      </aside>
      <div class="map">${this.renderMap()}</div>`;
  }

  private renderStatuses(counts: PlacementReview['counts']) {
    const all = counts.doubtful + counts.ambiguous + counts.none;
    const option = (value: string, label: string, count: number) => ({
      value,
      label: `${label} ${formatCount(count, preferences.language)}`,
    });
    return html`<div class="statuses">
      <ct-segmented
        .label=${msg('Which ones')}
        .value=${this.#status.get() ?? ''}
        .options=${[
          option('', msg('All'), all),
          option('doubtful', msg('Doubtful'), counts.doubtful),
          option('ambiguous', msg('Ambiguous'), counts.ambiguous),
          option('none', msg('Not found'), counts.none),
        ]}
        @ct-pick=${this.onStatus}
      ></ct-segmented>
    </div>`;
  }

  private renderQueue() {
    const { state: list } = this.#list;
    if (list.status === 'failed') {
      return html`<ct-state tone="failed" .heading=${msg('No list')} .text=${list.message}>
        <button class="button" type="button" @click=${() => this.#list.reload()}>
          ${msg('Try again')}
        </button>
      </ct-state>`;
    }
    if (!list.value) return html`<ct-skeleton lines="8"></ct-skeleton>`;
    const waiting = this.waiting;
    if (waiting.length === 0 && !this.hasMore) {
      return html`<ct-state
        icon="map-pin"
        .heading=${msg('Every address is settled')}
        .text=${msg('Addresses that an import is not sure of wait here.')}
      ></ct-state>`;
    }
    return html`<ol>
      ${repeat(
        waiting,
        ({ id }) => id,
        (placement) => this.renderPlacement(placement),
      )}
      ${
        this.hasMore
          ? html`<li class="more">
              <button
                class="button"
                type="button"
                ?disabled=${this.busy}
                @click=${() => void this.loadMore()}
              >
                ${msg('Show more')}
              </button>
            </li>`
          : nothing
      }
    </ol>`;
  }

  private renderPlacement(placement: PlacementToReview) {
    const { id, name, address, status } = placement;
    const isOpen = id === this.openedId;
    return html`<li class=${isOpen ? 'open' : ''}>
      <button
        class="head"
        type="button"
        aria-expanded=${isOpen ? 'true' : 'false'}
        @click=${() => this.open(isOpen ? null : placement)}
      >
        <span class="name">${name}</span>
        <span class="status">${statusName(status)}</span>
        <span class="address">${address || msg('No address')}</span>
      </button>
      ${
        isOpen
          ? html`<ct-review-item
              .placement=${placement}
              .pin=${this.pin?.draggable ? this.pin : null}
              ?busy=${this.busy}
              @ct-show-point=${this.onShowPoint}
              @ct-decide=${(event: DecideEvent) => void this.settle(placement, event)}
            ></ct-review-item>`
          : nothing
      }
    </li>`;
  }

  private renderMap() {
    if (!this.mapLoader.isReady) return this.mapLoader.renderInstead();
    return html`<ct-map
      .catalog=${this.#catalog.value ?? null}
      .layers=${layers}
      .theme=${preferences.theme}
      .locale=${preferences.language}
      .pin=${this.pin}
      @ct-map-ready=${this.showProject}
      @ct-viewport-change=${(event: ViewportChangeEvent) => (this.#viewport = event.viewport)}
      @ct-pin-move=${this.onPinMove}
    ></ct-map>`;
  }

  /** What still waits, in the order of the list. */
  private get waiting(): readonly PlacementToReview[] {
    const all = [...(this.#list.value?.items ?? []), ...this.further];
    return all.filter(({ id }) => !this.settled.has(id));
  }

  private get hasMore(): boolean {
    const { value } = this.#list;
    if (!value) return false;
    const status = this.#status.get();
    const { doubtful, ambiguous, none } = value.counts;
    const total = status ? value.counts[status] : doubtful + ambiguous + none;
    return value.items.length + this.further.length < total;
  }

  private readonly showProject = (): void => {
    const { bounds } = sessionStore.current.project;
    if (this.openedId === null && bounds) this.map?.flyTo(bounds as Bbox);
  };

  private open(placement: PlacementToReview | null): void {
    this.openedId = placement?.id ?? null;
    const point = placement && pointOf(placement);
    this.pin = point && { ...point, draggable: false };
    if (point) this.map?.flyTo({ ...point, zoom: addressZoom });
  }

  private onStatus(event: PickEvent): void {
    this.further = [];
    this.open(null);
    const [value] = event.values;
    this.#status.set((value || null) as Status | null);
  }

  private onShowPoint(event: ShowPointEvent): void {
    const point = event.point ?? this.pin ?? this.#viewport ?? middleOfProject();
    if (!point) return;
    this.pin = { lon: point.lon, lat: point.lat, draggable: event.draggable };
    if (!event.draggable) this.map?.flyTo({ ...this.pin, zoom: addressZoom });
  }

  private onPinMove(event: PinMoveEvent): void {
    this.pin = { ...event.lonLat, draggable: true };
  }

  private async settle(placement: PlacementToReview, { decision }: DecideEvent): Promise<void> {
    this.busy = true;
    try {
      await settlePlacement(placement.id, decision);
      const position = this.waiting.indexOf(placement);
      this.settled = new Set([...this.settled, placement.id]);
      toasts.show(msg(str`${placement.name} stays there; imports leave it alone.`));
      this.open(this.waiting[position] ?? this.waiting.at(-1) ?? null);
      if (this.waiting.length === 0) this.#list.reload();
    } catch (error) {
      toasts.show(messageOf(error), 'failed');
    } finally {
      this.busy = false;
    }
  }

  private async loadMore(): Promise<void> {
    const last = this.further.at(-1) ?? this.#list.value?.items.at(-1);
    this.busy = true;
    try {
      const status = this.#status.get();
      const page = await listPlacementsToReview({ status, after: last?.id });
      this.further = [...this.further, ...page.items];
    } catch (error) {
      toasts.show(messageOf(error), 'failed');
    } finally {
      this.busy = false;
    }
  }
}

/** Where the account stands, else the best that its address could mean. */
function pointOf({ lon, lat, candidates }: PlacementToReview): LonLat | null {
  if (lon !== null && lat !== null) return { lon, lat };
  const [first] = candidates;
  return first ? { lon: first.lon, lat: first.lat } : null;
}

function middleOfProject(): LonLat | null {
  const { bounds } = sessionStore.current.project;
  if (!bounds) return null;
  const [west, south, east, north] = bounds as Bbox;
  return { lon: (west + east) / 2, lat: (south + north) / 2 };
}

function statusName(status: Status): string {
  if (status === 'doubtful') return msg('Doubtful');
  return status === 'ambiguous' ? msg('Ambiguous') : msg('Not found');
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-review': CtReview;
  }
}

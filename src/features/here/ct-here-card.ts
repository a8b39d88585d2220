import { msg, str } from '@lit/localize';
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Here } from '../../../server/contract/here.js';
import { hereRadiusMeters } from '../../../server/contract/here-radius.js';
import { getHere } from '../../api/here.js';
import { codeName } from '../../i18n/words.js';
import { formatCount, formatDistance } from '../../lib/format.js';
import { signal } from '../../lib/signals.js';
import type { LonLat } from '../../map/contract.js';
import { appLocation } from '../../state/location.js';
import { preferences } from '../../state/preferences.js';
import { Resource } from '../../state/resource.js';
import { selection } from '../../state/selection.js';
import { toasts } from '../../state/toasts.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import '../../ui/ct-skeleton.js';
import '../../ui/ct-state.js';
import { base, controls } from '../../ui/styles.js';
import { cardStyles } from '../account-card/card-styles.js';
import { factList, type Fact } from '../account-card/facts.js';

/** What is at a place: regions, zone, road, building, people, and the accounts around. */
@customElement('ct-here-card')
export class CtHereCard extends CtElement {
  static override styles = [
    base,
    controls,
    cardStyles,
    css`
      .near button {
        display: flex;
        gap: 8px;
        width: calc(100% + 16px);
        min-height: var(--row);
        align-items: center;
        margin: 0 -8px;
        padding: 4px 8px;
        border: 0;
        border-radius: 6px;
        background: none;
        text-align: left;
        font-size: 13px;
        line-height: 18px;
        cursor: pointer;
      }
      .near button:hover {
        background: var(--hover);
      }
      .near .name {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .near .muted,
      .near .number {
        font-size: 12px;
      }
    `,
  ];

  @property({ attribute: false }) place: LonLat | null = null;

  readonly #place = signal<LonLat | null>(null);
  readonly #here = new Resource(
    () => this.#place.get() ?? undefined,
    ({ lon, lat }, abort) => getHere(lon, lat, abort),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    this.#here.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#here.stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('place')) this.#place.set(this.place);
  }

  override render() {
    const { place } = this;
    if (!place) return nothing;
    const coordinates = `${place.lat.toFixed(6)}, ${place.lon.toFixed(6)}`;
    return html`<header>
        <div>
          <h2>${msg('What is here')}</h2>
          <div class="tags"><span class="tag">${coordinates}</span></div>
        </div>
        <button
          class="icon-button"
          type="button"
          aria-label=${msg('Copy the coordinates')}
          title=${msg('Copy the coordinates')}
          @click=${() => void copy(coordinates)}
        >
          <ct-icon name="copy"></ct-icon>
        </button>
        <button
          class="icon-button"
          type="button"
          aria-label=${msg('Close')}
          title=${msg('Close')}
          @click=${() => this.dispatchEvent(new Event('ct-close'))}
        >
          <ct-icon name="close"></ct-icon>
        </button>
      </header>
      <div class="body">${this.renderBody()}</div>`;
  }

  private renderBody() {
    const { state } = this.#here;
    if (state.status === 'failed') {
      return html`<ct-state tone="failed" .heading=${msg('Nothing to show')} .text=${state.message}>
        <button class="button" type="button" @click=${() => this.#here.reload()}>
          ${msg('Try again')}
        </button>
      </ct-state>`;
    }
    const here = state.value;
    if (!here) return html`<ct-skeleton></ct-skeleton>`;
    return html`<section>${factList(factsOf(here))}</section>
      ${this.renderActions(here)} ${this.renderNearest(here)}`;
  }

  private renderActions({ lon, lat }: Here) {
    return html`<div class="actions">
      <button
        class="button"
        type="button"
        @click=${() => {
          selection.mode = 'new';
          void selection.draw({
            kind: 'circle',
            center: [lon, lat],
            radiusMeters: hereRadiusMeters,
          });
        }}
      >
        <ct-icon name="circle"></ct-icon>${msg('Select 500 m around')}
      </button>
      <button class="button" type="button" @click=${() => selection.useTool('distance')}>
        <ct-icon name="ruler"></ct-icon>${msg('Measure')}
      </button>
    </div>`;
  }

  private renderNearest({ nearest }: Here) {
    const locale = preferences.language;
    if (nearest.length === 0) return nothing;
    return html`<section class="near">
      <h3>${msg('Nearest accounts')}</h3>
      ${nearest.map(
        ({ id, name, lifecycle, distanceM }) =>
          html`<button
            type="button"
            @click=${() => appLocation.navigate({ account: id, feature: null, here: null })}
          >
            <span class="name">${name}</span><span class="muted">${codeName(lifecycle)}</span
            ><span class="number">${formatDistance(distanceM, locale)}</span>
          </button>`,
      )}
    </section>`;
  }
}

function factsOf(here: Here): Fact[] {
  const locale = preferences.language;
  const { place, road, building, population } = here;
  return [
    [msg('Region'), place.regions.map(({ name }) => name).join(' › ')],
    [msg('Address'), addressOf(here)],
    [msg('Business zone'), place.zone && (place.zone.name ?? codeName(place.zone.kind))],
    [msg('Nearest road'), road && roadText(road)],
    [msg('Road condition'), road && conditionOf(road)],
    [msg('Building'), building && buildingText(building)],
    [
      msg('Inhabitants'),
      population && `${formatCount(population.inhabitants, locale)} (${population.regionName})`,
    ],
    [
      msg('Density'),
      population?.densityKm2
        ? msg(str`${formatCount(population.densityKm2, locale)} per km²`)
        : null,
    ],
    [
      msg('Accounts within 500 m'),
      here.accountsWithin === null ? null : formatCount(here.accountsWithin, locale),
    ],
  ];
}

function addressOf({ place }: Here): string | undefined {
  const { address } = place;
  if (!address) return place.postcode;
  const distance = Math.round(address.distanceMeters);
  return distance < 20 ? address.label : msg(str`${address.label}, ${distance} m away`);
}

function roadText(road: NonNullable<Here['road']>): string {
  const name = road.name ?? road.ref;
  const distance = formatDistance(road.distanceM, preferences.language);
  return [name, codeName(road.class), distance].filter(Boolean).join(', ');
}

function conditionOf({ condition, conditionSource }: NonNullable<Here['road']>): string {
  const name = codeName(condition);
  return conditionSource === 'class' ? msg(str`${name} (assumed)`) : name;
}

function buildingText({ housingType, name, year }: NonNullable<Here['building']>): string {
  return [name, codeName(housingType), year].filter(Boolean).join(', ');
}

async function copy(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  toasts.show(msg('Coordinates copied.'));
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-here-card': CtHereCard;
  }
}

import { msg, str } from '@lit/localize';
import { html, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { getCard } from '../../api/geography.js';
import type { Card, CardLayer } from '../../../server/contract/geography.js';
import { codeName, layerName } from '../../i18n/words.js';
import { formatCount, formatDistance } from '../../lib/format.js';
import { signal } from '../../lib/signals.js';
import { preferences } from '../../state/preferences.js';
import { Resource } from '../../state/resource.js';
import type { FeatureRef } from '../../state/url-state.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import '../../ui/ct-skeleton.js';
import '../../ui/ct-state.js';
import { base, controls } from '../../ui/styles.js';
import { cardStyles } from './card-styles.js';
import { factList, type Fact } from './facts.js';

const cardLayers: readonly CardLayer[] = ['roads', 'buildings', 'business_zones', 'places'];

/** What is known of a road, building, business zone or place. */
@customElement('ct-feature-card')
export class CtFeatureCard extends CtElement {
  static override styles = [base, controls, cardStyles];

  @property({ attribute: false }) feature: FeatureRef | null = null;

  readonly #feature = signal<FeatureRef | null>(null);
  readonly #card = new Resource(
    () => this.#feature.get() ?? undefined,
    async ({ layer, id }, abort): Promise<Card> => {
      const known = cardLayers.find((name) => name === layer);
      if (!known) throw new Error(msg('There is nothing to show about this.'));
      return getCard(known, id, abort);
    },
  );

  override connectedCallback(): void {
    super.connectedCallback();
    this.#card.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#card.stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('feature')) this.#feature.set(this.feature);
  }

  override render() {
    const { state } = this.#card;
    if (state.status === 'failed') {
      return html`<ct-state tone="failed" .heading=${msg('Nothing to show')} .text=${state.message}>
        <button class="button" type="button" @click=${() => this.#card.reload()}>
          ${msg('Try again')}
        </button>
        ${this.renderClose()}
      </ct-state>`;
    }
    const card = state.value;
    if (card?.id !== this.feature?.id || !card) return html`<ct-skeleton></ct-skeleton>`;
    return html`<header>
        <div>
          <h2>${card.name ?? titleOf(card)}</h2>
          <div class="tags">
            <span class="tag accent">${layerName(card.layer)}</span>
            ${card.name ? html`<span class="tag">${titleOf(card)}</span>` : ''}
          </div>
        </div>
        ${this.renderClose()}
      </header>
      <div class="body"><section>${factList(factsOf(card))}</section></div>`;
  }

  private renderClose() {
    return html`<button
      class="icon-button"
      type="button"
      aria-label=${msg('Close')}
      title=${msg('Close')}
      @click=${() => this.dispatchEvent(new Event('ct-close'))}
    >
      <ct-icon name="close"></ct-icon>
    </button>`;
  }
}

/** What kind of thing it is, in words. */
function titleOf(card: Card): string {
  switch (card.layer) {
    case 'roads':
      return codeName(card.class);
    case 'buildings':
      return codeName(card.housingType);
    case 'business_zones':
      return codeName(card.kind);
    case 'places':
      return codeName(card.kind);
  }
}

function factsOf(card: Card): Fact[] {
  const accounts = formatCount(card.accounts, preferences.language);
  const source = [card.source, card.licence].filter(Boolean).join(', ');
  return [
    ...ownFacts(card),
    [msg('Accounts'), accounts],
    [msg('Source'), source],
    [msg('Key in source'), card.sourceKey],
  ];
}

/** The condition; one that nobody saw, but which roads of the class have as a rule, is said to be assumed. */
function conditionOf(card: Extract<Card, { layer: 'roads' }>): string {
  const condition = codeName(card.condition);
  return card.conditionSource === 'class' ? msg(str`${condition} (assumed)`) : condition;
}

function ownFacts(card: Card): Fact[] {
  const locale = preferences.language;
  const area = (m2: number | null) => (m2 === null ? null : `${formatCount(m2, locale)} m²`);
  const yes = (flag: boolean) => (flag ? codeName('yes') : null);
  switch (card.layer) {
    case 'roads':
      return [
        [msg('Number'), card.ref],
        [msg('Condition'), conditionOf(card)],
        [msg('Surface'), card.surface && codeName(card.surface)],
        [msg('Speed limit'), card.maxSpeedKmh === null ? null : msg(str`${card.maxSpeedKmh} km/h`)],
        [msg('One-way'), card.oneWay === 'no' ? null : codeName('yes')],
        [msg('Lanes'), card.lanes?.toString()],
        [msg('Toll'), yes(card.toll)],
        [msg('Bridge'), yes(card.bridge)],
        [msg('Tunnel'), yes(card.tunnel)],
        [msg('Length'), formatDistance(card.lengthM, locale)],
      ];
    case 'buildings':
      return [
        [msg('Housing type'), housingTypeOf(card)],
        [msg('Built in'), card.year?.toString()],
        [msg('Storeys'), card.levels?.toString()],
        [msg('Dwellings'), card.dwellings?.toString()],
        [msg('Footprint'), area(card.areaM2)],
      ];
    case 'business_zones':
      return [
        [msg('Kind'), codeName(card.kind)],
        [msg('Area'), area(card.areaM2)],
      ];
    case 'places':
      return [
        [msg('Category'), codeName(card.category)],
        [msg('Address'), addressOf(card)],
        [msg('Region'), card.regionName],
        [msg('Business zone'), card.zoneKind && codeName(card.zoneKind)],
        [msg('Phone'), card.phone],
        [msg('E-mail'), card.email],
        [msg('Website'), card.website],
        [msg('Opening hours'), card.openingHours],
      ];
  }
}

/** The type, and how sure it is where it was derived. */
function housingTypeOf(card: Extract<Card, { layer: 'buildings' }>): string {
  const type = codeName(card.housingType);
  if (card.housingTypeConfidence === null) return type;
  const percent = Math.round(card.housingTypeConfidence * 100);
  return msg(str`${type} (derived, ${percent} % sure)`);
}

function addressOf(card: Extract<Card, { layer: 'places' }>): string {
  const street = [card.street, card.houseNumber].filter(Boolean).join(' ');
  const town = [card.postcode, card.city].filter(Boolean).join(' ');
  return [street, town].filter(Boolean).join(', ');
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-feature-card': CtFeatureCard;
  }
}

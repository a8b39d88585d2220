import { msg, str } from '@lit/localize';
import { lifecycles, type AccountSet } from './account-tiles.js';
import type { Choropleth } from './contract.js';
import { categoryLabel } from './legend.js';
import type { Hit } from './picking.js';

/** What the card at the pointer says: a title and up to three short lines. */
export interface HoverCard {
  readonly title: string;
  readonly lines: readonly string[];
}

export interface HoverCardInput {
  readonly hit: Hit;
  readonly accounts: AccountSet;
  readonly choropleth: Choropleth | null;
  readonly formatCount: (count: number) => string;
}

/** Words for what lies under the pointer; null where there is nothing worth saying. */
export function hoverCard({
  hit,
  accounts,
  choropleth,
  formatCount,
}: HoverCardInput): HoverCard | null {
  if (hit.kind === 'account') return accountCard(accounts, hit.row, formatCount);
  if (hit.kind === 'region') return regionCard(hit, choropleth);
  return featureCard(hit);
}

function accountCard(
  accounts: AccountSet,
  row: number,
  formatCount: (count: number) => string,
): HoverCard {
  const count = accounts.counts[row] ?? 0;
  if (accounts.mode === 'cells') {
    const title = count === 1 ? msg('1 account') : msg(str`${formatCount(count)} accounts`);
    return { title, lines: [msg('Click to zoom in')] };
  }
  const kind = lifecycles[accounts.lifecycles[row] ?? 0] ?? 'customer';
  const title = categoryLabel('accounts', kind);
  if (count < 2) return { title, lines: [] };
  return { title: msg(str`${formatCount(count)} accounts at this place`), lines: [] };
}

function regionCard(
  hit: Extract<Hit, { kind: 'region' }>,
  choropleth: Choropleth | null,
): HoverCard | null {
  const name = textOf(hit.properties['name']);
  if (!name) return null;
  const value = choropleth?.values.get(hit.id);
  if (!choropleth || value === undefined) return { title: name, lines: [] };
  return { title: name, lines: [value === null ? msg('No data') : choropleth.format(value)] };
}

function featureCard({ layer, properties }: Extract<Hit, { kind: 'feature' }>): HoverCard {
  const name = textOf(properties['name']);
  const words = featureWords(layer, properties);
  return name ? { title: name, lines: words } : { title: words[0] ?? '', lines: words.slice(1) };
}

function featureWords(
  layer: Extract<Hit, { kind: 'feature' }>['layer'],
  properties: Readonly<Record<string, unknown>>,
): string[] {
  const label = (property: string) => {
    const key = textOf(properties[property]);
    return key ? [categoryLabel(layer, key)] : [];
  };
  switch (layer) {
    case 'buildings': {
      const year = textOf(properties['year']);
      return [...label('housing_type'), ...(year ? [msg(str`Built in ${year}`)] : [])];
    }
    case 'roads':
      return [...label('class'), ...conditionWords(textOf(properties['condition']))];
    case 'business_zones':
      return label('kind');
    case 'places':
      return label('category');
    default:
      return [];
  }
}

function conditionWords(condition: string): string[] {
  switch (condition) {
    case 'good':
      return [msg('Good condition')];
    case 'fair':
      return [msg('Fair condition')];
    case 'poor':
      return [msg('Poor condition')];
    case 'bad':
      return [msg('Bad condition')];
    default:
      return [];
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

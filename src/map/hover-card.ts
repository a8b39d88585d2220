import { msg, str } from '@lit/localize';
import type { AccountMark } from './account-drawing.js';
import type { Choropleth } from './contract.js';
import { categoryLabel } from './legend.js';
import { pointValueLabel } from './point-legend.js';
import type { Hit } from './picking.js';

/** What the card at the pointer says: a title and up to three short lines. */
export interface HoverCard {
  readonly title: string;
  readonly lines: readonly string[];
}

export interface HoverCardInput {
  readonly hit: Hit;
  readonly choropleth: Choropleth | null;
  readonly formatCount: (count: number) => string;
}

/** Words for what lies under the pointer; null where there is nothing worth saying. */
export function hoverCard({ hit, choropleth, formatCount }: HoverCardInput): HoverCard | null {
  if (hit.kind === 'account') return accountCard(hit.mark, formatCount);
  if (hit.kind === 'region') return regionCard(hit, choropleth);
  return featureCard(hit);
}

function accountCard(
  { kind, count, value, code }: AccountMark,
  formatCount: (count: number) => string,
): HoverCard {
  const revenue = value === null ? [] : [`${msg('Revenue')}: ${formatCount(Math.round(value))}`];
  if (kind === 'group') {
    const title = count === 1 ? msg('1 account') : msg(str`${formatCount(count)} accounts`);
    return { title, lines: [...revenue, msg('Click to zoom in')] };
  }
  const label = code && (code.label ?? pointValueLabel(code.category, code.value));
  if (count > 1) {
    return { title: msg(str`${formatCount(count)} accounts at this place`), lines: revenue };
  }
  return { title: label ?? msg('1 account'), lines: revenue };
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

import { msg } from '@lit/localize';
import type { SearchResult } from '../../../server/contract/search.js';
import type { UrlState } from '../../state/url-state.js';
import type { IconName } from '../../ui/icons.js';

export const iconOf: Readonly<Record<SearchResult['kind'], IconName>> = {
  account: 'user',
  region: 'region',
  place: 'store',
  settlement: 'building',
  street: 'road',
  address: 'map-pin',
  postcode: 'map-pin',
};

/** Kind and whereabouts of a result; before them the question where it is spelled otherwise. */
export function describe({ kind, subtitle, suggested }: SearchResult): string {
  const question = suggested ? msg('Did you mean this?') : '';
  return [question, kindName(kind), subtitle].filter((part) => part !== '').join(' · ');
}

/** How near the map goes to a result without an extent of its own. */
export function zoomFor(kind: SearchResult['kind']): number {
  return kind === 'settlement' ? 12 : 16;
}

/** Where the application goes for a result that was picked on any screen. */
export function patchFor({ kind, id, lon, lat }: SearchResult): Partial<UrlState> {
  const base = { screen: 'explore', section: null, account: null, feature: null } as const;
  if (kind === 'region') return { ...base, region: id, viewport: null };
  const viewport =
    lon === null || lat === null ? {} : { viewport: { lon, lat, zoom: zoomFor(kind) } };
  if (kind === 'account') return { ...base, ...viewport, account: id };
  if (kind === 'place') return { ...base, ...viewport, feature: { layer: 'places', id } };
  return { ...base, ...viewport };
}

function kindName(kind: SearchResult['kind']): string {
  return {
    account: msg('Account'),
    region: msg('Region'),
    place: msg('Place'),
    settlement: msg('Town'),
    street: msg('Street'),
    address: msg('Address'),
    postcode: msg('Postcode'),
  }[kind];
}

import { isMonth, type Period } from '../lib/period.js';
import {
  defaultDisplay,
  parseDisplay,
  printDisplay,
  type AccountDisplay,
} from '../map/account-display.js';
import {
  defaultClasses,
  parseClasses,
  printClasses,
  type ClassSettings,
} from '../map/class-settings.js';
import type { LonLat, RoadColour, Viewport } from '../map/contract.js';
import {
  defaultLayers,
  layerIds,
  parseLayers,
  printLayers,
  type LayerId,
  type LayerState,
} from '../map/layer-state.js';
import { defaultTable, parseTable, tableParams, type TableState } from './table-url.js';

export const screens = ['explore', 'accounts', 'review', 'imports', 'settings'] as const;
export type Screen = (typeof screens)[number];

/** Names of the account filter in the order in which chips are shown. */
export const filterNames = [
  'lifecycle',
  'segment',
  'kind',
  'housingType',
  'zoneKind',
  'roadClass',
  'placement',
  'owner',
  'tag',
  'selection',
] as const;
export type FilterName = (typeof filterNames)[number];
export type Filters = Readonly<Partial<Record<FilterName, readonly string[]>>>;

/** A feature of a shape layer whose card is open. */
export interface FeatureRef {
  readonly layer: LayerId;
  readonly id: number;
}

/** Everything about a view that can be shared by its address. */
export interface UrlState {
  readonly screen: Screen;
  /** Part of a screen, for example the tab of the settings. */
  readonly section: string | null;
  /** Region looked at; null is the whole project. */
  readonly region: number | null;
  /** Cube measure, for example `sales.revenue`. */
  readonly measure: string;
  /** Whole months; null is all time. */
  readonly period: Period | null;
  readonly filters: Filters;
  readonly layers: readonly LayerState[];
  readonly classes: ClassSettings;
  readonly roadColour: RoadColour;
  readonly accountDisplay: AccountDisplay;
  readonly account: number | null;
  readonly feature: FeatureRef | null;
  /** A place of which the card says what is there. */
  readonly here: LonLat | null;
  readonly viewport: Viewport | null;
  /** How the table of accounts is looked at. */
  readonly table: TableState;
}

export const defaultState: UrlState = {
  screen: 'explore',
  section: null,
  region: null,
  measure: 'sales.revenue',
  period: null,
  filters: {},
  layers: defaultLayers,
  classes: defaultClasses,
  roadColour: 'class',
  accountDisplay: defaultDisplay,
  account: null,
  feature: null,
  here: null,
  viewport: null,
  table: defaultTable,
};

/** Reads the state from a path and query; what is missing or malformed takes its default. */
export function parseUrl(pathname: string, search: string): UrlState {
  const [first = '', section = null] = pathname.split('/').filter(Boolean);
  const query = new URLSearchParams(search);
  return {
    screen: screens.find((screen) => screen === first) ?? defaultState.screen,
    section,
    region: toId(query.get('region')),
    measure: toMeasure(query.get('measure')),
    period: toPeriod(query.get('period')),
    filters: toFilters(query),
    layers: parseLayers(query.get('layers')),
    classes: parseClasses(query.get('classes')),
    roadColour: query.get('roads') === 'condition' ? 'condition' : 'class',
    accountDisplay: parseDisplay(query.get('show')),
    account: toId(query.get('account')),
    feature: toFeature(query.get('feature')),
    here: toPlace(query.get('here')),
    viewport: toViewport(query.get('at')),
    table: parseTable(query),
  };
}

/** Prints the state as path and query; defaults are left out, so that addresses stay short. */
export function printUrl(state: UrlState): string {
  const query: string[] = [];
  const put = (name: string, value: string | number | null) => {
    if (value !== null && value !== '') query.push(`${name}=${encodeValue(String(value))}`);
  };
  put('region', state.region);
  put('measure', state.measure === defaultState.measure ? null : state.measure);
  put('period', state.period && `${state.period.first}..${state.period.last}`);
  for (const name of filterNames) put(name, (state.filters[name] ?? []).join(','));
  put('layers', printLayers(state.layers));
  put('classes', printClasses(state.classes));
  put('roads', state.roadColour === defaultState.roadColour ? null : state.roadColour);
  put('show', printDisplay(state.accountDisplay));
  put('account', state.account);
  put('feature', state.feature && `${state.feature.layer}:${state.feature.id}`);
  put('here', state.here && `${trim(state.here.lon, 6)}/${trim(state.here.lat, 6)}`);
  put('at', state.viewport && printViewport(state.viewport));
  if (state.screen === 'accounts') {
    for (const [name, value] of tableParams(state.table)) put(name, value);
  }
  const section = state.section ? `/${encodeURIComponent(state.section)}` : '';
  return `/${state.screen}${section}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}

function encodeValue(text: string): string {
  return encodeURIComponent(text)
    .replaceAll('%2C', ',')
    .replaceAll('%3A', ':')
    .replaceAll('%2F', '/');
}

function splitItems(text: string): string[] {
  return [...new Set(text.split(',').map((item) => item.trim()))].filter((item) => item !== '');
}

function toId(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}

function toMeasure(text: string | null): string {
  return text !== null && /^[a-z_]+\.[a-z0-9_]+$/.test(text) ? text : defaultState.measure;
}

function toPeriod(text: string | null): Period | null {
  const [first = '', last = ''] = (text ?? '').split('..');
  return isMonth(first) && isMonth(last) && first <= last ? { first, last } : null;
}

function toFilters(query: URLSearchParams): Filters {
  const filters: Partial<Record<FilterName, readonly string[]>> = {};
  for (const name of filterNames) {
    const items = splitItems(query.get(name) ?? '');
    if (items.length > 0) filters[name] = items;
  }
  return filters;
}

function toFeature(text: string | null): FeatureRef | null {
  const [layerName, idText = ''] = (text ?? '').split(':');
  const layer = layerIds.find((id) => id === layerName);
  const id = toId(idText);
  return layer && id !== null ? { layer, id } : null;
}

function toPlace(text: string | null): LonLat | null {
  const [lon = NaN, lat = NaN] = (text ?? '').split('/').map(Number);
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? { lon, lat } : null;
}

function toViewport(text: string | null): Viewport | null {
  const [lon = NaN, lat = NaN, zoom = NaN] = (text ?? '').split('/').map(Number);
  const valid = Math.abs(lon) <= 180 && Math.abs(lat) <= 85.06 && zoom >= 0 && zoom <= 24;
  return valid ? { lon, lat, zoom } : null;
}

function printViewport({ lon, lat, zoom }: Viewport): string {
  return `${trim(lon, 5)}/${trim(lat, 5)}/${trim(zoom, 2)}`;
}

function trim(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}

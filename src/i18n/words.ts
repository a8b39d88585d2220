import { msg } from '@lit/localize';
import type { Role } from '../../server/contract/role.js';
import type { FilterName } from '../state/url-state.js';

/** Name of a role. */
export function roleName(role: Role): string {
  return {
    administrator: msg('Administrator'),
    planner: msg('Planner'),
    manager: msg('Manager'),
    prospector: msg('Prospector'),
  }[role];
}

/** What a person in the role does, in a few words. */
export function roleTask(role: Role): string {
  return {
    administrator: msg('Sets up data, people and tokens'),
    planner: msg('Compares regions and plans where to grow'),
    manager: msg('Follows the figures of their regions'),
    prospector: msg('Finds and visits new customers nearby'),
  }[role];
}

/** Name of an account filter, as its chip shows it. */
export function filterTitle(name: FilterName): string {
  return {
    lifecycle: msg('Lifecycle'),
    segment: msg('Segment'),
    kind: msg('Kind'),
    housingType: msg('Housing type'),
    zoneKind: msg('Business zone'),
    roadClass: msg('Road class'),
    placement: msg('Placement'),
    owner: msg('Owner'),
    tag: msg('Tag'),
    selection: msg('Selection'),
  }[name];
}

/** Name of a coded value (housing type, road class…); a code without one is shown as it is. */
export function codeName(code: string): string {
  return codeNames()[code] ?? sentenceCase(code.replaceAll('_', ' '));
}

/** What a filter value is called; `none` says what is missing. */
export function filterValueName(name: FilterName, value: string): string {
  if (value === 'none') return withoutName(name);
  if (name === 'selection') return `#${value}`;
  return ['segment', 'owner', 'tag'].includes(name) ? value : codeName(value);
}

/** Name of a measure of the cube, or what the cube itself calls it. */
export function measureName(member: string, title: string): string {
  return measureNames()[member] ?? title;
}

/** Heading of a group of measures. */
export function viewName(view: string): string {
  const names: Record<string, string> = {
    accounts: msg('Accounts'),
    sales: msg('Sales'),
    payments: msg('Payments'),
    places: msg('Places'),
    geography: msg('Geography'),
  };
  return names[view] ?? sentenceCase(view);
}

/** Name of a map layer. */
export function layerName(layer: string): string {
  const names: Record<string, string> = {
    accounts: msg('Accounts'),
    regions: msg('Regions'),
    buildings: msg('Housing types'),
    roads: msg('Roads'),
    business_zones: msg('Business zones'),
    places: msg('Places'),
    land_cover: msg('Water and green'),
  };
  return names[layer] ?? sentenceCase(layer);
}

function withoutName(name: FilterName): string {
  if (name === 'owner') return msg('Without an owner');
  if (name === 'segment') return msg('Without a segment');
  if (name === 'tag') return msg('Without a tag');
  return msg('None');
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function measureNames(): Record<string, string> {
  return {
    'accounts.accounts': msg('Accounts'),
    'accounts.leads': msg('Leads'),
    'accounts.customers': msg('Customers'),
    'accounts.new_customers': msg('New customers'),
    'accounts.placed': msg('Placed accounts'),
    'accounts.not_placed': msg('Not placed'),
    'accounts.accounts_per_1000_households': msg('Accounts per 1,000 households'),
    'accounts.population': msg('Population'),
    'accounts.households': msg('Households'),
    'accounts.dwellings': msg('Dwellings'),
    'sales.revenue': msg('Revenue'),
    'sales.orders': msg('Orders'),
    'sales.average_order': msg('Average order'),
    'sales.margin': msg('Margin'),
    'sales.units': msg('Units sold'),
    'sales.active_customers': msg('Active customers'),
    'sales.revenue_per_household': msg('Revenue per household'),
    'payments.payment_value': msg('Payment value'),
    'payments.payments': msg('Payments'),
    'geography.population': msg('Population'),
    'geography.households': msg('Households'),
    'geography.dwellings': msg('Dwellings'),
    'geography.area_km2': msg('Area in km²'),
    'geography.regions': msg('Regions'),
    'places.places': msg('Places'),
  };
}

function codeNames(): Record<string, string> {
  return {
    lead: msg('Lead'),
    prospect: msg('Prospect'),
    customer: msg('Customer'),
    former: msg('Former customer'),
    person: msg('Person'),
    organisation: msg('Organisation'),
    detached: msg('Detached house'),
    semi_detached: msg('Semi-detached house'),
    terrace: msg('Terraced house'),
    apartments: msg('Apartments'),
    farm: msg('Farm'),
    houseboat: msg('Houseboat'),
    other_residential: msg('Other residential'),
    non_residential: msg('Not residential'),
    unknown: msg('Unknown'),
    motorway: msg('Motorway'),
    trunk: msg('Trunk road'),
    primary: msg('Primary road'),
    secondary: msg('Secondary road'),
    tertiary: msg('Tertiary road'),
    residential: msg('Residential street'),
    service: msg('Service road'),
    track: msg('Track'),
    pedestrian: msg('Pedestrian street'),
    cycleway: msg('Cycleway'),
    ferry: msg('Ferry'),
    path: msg('Path'),
    other: msg('Other'),
    good: msg('Good'),
    fair: msg('Fair'),
    poor: msg('Poor'),
    bad: msg('Bad'),
    industrial: msg('Industrial'),
    commercial: msg('Commercial'),
    retail: msg('Retail'),
    office_park: msg('Office park'),
    port: msg('Port'),
    railway: msg('Railway'),
    airport: msg('Airport'),
    quarry: msg('Quarry'),
    military: msg('Military'),
    institutional: msg('Institutional'),
    exact: msg('Exact coordinates'),
    address: msg('By address'),
    interpolated: msg('Between house numbers'),
    street: msg('By street'),
    postcode: msg('By postcode'),
    place: msg('By place name'),
    not_placed: msg('Not placed'),
    shop: msg('Shop'),
    office: msg('Office'),
    craft: msg('Craft'),
    works: msg('Works'),
    amenity: msg('Amenity'),
    tourism: msg('Tourism'),
    leisure: msg('Leisure'),
    healthcare: msg('Health care'),
    water: msg('Water'),
    park: msg('Park'),
    forest: msg('Forest'),
    grass: msg('Grass'),
    farmland: msg('Farmland'),
    beach: msg('Beach'),
    yes: msg('Yes'),
    no: msg('No'),
  };
}

import { msg } from '@lit/localize';
import type { Step } from './import-draft.js';

type Names = Readonly<Record<string, () => string>>;

const kinds: Names = {
  regions: () => msg('Regions'),
  'region-stats': () => msg('Figures of regions'),
  postcodes: () => msg('Postcodes'),
  'postcode-ranges': () => msg('Ranges of postcodes'),
  addresses: () => msg('Addresses'),
  settlements: () => msg('Towns and villages'),
  accounts: () => msg('Customers'),
  leads: () => msg('Leads'),
  products: () => msg('Products'),
  sales: () => msg('Orders'),
  payments: () => msg('Payments'),
  roads: () => msg('Roads'),
  buildings: () => msg('Buildings'),
  dwellings: () => msg('Register of dwellings'),
  'business-zones': () => msg('Business zones'),
  osm: () => msg('OpenStreetMap extract'),
};

const fields: Names = {
  external_id: () => msg('Number or id'),
  name: () => msg('Name'),
  kind: () => msg('Kind'),
  lifecycle: () => msg('Stage'),
  segment: () => msg('Segment'),
  origin: () => msg('Origin'),
  owner: () => msg('Owner (e-mail)'),
  email: () => msg('E-mail'),
  phone: () => msg('Phone'),
  website: () => msg('Website'),
  street: () => msg('Street or address'),
  house_number: () => msg('House number'),
  suffix: () => msg('House letter'),
  addition: () => msg('Addition'),
  postcode: () => msg('Postcode'),
  city: () => msg('Town'),
  place: () => msg('Town'),
  country: () => msg('Country'),
  lead_since: () => msg('Lead since'),
  customer_since: () => msg('Customer since'),
  former_since: () => msg('Left on'),
  lon: () => msg('Longitude or x'),
  lat: () => msg('Latitude or y'),
  key: () => msg('Number or id'),
  code: () => msg('Code of the region'),
  region: () => msg('Code of the region'),
  parent: () => msg('Region above'),
  area: () => msg('State or province'),
  population: () => msg('Population'),
  households: () => msg('Households'),
  dwellings: () => msg('Dwellings'),
  income: () => msg('Income'),
  dwelling_value: () => msg('Value of dwellings'),
  account: () => msg('Customer number'),
  ordered_at: () => msg('Date of the order'),
  status: () => msg('State'),
  channel: () => msg('Channel'),
  line_number: () => msg('Line of the order'),
  product: () => msg('Product'),
  quantity: () => msg('Quantity'),
  unit_price: () => msg('Price a piece'),
  unit_cost: () => msg('Cost a piece'),
  revenue: () => msg('Amount'),
  cost: () => msg('Cost'),
  category: () => msg('Category'),
  subcategory: () => msg('Subcategory'),
  sale_external_id: () => msg('Order number'),
  sequence: () => msg('Number of the payment'),
  payment_type: () => msg('Way of paying'),
  installments: () => msg('Instalments'),
  value: () => msg('Amount'),
  first: () => msg('First postcode'),
  last: () => msg('Last postcode'),
  ranges: () => msg('All ranges'),
  class: () => msg('Class in the plan'),
  building: () => msg('Id of the building'),
  use: () => msg('Use'),
  floorArea: () => msg('Floor area'),
  year: () => msg('Year built'),
};

const options: Names = {
  level: () => msg('Level, by number or name'),
  levelName: () => msg('Name of the level'),
  levelPlural: () => msg('Plural of the level'),
  parentMatch: () => msg('The region above is given by'),
  precision: () => msg('How precise the coordinates are'),
  where: () => msg('Only rows with COLUMN=VALUE'),
  decimal: () => msg('Decimal mark'),
  pad: () => msg('Length of postcodes, with zeros in front'),
  length: () => msg('Characters of the postcode to keep'),
  country: () => msg('Country, by its two letters'),
  kinds: () => msg('Kinds by class, CLASS=KIND'),
  dwellingUses: () => msg('Uses that mean living'),
  inUse: () => msg('States that mean in use'),
  replace: () => msg('Remove what this file no longer holds'),
  extract: () => msg('Name of the extract'),
};

export function kindName(kind: string): string {
  return kinds[kind]?.() ?? kind;
}

export function fieldName(field: string): string {
  return fields[field]?.() ?? field;
}

export function optionName(option: string): string {
  return options[option]?.() ?? option;
}

export function stepName(step: Step): string {
  return {
    files: msg('Files'),
    kind: msg('What it is'),
    columns: msg('Columns'),
    check: msg('Check'),
    load: msg('Load'),
  }[step];
}

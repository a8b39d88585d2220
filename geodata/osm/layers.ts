import type { StagingTable } from '../loaders/bulk-loader.js';

export type LayerName =
  'roads' | 'buildings' | 'business_zones' | 'places' | 'addresses' | 'land_cover';

export type LayerTable = {
  /** Columns of the staging table, in the order in which rows are staged. */
  readonly staged: StagingTable['columns'];
  /** Columns compared and written, beside `source_key`, `source` and `licence`: SQL over alias `s`. */
  readonly written: Readonly<Record<string, string>>;
  /** Shape of the written geometry: SQL over the staged one, evaluated once. */
  readonly shape: string;
};

const area = 'ST_Multi(ST_CollectionExtract(ST_MakeValid(s.geom), 3))';
const areaSize = 'ST_Area(s.shape::geography)::real';
const pointOf = 'ST_PointOnSurface(ST_MakeValid(s.geom))';

/** How each layer of an extract is staged and written; target tables are those of schema geo. */
export const layerTables: Readonly<Record<LayerName, LayerTable>> = {
  roads: {
    staged: {
      source_key: 'text',
      class: 'text',
      name: 'text',
      ref: 'text',
      surface: 'text',
      smoothness: 'text',
      condition: 'text',
      max_speed_kmh: 'double precision',
      one_way: 'text',
      lanes: 'integer',
      toll: 'boolean',
      bridge: 'boolean',
      tunnel: 'boolean',
      geom: 'geometry',
    },
    written: {
      class: 's.class',
      name: 's.name',
      ref: 's.ref',
      surface: 's.surface',
      smoothness: 's.smoothness',
      condition: 's.condition',
      max_speed_kmh: 's.max_speed_kmh::real',
      one_way: 's.one_way',
      lanes: 's.lanes::smallint',
      toll: 's.toll',
      bridge: 's.bridge',
      tunnel: 's.tunnel',
      length_m: 'ST_Length(s.shape::geography)::real',
      geom: 's.shape',
    },
    shape: 's.geom',
  },
  buildings: {
    staged: {
      source_key: 'text',
      housing_type: 'text',
      name: 'text',
      levels: 'integer',
      year: 'integer',
      dwellings: 'integer',
      geom: 'geometry',
    },
    written: {
      housing_type: 's.housing_type',
      name: 's.name',
      levels: 's.levels::smallint',
      year: 's.year::smallint',
      dwellings: 's.dwellings',
      area_m2: areaSize,
      geom: 's.shape',
    },
    shape: area,
  },
  business_zones: {
    staged: { source_key: 'text', kind: 'text', name: 'text', geom: 'geometry' },
    written: { kind: 's.kind', name: 's.name', area_m2: areaSize, geom: 's.shape' },
    shape: area,
  },
  places: {
    staged: {
      source_key: 'text',
      category: 'text',
      kind: 'text',
      name: 'text',
      phone: 'text',
      email: 'text',
      website: 'text',
      opening_hours: 'text',
      street: 'text',
      house_number: 'text',
      postcode: 'text',
      city: 'text',
      geom: 'geometry',
    },
    written: {
      category: 's.category',
      kind: 's.kind',
      name: 's.name',
      phone: 's.phone',
      email: 's.email',
      website: 's.website',
      opening_hours: 's.opening_hours',
      street: 's.street',
      house_number: 's.house_number',
      postcode: 's.postcode',
      city: 's.city',
      geom: 's.shape',
    },
    shape: pointOf,
  },
  addresses: {
    staged: {
      source_key: 'text',
      street: 'text',
      house_number: 'text',
      postcode: 'text',
      city: 'text',
      geom: 'geometry',
    },
    written: {
      street: 's.street',
      house_number: 's.house_number',
      postcode: 's.postcode',
      city: 's.city',
      geom: 's.shape',
    },
    shape: pointOf,
  },
  land_cover: {
    staged: { source_key: 'text', kind: 'text', name: 'text', geom: 'geometry' },
    written: { kind: 's.kind', name: 's.name', geom: 's.shape' },
    shape: area,
  },
};

export const layerNames = Object.keys(layerTables) as readonly LayerName[];

/** Parts of roads between junctions; nodes are named by their OpenStreetMap id. */
export const edgeColumns: StagingTable['columns'] = {
  source_key: 'text',
  sequence: 'integer',
  from_node_id: 'bigint',
  to_node_id: 'bigint',
  geom: 'geometry',
};

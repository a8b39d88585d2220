import { housingColumns } from '../housing/housing-columns.js';
import type { StagingTable } from '../loaders/bulk-loader.js';
import type { MergeColumn } from '../loaders/merge-rows.js';

export type LayerName =
  'roads' | 'buildings' | 'business_zones' | 'places' | 'addresses' | 'land_cover';

export type LayerTable = {
  /** Columns of the staging table, in the order in which rows are staged. */
  readonly staged: StagingTable['columns'];
  /** Columns compared and written, beside `source_key`, `source` and `licence`: SQL over alias `s`. */
  readonly written: Readonly<Record<string, string>>;
  /** Shape of the written geometry: SQL over the staged one, evaluated once. */
  readonly shape: string;
  /** Qualified table that takes the rows, where it is not called as the layer is. */
  readonly target?: string;
  /** Columns of `written`, and further ones, that are merged in a way of their own. */
  readonly merged?: Readonly<Record<string, MergeColumn>>;
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
      condition_source: 'text',
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
      condition_source: 's.condition_source',
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
      tagged_housing_type: 'text',
      register_ref: 'text',
      name: 'text',
      levels: 'integer',
      year: 'integer',
      dwellings: 'integer',
      geom: 'geometry',
    },
    written: {
      tagged_housing_type: 's.tagged_housing_type',
      register_ref: 's.register_ref',
      name: 's.name',
      levels: 's.levels::smallint',
      year: 's.year::smallint',
      dwellings: 's.dwellings',
      area_m2: areaSize,
      geom: 's.shape',
    },
    shape: area,
    merged: housingColumns,
  },
  business_zones: {
    staged: { source_key: 'text', kind: 'text', name: 'text', geom: 'geometry' },
    written: { kind: 's.kind', name: 's.name', area_m2: areaSize, geom: 's.shape' },
    shape: area,
    target: 'geo.zone_parts',
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

/** Staging tables of the road graph; nodes are named by their OpenStreetMap id. */
export const graphTables = {
  /** Parts of roads between junctions. */
  edges: {
    source_key: 'text',
    sequence: 'integer',
    from_node_id: 'bigint',
    to_node_id: 'bigint',
    geom: 'geometry',
  },
  /** How each road is travelled; cars in and out of built-up areas. */
  travel: {
    source_key: 'text',
    urban_forward: 'double precision',
    urban_backward: 'double precision',
    rural_forward: 'double precision',
    rural_backward: 'double precision',
    bicycle_forward: 'double precision',
    bicycle_backward: 'double precision',
    foot_kmh: 'double precision',
    limited_modes: 'integer',
    built_up: 'boolean',
    duration_s: 'double precision',
  },
  /** Nodes that stop somebody. */
  barriers: { node_id: 'bigint', barrier: 'text', blocked_modes: 'integer' },
  restrictions: {
    source_key: 'text',
    part: 'integer',
    restriction: 'text',
    is_only: 'boolean',
    modes: 'integer',
    from_key: 'text',
    via_node_ids: 'text',
    to_key: 'text',
  },
} as const satisfies Readonly<Record<string, StagingTable['columns']>>;

export type GraphTableName = keyof typeof graphTables;

export const graphTableNames = Object.keys(graphTables) as readonly GraphTableName[];

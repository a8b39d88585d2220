import { shapeLayerIds, type ShapeLayerId } from '../../../geodata/shapes/refresh-shapes.js';

export { shapeLayerIds, type ShapeLayerId };

export type ShapeLayer = {
  readonly id: ShapeLayerId;
  readonly title: string;
  /** Table of shapes by band, and the table that they come from, both in schema geo. */
  readonly table: string;
  readonly sourceTable: string;
  readonly idColumn: string;
  /** Columns that go into the tile besides the id, by their own names. */
  readonly columns: readonly string[];
  readonly geometry: 'lines' | 'polygons';
  /** Columns of the label points in the tile's layer `<id>:labels`; undefined where shapes have none. */
  readonly labelColumns?: readonly string[];
  readonly minzoom: number;
  readonly maxzoom: number;
  /** What a zoom leaves out by rule, in one sentence. */
  readonly generalisation: string;
};

const corners = 'corners move by at most half a pixel below zoom 13';
const names =
  'Names stand once, at a point of the layer `<id>:labels`, from the zoom at which the shape has room.';

/** The layers of shapes; a new one is an entry here and a branch of geo.shape_rows(). */
export const shapeLayers: Record<ShapeLayerId, ShapeLayer> = {
  regions: {
    id: 'regions',
    title: 'Regions',
    table: 'region_shapes',
    sourceTable: 'regions',
    idColumn: 'region_id',
    columns: ['level', 'name', 'code', 'parent_id'],
    geometry: 'polygons',
    labelColumns: ['level', 'name', 'parent_id'],
    minzoom: 0,
    maxzoom: 14,
    generalisation: `One level at a time; ${corners}, alike for neighbours. ${names}`,
  },
  roads: {
    id: 'roads',
    title: 'Roads',
    table: 'road_shapes',
    sourceTable: 'roads',
    idColumn: 'road_id',
    columns: ['class', 'condition', 'name', 'one_way'],
    geometry: 'lines',
    minzoom: 5,
    maxzoom: 15,
    generalisation:
      'Motorway and trunk from zoom 5, primary 7, secondary 9, tertiary 11, residential 13, all others 14.',
  },
  buildings: {
    id: 'buildings',
    title: 'Buildings',
    table: 'building_shapes',
    sourceTable: 'buildings',
    idColumn: 'building_id',
    columns: ['housing_type', 'year', 'levels'],
    geometry: 'polygons',
    minzoom: 13,
    maxzoom: 15,
    generalisation: 'Each from the zoom at which it is as large as a pixel.',
  },
  business_zones: {
    id: 'business_zones',
    title: 'Business zones',
    table: 'zone_shapes',
    sourceTable: 'business_zones',
    idColumn: 'zone_id',
    columns: ['kind', 'name'],
    geometry: 'polygons',
    labelColumns: ['kind', 'name'],
    minzoom: 8,
    maxzoom: 14,
    generalisation: `Each from the zoom at which it is as large as a pixel; ${corners}. ${names}`,
  },
  land_cover: {
    id: 'land_cover',
    title: 'Land cover',
    table: 'land_cover_shapes',
    sourceTable: 'land_cover',
    idColumn: 'land_cover_id',
    columns: ['kind', 'name'],
    geometry: 'polygons',
    labelColumns: ['kind', 'name'],
    minzoom: 5,
    maxzoom: 14,
    generalisation: `Each from the zoom at which it is two pixels wide; ${corners}. ${names}`,
  },
};

/** The layer of that name; undefined where there is none. */
export function findShapeLayer(id: string): ShapeLayer | undefined {
  return shapeLayerIds.includes(id as ShapeLayerId) ? shapeLayers[id as ShapeLayerId] : undefined;
}

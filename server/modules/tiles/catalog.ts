import type { ColumnStore } from '../../column-store/column-store.js';
import { everyPlace, type ColumnStores } from '../../column-store/column-stores.js';
import type { Selection } from '../../column-store/view.js';
import { maxTileZoom } from '../../column-store/world.js';
import type { AccountFilter } from '../../contract/account-filter.js';
import type { TileCatalog, TileField, TileLayer } from '../../contract/tiles.js';
import type { Database } from '../../db/database.js';
import type { RowPolicy } from '../../policy/row-policy.js';
import {
  readTableComments,
  readPlaceAttributions,
  type TableComments,
} from './catalog.repository.js';
import { maxNameLength } from './point-tiles.js';
import { shapeLayerIds, shapeLayers, type ShapeLayer } from './shape-layers.js';
import { maxTileBytes } from './shape-tile.js';
import type { LayerVersion } from './shapes.repository.js';

type CatalogInput = {
  readonly database: Database;
  readonly stores: ColumnStores;
  readonly versions: readonly LayerVersion[];
  readonly filter: Partial<AccountFilter>;
  readonly policy: RowPolicy;
};

const pointRule =
  'Cells (H3) with a count where a tile would hold more than 5,000 positions, else points; ' +
  'points that fall together are one with their count.';

/** What there is to draw, for somebody who sees what the policy shows. Call `stores.freshen` first. */
export async function makeCatalog(input: CatalogInput): Promise<TileCatalog> {
  const comments = await readTableComments(input.database);
  const shapes = shapeLayerIds.flatMap((id) => {
    const version = input.versions.find(({ layer }) => layer === id);
    return version === undefined ? [] : [shapeEntry(shapeLayers[id], version, comments)];
  });
  const placeAttributions = await readPlaceAttributions(input.database);
  const layers = [
    ...shapes,
    placesEntry(input.stores.places, placeAttributions, comments),
    accountsEntry(input.stores.accounts, input.stores.select(input.filter, input.policy), comments),
  ];
  return { maxTileBytes, layers };
}

function shapeEntry(layer: ShapeLayer, version: LayerVersion, comments: TableComments): TileLayer {
  const table = `geo.${layer.sourceTable}`;
  return {
    id: layer.id,
    title: layer.title,
    description: comments.table(table),
    geometryType: layer.geometry === 'lines' ? 'line' : 'polygon',
    fields: [layer.idColumn, ...layer.columns].map((name) => comments.field(table, name)),
    bounds: version.bounds === null ? null : [...version.bounds],
    minzoom: layer.minzoom,
    maxzoom: layer.maxzoom,
    version: String(version.version),
    count: version.featureCount,
    tiles: addressOf(layer.id),
    attribution: attributionOf(version.attributions),
    generalisation: layer.generalisation,
    ...(layer.id === 'regions' && { levels: [...version.levels] }),
  };
}

function placesEntry(
  store: ColumnStore,
  attributions: readonly string[],
  comments: TableComments,
): TileLayer {
  const table = 'geo.places';
  const columns = ['place_id', 'category', 'kind', 'name'].map((name) =>
    comments.field(table, name),
  );
  return {
    id: 'places',
    title: 'Places',
    description: comments.table(table),
    geometryType: 'point',
    fields: [...columns, countField, cellField],
    attribution: attributionOf(attributions),
    generalisation: `${pointRule} Names keep ${maxNameLength} characters.`,
    ...pointFacts('places', store, everyPlace),
  };
}

function accountsEntry(
  store: ColumnStore,
  selection: Selection,
  comments: TableComments,
): TileLayer {
  const table = 'crm.accounts';
  return {
    id: 'accounts',
    title: 'Accounts',
    description: comments.table(table),
    geometryType: 'point',
    fields: [
      { ...comments.field(table, 'lifecycle'), name: 'kind' },
      comments.field(table, 'segment'),
      comments.field(table, 'housing_type'),
      countField,
      { name: 'value', type: 'number', description: 'Sum of the measure that was asked for.' },
      cellField,
    ],
    attribution: null,
    generalisation: pointRule,
    ...pointFacts('accounts', store, selection),
  };
}

const countField: TileField = {
  name: 'count',
  type: 'number',
  description:
    'How many rows the point or cell stands for; sums to the total over the tiles of a zoom.',
};

const cellField: TileField = {
  name: 'cell',
  type: 'string',
  description: 'H3 index of the cell; only where the zoom holds cells.',
};

function pointFacts(id: string, store: ColumnStore, selection: Selection) {
  const pointZoom = store.pointZoom(selection);
  const zooms = Array.from({ length: maxTileZoom + 1 }, (_, z) => z);
  return {
    bounds: store.bounds(selection),
    minzoom: 0,
    maxzoom: maxTileZoom,
    version: String(store.version),
    count: store.summary(selection, 'count').placed,
    tiles: addressOf(id),
    modeByZoom: zooms.map((z) => (z < pointZoom ? ('cells' as const) : ('points' as const))),
  };
}

function addressOf(id: string): string {
  return `/tiles/${id}/{z}/{x}/{y}.mvt`;
}

function attributionOf(attributions: readonly string[]): string | null {
  return attributions.length === 0 ? null : [...attributions].sort().join(', ');
}

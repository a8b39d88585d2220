import type { StagingTable, StagingValue } from '../loaders/bulk-loader.js';
import { cornersOf, type Footprint } from './buildings/footprints.js';
import type { Geography } from './geography.js';
import { neighbourhoodCode, postcodeOf } from './land/region-rows.js';
import type { AccountMaker } from './people/accounts.js';
import { PRODUCTS } from './people/products.js';
import type { SalesMaker } from './people/sales.js';
import { roadTravel } from '../roads/road-travel.js';
import { lineLength, ringArea, type Polygon } from './plane/geometry.js';
import { lineWkb, multiPolygonWkb, pointWkb } from './plane/wkb.js';
import type { RoadRow } from './streets/road-rows.js';

/** What is shown as origin and licence of everything in the demo. */
export const DEMO_SOURCE = 'Fictional demo data';
export const DEMO_LICENCE = 'Generated, public domain (CC0)';

export type Row = readonly StagingValue[];

/** A table to fill: where the rows go, and the rows, made while they are read. */
export type TableLoad = {
  readonly label: string;
  readonly table: StagingTable;
  readonly count: number;
  /** The identity column, whose values follow the order of the rows from 1. */
  readonly identity: string | null;
  readonly rows: () => Iterable<Row>;
};

const provenance = { source: 'text', licence: 'text', import_id: 'bigint' } as const;

/** The geographic tables except regions, in an order that keeps references whole. */
export function geographyLoads(geography: Geography, importId: number): TableLoad[] {
  const origin = [DEMO_SOURCE, DEMO_LICENCE, importId] as const;
  return [
    landCoverLoad(geography, origin),
    zoneLoad(geography, origin),
    nodeLoad(geography),
    roadLoad(geography, origin),
    edgeLoad(geography),
    buildingLoad(geography, origin),
    addressLoad(geography, origin),
    placeLoad(geography, origin),
  ];
}

type Origin = readonly [string, string, number];

function landCoverLoad({ landCover }: Geography, origin: Origin): TableLoad {
  return {
    label: 'Water, parks and fields',
    table: {
      name: 'geo.land_cover',
      columns: { source_key: 'text', kind: 'text', name: 'text', geom: 'geometry', ...provenance },
    },
    count: landCover.length,
    identity: 'land_cover_id',
    *rows() {
      for (const [i, { kind, name, polygon }] of landCover.entries()) {
        yield [`demo/land/${i + 1}`, kind, name, multiPolygonWkb([polygon]), ...origin];
      }
    },
  };
}

function zoneLoad({ zones }: Geography, origin: Origin): TableLoad {
  return {
    label: 'Business zones',
    table: {
      name: 'geo.business_zones',
      columns: {
        source_key: 'text',
        kind: 'text',
        name: 'text',
        area_m2: 'double precision',
        geom: 'geometry',
        ...provenance,
      },
    },
    count: zones.length,
    identity: 'zone_id',
    *rows() {
      for (const [i, { kind, name, polygons }] of zones.entries()) {
        yield [
          `demo/zone/${i + 1}`,
          kind,
          name,
          Math.round(areaOf(polygons)),
          multiPolygonWkb(polygons),
          ...origin,
        ];
      }
    },
  };
}

function areaOf(polygons: readonly Polygon[]): number {
  return polygons.flat().reduce((sum, ring) => sum + ringArea(ring), 0);
}

function nodeLoad({ roads }: Geography): TableLoad {
  return {
    label: 'Junctions',
    table: { name: 'geo.road_nodes', columns: { node_id: 'bigint', geom: 'geometry' } },
    count: roads.nodes.length,
    identity: null,
    *rows() {
      for (const [i, node] of roads.nodes.entries()) yield [i + 1, pointWkb(node)];
    },
  };
}

function roadLoad({ roads }: Geography, origin: Origin): TableLoad {
  return {
    label: 'Streets',
    table: {
      name: 'geo.roads',
      columns: {
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
        bridge: 'boolean',
        length_m: 'double precision',
        geom: 'geometry',
        ...provenance,
      },
    },
    count: roads.roads.length,
    identity: 'road_id',
    *rows() {
      for (const road of roads.roads) {
        yield [
          `demo/road/${road.id}`,
          road.class,
          road.name,
          road.ref,
          road.surface,
          road.smoothness,
          road.condition,
          'tagged',
          road.maxSpeed,
          road.oneWay ? 'forward' : 'no',
          road.lanes,
          road.bridge,
          round(road.lengthM),
          lineWkb(road.points),
          ...origin,
        ];
      }
    },
  };
}

function edgeLoad({ roads }: Geography): TableLoad {
  return {
    label: 'Road graph',
    table: {
      name: 'geo.road_edges',
      columns: {
        road_id: 'bigint',
        sequence: 'integer',
        from_node_id: 'bigint',
        to_node_id: 'bigint',
        length_m: 'double precision',
        car_kmh_forward: 'double precision',
        car_kmh_backward: 'double precision',
        bicycle_kmh_forward: 'double precision',
        bicycle_kmh_backward: 'double precision',
        foot_kmh: 'double precision',
        limited_modes: 'integer',
        built_up: 'boolean',
        geom: 'geometry',
      },
    },
    count: roads.edges.length,
    identity: 'edge_id',
    *rows() {
      for (const edge of roads.edges) {
        yield [
          edge.roadId,
          edge.sequence,
          edge.from,
          edge.to,
          round(lineLength(edge.points)),
          ...travelValues(roads.roads[edge.roadId - 1]!),
          lineWkb(edge.points),
        ];
      }
    },
  };
}

/** Speeds by mode and direction, as the roads of an import get them from the same tags. */
function travelValues(road: RoadRow): Row {
  const { carUrban, carRural, bicycle, footKmh, limitedModes, builtUp } = roadTravel(
    {
      highway: road.class,
      maxspeed: String(road.maxSpeed),
      surface: road.surface,
      smoothness: road.smoothness,
      oneway: road.oneWay ? 'yes' : 'no',
    },
    undefined,
  );
  const isTown = builtUp ?? road.maxSpeed <= 50;
  const car = isTown ? carUrban : carRural;
  const speeds = [car.forward, car.backward, bicycle.forward, bicycle.backward, footKmh];
  return [...speeds.map((kmh) => kmh ?? null), limitedModes, isTown];
}

function buildingLoad({ buildings }: Geography, origin: Origin): TableLoad {
  return {
    label: 'Buildings',
    table: {
      name: 'geo.buildings',
      columns: {
        source_key: 'text',
        housing_type: 'text',
        levels: 'integer',
        year: 'integer',
        dwellings: 'integer',
        area_m2: 'double precision',
        geom: 'geometry',
        ...provenance,
      },
    },
    count: buildings.length,
    identity: 'building_id',
    *rows() {
      for (const [i, { type, levels, year, dwellings, footprint }] of buildings.entries()) {
        const area = round(footprint.width * footprint.depth);
        const shape = multiPolygonWkb([[cornersOf(footprint)]]);
        yield [`demo/building/${i + 1}`, type, levels, year, dwellings, area, shape, ...origin];
      }
    },
  };
}

function addressLoad(geography: Geography, origin: Origin): TableLoad {
  const { buildings } = geography;
  return {
    label: 'Addresses',
    table: {
      name: 'geo.addresses',
      columns: {
        source_key: 'text',
        street: 'text',
        house_number: 'text',
        postcode: 'text',
        city: 'text',
        geom: 'geometry',
        ...provenance,
      },
    },
    count: buildings.filter((building) => building.street >= 0).length,
    identity: 'address_id',
    *rows() {
      for (const [i, building] of buildings.entries()) {
        if (building.street < 0) continue;
        yield [
          `demo/address/${i + 1}`,
          ...addressOf(geography, i),
          pointWkb(building.footprint),
          ...origin,
        ];
      }
    },
  };
}

function addressOf(
  { plan, buildings, streetNames }: Geography,
  building: number,
): [string | null, string | null, string, string] {
  const { neighbourhood, street, houseNumber } = buildings[building]!;
  const city = plan.municipalities[plan.seeds[neighbourhood]!.municipality]!.name;
  const name = street < 0 ? null : streetNames[street]!;
  return [name, name === null ? null : String(houseNumber), postcodeOf(neighbourhood), city];
}

function placeLoad(geography: Geography, origin: Origin): TableLoad {
  const { places, buildings } = geography;
  return {
    label: 'Places',
    table: {
      name: 'geo.places',
      columns: {
        source_key: 'text',
        category: 'text',
        kind: 'text',
        name: 'text',
        phone: 'text',
        website: 'text',
        opening_hours: 'text',
        street: 'text',
        house_number: 'text',
        postcode: 'text',
        city: 'text',
        geom: 'geometry',
        ...provenance,
      },
    },
    count: places.length,
    identity: 'place_id',
    *rows() {
      for (const [i, place] of places.entries()) {
        const footprint: Footprint = buildings[place.building]!.footprint;
        const shift = (i % 5) - 2;
        const point = {
          x: footprint.x + shift * 0.7 * footprint.ux,
          y: footprint.y + shift * 0.7 * footprint.uy,
        };
        yield [
          `demo/place/${i + 1}`,
          place.category,
          place.kind,
          place.name,
          place.phone,
          place.website,
          place.openingHours,
          ...addressOf(geography, place.building),
          pointWkb(point),
          ...origin,
        ];
      }
    },
  };
}

/** One postcode a neighbourhood, at its seed. `regionIds` by code of the neighbourhood. */
export function postcodeLoad(
  geography: Geography,
  regionIds: ReadonlyMap<string, number>,
  importId: number,
): TableLoad {
  const { plan } = geography;
  return {
    label: 'Postcodes',
    table: {
      name: 'geo.postcodes',
      columns: {
        postcode: 'text',
        place: 'text',
        region_id: 'bigint',
        geom: 'geometry',
        ...provenance,
      },
    },
    count: plan.seeds.length,
    identity: null,
    *rows() {
      for (const [i, seed] of plan.seeds.entries()) {
        const place = plan.municipalities[seed.municipality]!.name;
        const regionId = regionIds.get(neighbourhoodCode(i)) ?? null;
        yield [
          postcodeOf(i),
          place,
          regionId,
          pointWkb(seed.centre),
          DEMO_SOURCE,
          DEMO_LICENCE,
          importId,
        ];
      }
    },
  };
}

/** Products, accounts, orders, lines and payments. */
export function customerLoads(
  accounts: AccountMaker,
  sales: SalesMaker,
  expected: { readonly accounts: number; readonly lines: number },
  importId: number,
): TableLoad[] {
  return [
    productLoad(importId),
    accountLoad(accounts, expected.accounts, importId),
    saleLoad(sales, expected.lines, importId),
    lineLoad(sales, expected.lines),
    paymentLoad(sales, expected.lines, importId),
  ];
}

function productLoad(importId: number): TableLoad {
  return {
    label: 'Products',
    table: {
      name: 'crm.products',
      columns: {
        external_id: 'text',
        name: 'text',
        category: 'text',
        subcategory: 'text',
        unit_price: 'numeric',
        unit_cost: 'numeric',
        import_id: 'bigint',
      },
    },
    count: PRODUCTS.length,
    identity: 'product_id',
    *rows() {
      for (const product of PRODUCTS) {
        const { name, category, subcategory, price, cost } = product;
        yield [`demo-product-${product.id}`, name, category, subcategory, price, cost, importId];
      }
    },
  };
}

function accountLoad(accounts: AccountMaker, count: number, importId: number): TableLoad {
  return {
    label: 'Customers and leads',
    table: {
      name: 'crm.accounts',
      columns: {
        external_id: 'text',
        kind: 'text',
        name: 'text',
        lifecycle: 'text',
        segment: 'text',
        origin: 'text',
        owner_id: 'text',
        email: 'text',
        phone: 'text',
        street: 'text',
        house_number: 'text',
        postcode: 'text',
        city: 'text',
        lead_since: 'date',
        customer_since: 'date',
        former_since: 'date',
        geom: 'geometry',
        placement: 'text',
        placement_source: 'text',
        placement_licence: 'text',
        import_id: 'bigint',
      },
    },
    count,
    identity: 'account_id',
    *rows() {
      for (let id = 1; id <= count; id++) {
        const account = accounts.account(id);
        const { address, point } = account;
        yield [
          `demo-${id}`,
          account.kind,
          account.name,
          account.lifecycle,
          account.segment,
          account.origin,
          account.ownerId,
          account.email,
          account.phone,
          address?.street ?? null,
          address?.houseNumber ?? null,
          address?.postcode ?? null,
          address?.city ?? null,
          account.leadSince,
          account.customerSince,
          account.formerSince,
          point ? pointWkb(point) : null,
          point ? 'exact' : 'not_placed',
          point ? DEMO_SOURCE : null,
          point ? DEMO_LICENCE : null,
          importId,
        ];
      }
    },
  };
}

function saleLoad(sales: SalesMaker, lines: number, importId: number): TableLoad {
  return {
    label: 'Orders',
    table: {
      name: 'crm.sales',
      columns: {
        external_id: 'text',
        account_id: 'bigint',
        ordered_at: 'timestamptz',
        status: 'text',
        channel: 'text',
        import_id: 'bigint',
      },
    },
    count: Math.round(lines / 2.4),
    identity: 'sale_id',
    *rows() {
      for (const sale of sales.sales()) {
        yield [
          saleKey(sale.id),
          sale.accountId,
          sale.orderedAt,
          sale.status,
          sale.channel,
          importId,
        ];
      }
    },
  };
}

const saleKey = (id: number): string => `demo-sale-${id}`;

function lineLoad(sales: SalesMaker, count: number): TableLoad {
  return {
    label: 'Order lines',
    table: {
      name: 'crm.sale_lines',
      columns: {
        sale_id: 'bigint',
        line_number: 'integer',
        product_id: 'bigint',
        quantity: 'numeric',
        revenue: 'numeric',
        cost: 'numeric',
      },
    },
    count,
    identity: null,
    *rows() {
      for (const sale of sales.sales()) {
        for (const [i, line] of sale.lines.entries()) {
          yield [
            sale.id,
            i + 1,
            line.product.id,
            line.quantity,
            line.revenueCents / 100,
            line.costCents / 100,
          ];
        }
      }
    },
  };
}

function paymentLoad(sales: SalesMaker, lines: number, importId: number): TableLoad {
  return {
    label: 'Payments',
    table: {
      name: 'crm.payments',
      columns: {
        sale_external_id: 'text',
        sequence: 'integer',
        sale_id: 'bigint',
        payment_type: 'text',
        installments: 'integer',
        value: 'numeric',
        import_id: 'bigint',
      },
    },
    count: Math.round(lines / 2.4),
    identity: 'payment_id',
    *rows() {
      for (const sale of sales.sales()) {
        for (const [i, payment] of sale.payments.entries()) {
          yield [
            saleKey(sale.id),
            i + 1,
            sale.id,
            payment.type,
            payment.installments,
            payment.cents / 100,
            importId,
          ];
        }
      }
    },
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;

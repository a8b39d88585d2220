/** What a data set holds. */
export type DatasetKind = 'osm' | 'regions' | 'statistics' | 'postcodes' | 'addresses';

/** One file or service of a publisher. */
export type Dataset = {
  readonly id: string;
  readonly kind: DatasetKind;
  readonly title: string;
  /** https address; `{name}` stands for a value of the area. */
  readonly address: string;
  readonly publisher: string;
  readonly licence: string;
  /** What the licence wants to be shown with the data. */
  readonly attribution: string;
  readonly format: string;
  /** Coordinate system of the file; undefined for tables without coordinates. */
  readonly crs?: `EPSG:${number}`;
  /** Name in the cache, where the address has no telling one. */
  readonly saveAs?: string;
  /** Whether it is asked page by page. */
  readonly isPaged?: boolean;
  /** Rough size in megabytes, where the publisher tells it. */
  readonly megabytes?: number;
  readonly notes?: string;
};

/** An import of a data set; `{name}` in options stands for a value of the area. */
export type CatalogueStep = {
  readonly dataset: string;
  readonly import: string;
  readonly options?: Readonly<Record<string, unknown>>;
};

/** A part of a country that can be loaded by its name. */
export type Area = {
  readonly title: string;
  /** Values for the `{name}` in addresses and options. */
  readonly values: Readonly<Record<string, string>>;
};

export type Country = {
  /** ISO 3166-1, lower case: in front of the names of recipes. */
  readonly code: string;
  readonly name: string;
  readonly currency: string;
  /** [west, south, east, north], EPSG:4326. */
  readonly bounds: readonly [number, number, number, number];
  readonly levels: readonly {
    readonly level: number;
    readonly name: string;
    readonly plural: string;
  }[];
  readonly datasets: readonly Dataset[];
  readonly steps: readonly CatalogueStep[];
  /** By the name after the code of the country, for example `utrecht`. */
  readonly areas: Readonly<Record<string, Area>>;
  /** Hosts that the addresses lead on to. */
  readonly furtherHosts?: readonly string[];
};

/** The extract of OpenStreetMap for the areas of a country, as Geofabrik cuts it. */
export function geofabrik(code: string, path: string): Dataset {
  return {
    id: `${code}-osm`,
    kind: 'osm',
    title: 'OpenStreetMap extract of the area',
    address: `https://download.geofabrik.de/${path}-latest.osm.pbf`,
    publisher: 'OpenStreetMap contributors, cut by Geofabrik',
    licence: 'ODbL 1.0',
    attribution: '© OpenStreetMap contributors',
    format: 'OSM PBF',
    crs: 'EPSG:4326',
    notes: 'New every day. Roads, buildings, business zones, places and addresses.',
  };
}

/** Areas whose name is the one in the address, by their titles. */
export function areasNamed(titles: Readonly<Record<string, string>>): Record<string, Area> {
  const entries = Object.entries(titles).map(([osm, title]) => [osm, { title, values: { osm } }]);
  return Object.fromEntries(entries) as Record<string, Area>;
}

import { areasNamed, geofabrik, type Country } from '../country.js';

const cbs = {
  publisher: 'CBS, Kadaster',
  licence: 'CC BY 4.0',
  attribution: 'Source: CBS/Kadaster',
} as const;

const divisions =
  'https://service.pdok.nl/cbs/gebiedsindelingen/2025/wfs/v1_0?request=GetFeature&service=WFS' +
  '&version=2.0.0&outputFormat=application/json&srsName=EPSG:4326&typeName=gebiedsindelingen:';

/** The Netherlands, a province at a time. */
export const netherlands: Country = {
  code: 'nl',
  name: 'Netherlands',
  currency: 'EUR',
  bounds: [3.2, 50.7, 7.3, 53.7],
  levels: [
    { level: 1, name: 'Province', plural: 'Provinces' },
    { level: 2, name: 'Municipality', plural: 'Municipalities' },
    { level: 3, name: 'District', plural: 'Districts' },
  ],
  datasets: [
    geofabrik('nl', 'europe/netherlands/{osm}'),
    {
      ...cbs,
      id: 'nl-provinces',
      kind: 'regions',
      title: 'Provinces 2025, generalised',
      address: `${divisions}provincie_gegeneraliseerd`,
      format: 'GeoJSON (WFS)',
      crs: 'EPSG:4326',
      saveAs: 'provinces.geojson',
      notes: '12 provinces; columns statcode, statnaam.',
    },
    {
      ...cbs,
      id: 'nl-municipalities',
      kind: 'regions',
      title: 'Municipalities 2025, generalised',
      address: `${divisions}gemeente_gegeneraliseerd`,
      format: 'GeoJSON (WFS)',
      crs: 'EPSG:4326',
      saveAs: 'municipalities.geojson',
      notes: '342 municipalities; columns statcode, statnaam.',
    },
    {
      ...cbs,
      id: 'nl-districts',
      kind: 'statistics',
      title: 'Districts and neighbourhoods 2024 with key figures',
      address: 'https://geodata.cbs.nl/files/Wijkenbuurtkaart/WijkBuurtkaart_2024_v2.zip',
      format: 'GeoPackage in a ZIP, layers gemeenten, wijken, buurten',
      crs: 'EPSG:28992',
      megabytes: 104,
      notes:
        'Shapes of water carry the code of their region once more: the recipe leaves them out. ' +
        'Figures that CBS keeps secret are negative and left out.',
    },
    {
      ...cbs,
      id: 'nl-addresses',
      kind: 'addresses',
      title: 'Addresses and buildings (BAG), light extract',
      address: 'https://service.pdok.nl/lv/bag/atom/downloads/bag-light.gpkg',
      publisher: 'Kadaster',
      licence: 'Public domain',
      attribution: 'Kadaster, BAG',
      format: 'GeoPackage, layers verblijfsobject, pand and others',
      crs: 'EPSG:28992',
      megabytes: 7000,
      notes: 'The whole country: not part of a recipe, as its size outgrows the embedded engine.',
    },
  ],
  steps: [
    {
      dataset: 'nl-provinces',
      import: 'regions',
      options: { level: 1, code: 'statcode', name: 'statnaam' },
    },
    {
      dataset: 'nl-municipalities',
      import: 'regions',
      options: { level: 2, code: 'statcode', name: 'statnaam' },
    },
    {
      dataset: 'nl-districts',
      import: 'regions',
      options: {
        layer: 'wijken',
        level: 3,
        code: 'wijkcode',
        name: 'wijknaam',
        parent: 'gemeentecode',
        where: { water: 'NEE' },
        statistics: { population: 'aantal_inwoners', households: 'aantal_huishoudens' },
      },
    },
    { dataset: 'nl-osm', import: 'osm' },
  ],
  areas: areasNamed({
    drenthe: 'Drenthe',
    flevoland: 'Flevoland',
    friesland: 'Friesland',
    gelderland: 'Gelderland',
    groningen: 'Groningen',
    limburg: 'Limburg',
    'noord-brabant': 'Noord-Brabant',
    'noord-holland': 'Noord-Holland',
    overijssel: 'Overijssel',
    utrecht: 'Utrecht',
    zeeland: 'Zeeland',
    'zuid-holland': 'Zuid-Holland',
  }),
};

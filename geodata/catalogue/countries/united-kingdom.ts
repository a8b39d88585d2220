import { geofabrik, type Area, type Country } from '../country.js';

const area = (title: string, osm: string): Area => ({ title, values: { osm } });

/** The United Kingdom, an English county at a time. */
export const unitedKingdom: Country = {
  code: 'gb',
  name: 'United Kingdom',
  currency: 'GBP',
  bounds: [-8.7, 49.8, 1.8, 60.9],
  levels: [{ level: 1, name: 'Local authority', plural: 'Local authorities' }],
  datasets: [
    geofabrik('gb', 'europe/united-kingdom/england/{osm}'),
    {
      id: 'gb-authorities',
      kind: 'regions',
      title: 'Local authority districts, May 2024, generalised to 20 m',
      address:
        'https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services/' +
        'Local_Authority_Districts_May_2024_Boundaries_UK_BGC/FeatureServer/0/query' +
        '?where=1%3D1&outFields=LAD24CD,LAD24NM&outSR=4326&f=geojson',
      publisher: 'Office for National Statistics',
      licence: 'Open Government Licence v3.0',
      attribution:
        'Office for National Statistics; contains OS data © Crown copyright and database right 2024',
      format: 'GeoJSON (ArcGIS feature service)',
      crs: 'EPSG:4326',
      saveAs: 'authorities.geojson',
      isPaged: true,
      notes: 'Columns LAD24CD, LAD24NM.',
    },
    {
      id: 'gb-postcodes',
      kind: 'postcodes',
      title: 'Code-Point Open',
      address:
        'https://api.os.uk/downloads/v1/products/CodePointOpen/downloads?area=GB&format=CSV&redirect',
      publisher: 'Ordnance Survey',
      licence: 'Open Government Licence v3.0',
      attribution: 'Contains OS data © Crown copyright and database right 2024',
      format: 'CSV without a heading, a file for each area of postcodes, in a ZIP',
      crs: 'EPSG:27700',
      saveAs: 'codepo_gb.zip',
      notes: 'Its files name no columns: give them a heading and import them by hand.',
    },
  ],
  steps: [
    {
      dataset: 'gb-authorities',
      import: 'regions',
      options: { level: 1, code: 'LAD24CD', name: 'LAD24NM' },
    },
    { dataset: 'gb-osm', import: 'osm' },
  ],
  areas: {
    'greater-london': area('Greater London', 'greater-london'),
    'greater-manchester': area('Greater Manchester', 'greater-manchester'),
    lancashire: area('Lancashire', 'lancashire'),
    devon: area('Devon', 'devon'),
    northumberland: area('Northumberland', 'northumberland'),
    suffolk: area('Suffolk', 'suffolk'),
  },
};

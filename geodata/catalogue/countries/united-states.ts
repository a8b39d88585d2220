import { geofabrik, type Area, type Country } from '../country.js';

const census = {
  publisher: 'U.S. Census Bureau',
  licence: 'Public domain',
  attribution: 'U.S. Census Bureau',
} as const;

const shapes = 'https://www2.census.gov/geo/tiger/GENZ2023/shp/cb_2023_us';

const area = (title: string, osm: string): Area => ({ title, values: { osm } });

/** The United States, a state at a time. */
export const unitedStates: Country = {
  code: 'us',
  name: 'United States',
  currency: 'USD',
  bounds: [-179.3, -14.7, 179.9, 71.6],
  levels: [
    { level: 1, name: 'State', plural: 'States' },
    { level: 2, name: 'County', plural: 'Counties' },
  ],
  datasets: [
    geofabrik('us', 'north-america/us/{osm}'),
    {
      ...census,
      id: 'us-states',
      kind: 'regions',
      title: 'States 2023, 1:500,000',
      address: `${shapes}_state_500k.zip`,
      format: 'Shapefile in a ZIP',
      crs: 'EPSG:4269',
      notes: 'Columns GEOID, NAME.',
    },
    {
      ...census,
      id: 'us-counties',
      kind: 'regions',
      title: 'Counties 2023, 1:500,000',
      address: `${shapes}_county_500k.zip`,
      format: 'Shapefile in a ZIP',
      crs: 'EPSG:4269',
      notes: 'Columns GEOID, NAME, STATEFP.',
    },
    {
      ...census,
      id: 'us-population',
      kind: 'statistics',
      title: 'Population estimates of the counties 2020 to 2023',
      address:
        'https://www2.census.gov/programs-surveys/popest/datasets/2020-2023/counties/totals/' +
        'co-est2023-alldata.csv',
      format: 'CSV, Latin-1',
      notes:
        'Columns STATE, COUNTY, POPESTIMATE2023. Its rows of whole states are told as rejected.',
    },
    {
      ...census,
      id: 'us-postcodes',
      kind: 'postcodes',
      title: 'ZIP code tabulation areas 2023, with their points',
      address:
        'https://www2.census.gov/geo/docs/maps-data/data/gazetteer/2023_Gazetteer/' +
        '2023_Gaz_zcta_national.zip',
      format: 'Tab-separated text in a ZIP',
      crs: 'EPSG:4269',
      notes: 'Columns GEOID, INTPTLAT, INTPTLONG.',
    },
  ],
  steps: [
    { dataset: 'us-states', import: 'regions', options: { level: 1, code: 'GEOID', name: 'NAME' } },
    {
      dataset: 'us-counties',
      import: 'regions',
      options: { level: 2, code: 'GEOID', name: 'NAME', parent: 'STATEFP' },
    },
    {
      dataset: 'us-population',
      import: 'region-stats',
      options: {
        level: 2,
        code: '{STATE}{COUNTY}',
        encoding: 'latin1',
        statistics: { population: 'POPESTIMATE2023' },
      },
    },
    {
      dataset: 'us-postcodes',
      import: 'postcodes',
      options: { map: { columns: { postcode: 'GEOID', lat: 'INTPTLAT', lon: 'INTPTLONG' } } },
    },
    { dataset: 'us-osm', import: 'osm' },
  ],
  areas: {
    'rhode-island': area('Rhode Island', 'rhode-island'),
    delaware: area('Delaware', 'delaware'),
    vermont: area('Vermont', 'vermont'),
    massachusetts: area('Massachusetts', 'massachusetts'),
    'new-york': area('New York', 'new-york'),
    colorado: area('Colorado', 'colorado'),
  },
};

import { geofabrik, type Area, type Country } from '../country.js';

const table = {
  publisher: 'IBGE, collected by kelvins/municipios-brasileiros',
  licence: 'MIT',
  attribution: 'IBGE',
  format: 'CSV',
} as const;

const shape = {
  publisher: 'IBGE',
  licence: 'Open, name the source',
  attribution: 'IBGE',
  format: 'GeoJSON (API)',
  crs: 'EPSG:4326',
} as const;

const meshes = 'https://servicodados.ibge.gov.br/api/v3/malhas';
const asGeojson = 'formato=application/vnd.geo%2Bjson&qualidade=intermediaria&intrarregiao=';
const tables = 'https://raw.githubusercontent.com/kelvins/municipios-brasileiros/main/csv';

const area = (title: string, osm: string, state: string): Area => ({
  title,
  values: { osm, state },
});

/** Brazil, a state at a time; the extract of OpenStreetMap is that of the state's macro-region. */
export const brazil: Country = {
  code: 'br',
  name: 'Brazil',
  currency: 'BRL',
  bounds: [-74.1, -33.8, -28.8, 5.3],
  levels: [
    { level: 1, name: 'State', plural: 'States' },
    { level: 2, name: 'Municipality', plural: 'Municipalities' },
  ],
  datasets: [
    geofabrik('br', 'south-america/brazil/{osm}'),
    {
      ...table,
      id: 'br-states',
      kind: 'regions',
      title: 'Names of the states',
      address: `${tables}/estados.csv`,
      notes: 'Columns codigo_uf, uf, nome.',
    },
    {
      ...shape,
      id: 'br-state-shapes',
      kind: 'regions',
      title: 'Shapes of the states',
      address: `${meshes}/paises/BR?${asGeojson}UF`,
      saveAs: 'states.geojson',
      notes: 'Column codarea; no names.',
    },
    {
      ...table,
      id: 'br-municipalities',
      kind: 'regions',
      title: 'Names of the municipalities',
      address: `${tables}/municipios.csv`,
      notes: 'Columns codigo_ibge, nome; no inhabitants.',
    },
    {
      ...shape,
      id: 'br-municipality-shapes',
      kind: 'regions',
      title: 'Shapes of the municipalities of the state',
      address: `${meshes}/estados/{state}?${asGeojson}municipio`,
      saveAs: 'municipalities.geojson',
      notes: 'Column codarea; no names.',
    },
  ],
  steps: [
    {
      dataset: 'br-states',
      import: 'regions',
      options: { level: 1, code: 'codigo_uf', name: 'nome' },
    },
    { dataset: 'br-state-shapes', import: 'regions', options: { level: 1, code: 'codarea' } },
    {
      dataset: 'br-municipalities',
      import: 'regions',
      options: { level: 2, code: 'codigo_ibge', name: 'nome', parent: '{codigo_ibge:2}' },
    },
    {
      dataset: 'br-municipality-shapes',
      import: 'regions',
      options: { level: 2, code: 'codarea', parent: '{codarea:2}' },
    },
    { dataset: 'br-osm', import: 'osm' },
  ],
  areas: {
    'sao-paulo': area('São Paulo', 'sudeste', '35'),
    'rio-de-janeiro': area('Rio de Janeiro', 'sudeste', '33'),
    'minas-gerais': area('Minas Gerais', 'sudeste', '31'),
    'rio-grande-do-sul': area('Rio Grande do Sul', 'sul', '43'),
    parana: area('Paraná', 'sul', '41'),
    bahia: area('Bahia', 'nordeste', '29'),
  },
};

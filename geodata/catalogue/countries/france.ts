import { geofabrik, type Area, type Country } from '../country.js';

const etalab = {
  publisher: 'Etalab, IGN',
  licence: 'Licence Ouverte 2.0',
  attribution: 'Etalab, IGN, INSEE',
} as const;

const contours = 'https://etalab-datasets.geo.data.gouv.fr/contours-administratifs/2025/geojson';

const area = (title: string, osm: string, department: string): Area => ({
  title,
  values: { osm, department },
});

/** France, a department at a time. */
export const france: Country = {
  code: 'fr',
  name: 'France',
  currency: 'EUR',
  bounds: [-5.3, 41.2, 9.7, 51.2],
  levels: [
    { level: 1, name: 'Region', plural: 'Regions' },
    { level: 2, name: 'Department', plural: 'Departments' },
    { level: 3, name: 'Municipality', plural: 'Municipalities' },
  ],
  datasets: [
    geofabrik('fr', 'europe/france/{osm}'),
    {
      ...etalab,
      id: 'fr-regions',
      kind: 'regions',
      title: 'Regions 2025, to 100 m',
      address: `${contours}/regions-100m.geojson`,
      format: 'GeoJSON',
      crs: 'EPSG:4326',
      notes: 'Columns code, nom.',
    },
    {
      ...etalab,
      id: 'fr-departments',
      kind: 'regions',
      title: 'Departments 2025, to 100 m',
      address: `${contours}/departements-100m.geojson`,
      format: 'GeoJSON',
      crs: 'EPSG:4326',
      notes: 'Columns code, nom, region.',
    },
    {
      ...etalab,
      id: 'fr-municipalities',
      kind: 'statistics',
      title: 'Municipalities of the department with inhabitants',
      address:
        'https://geo.api.gouv.fr/communes?codeDepartement={department}' +
        '&fields=nom,code,population,codeDepartement&format=geojson&geometry=contour',
      publisher: 'Etalab, INSEE',
      format: 'GeoJSON (API)',
      crs: 'EPSG:4326',
      saveAs: 'municipalities.geojson',
      notes: 'Columns code, nom, population, codeDepartement.',
    },
    {
      id: 'fr-addresses',
      kind: 'addresses',
      title: 'Base Adresse Nationale of the department',
      address:
        'https://adresse.data.gouv.fr/data/ban/adresses/latest/csv/adresses-{department}.csv.gz',
      publisher: 'IGN, DINUM, municipalities',
      licence: 'Licence Ouverte 2.0',
      attribution: 'Base Adresse Nationale',
      format: 'CSV, gzipped, semicolons',
      crs: 'EPSG:4326',
    },
    {
      id: 'fr-postcodes',
      kind: 'postcodes',
      title: 'Official postcodes',
      address:
        'https://datanova.laposte.fr/data-fair/api/v1/datasets/laposte-hexasmal/' +
        'metadata-attachments/base-officielle-codes-postaux.csv',
      publisher: 'La Poste',
      licence: 'Licence Ouverte 2.0',
      attribution: 'La Poste',
      format: 'CSV',
      crs: 'EPSG:4326',
      notes:
        'A row for each municipality of a postcode, with both coordinates in one column: not part of the ' +
        'recipe, as the addresses bring the postcodes with them.',
    },
  ],
  steps: [
    {
      dataset: 'fr-regions',
      import: 'regions',
      options: { level: 1, code: 'R{code}', name: 'nom' },
    },
    {
      dataset: 'fr-departments',
      import: 'regions',
      options: { level: 2, code: 'code', name: 'nom', parent: 'R{region}' },
    },
    {
      dataset: 'fr-municipalities',
      import: 'regions',
      options: {
        level: 3,
        code: 'code',
        name: 'nom',
        parent: 'codeDepartement',
        statistics: { population: 'population' },
      },
    },
    { dataset: 'fr-osm', import: 'osm' },
    {
      dataset: 'fr-addresses',
      import: 'addresses',
      options: {
        map: {
          columns: {
            key: 'id',
            street: 'nom_voie',
            house_number: 'numero',
            suffix: 'rep',
            postcode: 'code_postal',
            city: 'nom_commune',
            lon: 'lon',
            lat: 'lat',
          },
        },
      },
    },
  ],
  areas: {
    'corse-du-sud': area('Corse-du-Sud', 'corse', '2A'),
    'haute-corse': area('Haute-Corse', 'corse', '2B'),
    paris: area('Paris', 'ile-de-france', '75'),
    'bas-rhin': area('Bas-Rhin', 'alsace', '67'),
    nord: area('Nord', 'nord-pas-de-calais', '59'),
    rhone: area('Rhône', 'rhone-alpes', '69'),
  },
};

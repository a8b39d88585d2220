import {
  areasNamed,
  geofabrik,
  type CatalogueStep,
  type Country,
  type Dataset,
} from '../country.js';

function boundaries(level: number, title: string): Dataset {
  return {
    id: `be-adm${level}`,
    kind: 'regions',
    title,
    address:
      'https://github.com/wmgeolab/geoBoundaries/raw/9469f09/releaseData/gbOpen/BEL/' +
      `ADM${level}/geoBoundaries-BEL-ADM${level}.geojson`,
    publisher: 'geoBoundaries',
    licence: 'CC BY 4.0',
    attribution: 'geoBoundaries (Runfola et al. 2020)',
    format: 'GeoJSON',
    crs: 'EPSG:4326',
    notes:
      'Columns shapeID, shapeName. Kept in the large file storage that the address leads on to.',
  };
}

const step = (level: number, dataset: string): CatalogueStep => ({
  dataset,
  import: 'regions',
  options: { level, code: 'shapeID', name: 'shapeName' },
});

/** Belgium as a whole. */
export const belgium: Country = {
  code: 'be',
  name: 'Belgium',
  currency: 'EUR',
  bounds: [2.5, 49.4, 6.5, 51.6],
  levels: [
    { level: 1, name: 'Region', plural: 'Regions' },
    { level: 2, name: 'Province', plural: 'Provinces' },
  ],
  datasets: [
    geofabrik('be', 'europe/{osm}'),
    boundaries(1, 'Regions'),
    boundaries(2, 'Provinces'),
    {
      id: 'be-sectors',
      kind: 'regions',
      title: 'Statistical sectors 2023',
      address:
        'https://statbel.fgov.be/sites/default/files/files/opendata/Statistische%20sectoren/' +
        'sh_statbel_statistical_sectors_3812_20230101.geojson.zip',
      publisher: 'Statbel',
      licence: 'CC BY 4.0',
      attribution: 'Statbel (Directorate-general Statistics – Statistics Belgium)',
      format: 'GeoJSON in a ZIP',
      crs: 'EPSG:3812',
      notes: 'Some 20,000 sectors below the municipalities; not part of the recipe.',
    },
  ],
  steps: [step(1, 'be-adm1'), step(2, 'be-adm2'), { dataset: 'be-osm', import: 'osm' }],
  areas: areasNamed({ belgium: 'Belgium' }),
  furtherHosts: ['raw.githubusercontent.com', 'media.githubusercontent.com'],
};

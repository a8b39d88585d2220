import { areasNamed, geofabrik, type CatalogueStep, type Country } from '../country.js';

const step = (level: number, layer: string, length: number): CatalogueStep => ({
  dataset: 'de-regions',
  import: 'regions',
  options: {
    layer,
    level,
    code: `{AGS:${length}}`,
    name: 'GEN',
    where: { GF: 4 },
    ...(level === 1 ? {} : { parent: level === 2 ? '{AGS:2}' : '{AGS:5}' }),
    ...(level === 3 ? { statistics: { population: 'EWZ' } } : {}),
  },
});

/** Germany, a state at a time. */
export const germany: Country = {
  code: 'de',
  name: 'Germany',
  currency: 'EUR',
  bounds: [5.8, 47.2, 15.1, 55.1],
  levels: [
    { level: 1, name: 'State', plural: 'States' },
    { level: 2, name: 'District', plural: 'Districts' },
    { level: 3, name: 'Municipality', plural: 'Municipalities' },
  ],
  datasets: [
    geofabrik('de', 'europe/germany/{osm}'),
    {
      id: 'de-regions',
      kind: 'regions',
      title: 'Administrative areas 1:250,000 with inhabitants (VG250-EW), end of 2024',
      address:
        'https://daten.gdz.bkg.bund.de/produkte/vg/vg250-ew_ebenen_1231/2024/' +
        'vg250-ew_12-31.utm32s.gpkg.ebenen.zip',
      publisher: 'Bundesamt für Kartographie und Geodäsie',
      licence: 'dl-de/by-2-0',
      attribution: '© GeoBasis-DE / BKG (2024)',
      format: 'GeoPackage in a ZIP, layers vg250_lan, vg250_krs, vg250_gem',
      crs: 'EPSG:25832',
      notes:
        'Water within a state or municipality is a shape of its own with the same code: the recipe leaves it ' +
        'out. Columns AGS, GEN, EWZ (inhabitants), GF (4 is land).',
    },
  ],
  steps: [
    step(1, 'vg250_lan', 2),
    step(2, 'vg250_krs', 5),
    step(3, 'vg250_gem', 8),
    { dataset: 'de-osm', import: 'osm' },
  ],
  areas: areasNamed({
    'baden-wuerttemberg': 'Baden-Württemberg',
    bayern: 'Bavaria',
    berlin: 'Berlin',
    brandenburg: 'Brandenburg',
    bremen: 'Bremen',
    hamburg: 'Hamburg',
    hessen: 'Hesse',
    'mecklenburg-vorpommern': 'Mecklenburg-Western Pomerania',
    niedersachsen: 'Lower Saxony',
    'nordrhein-westfalen': 'North Rhine-Westphalia',
    'rheinland-pfalz': 'Rhineland-Palatinate',
    saarland: 'Saarland',
    sachsen: 'Saxony',
    'sachsen-anhalt': 'Saxony-Anhalt',
    'schleswig-holstein': 'Schleswig-Holstein',
    thueringen: 'Thuringia',
  }),
};

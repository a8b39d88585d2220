import type { Fields } from '../mapping/field.js';

const codeSynonyms = [
  'region_code',
  'statcode',
  'gemeentecode',
  'postcode',
  'nuts_id',
  'nuts_code',
  'geoid',
  'fips',
  'ags',
  'insee',
  'cd_mun',
  'geocodigo',
  'identificatie',
  'id',
  'fid',
];

const nameSynonyms = [
  'statnaam',
  'naam',
  'nome',
  'nom',
  'gen',
  'nm_mun',
  'nuts_name',
  'label',
  'bezeichnung',
];

const text = (synonyms: readonly string[] = []) => ({ type: 'text', synonyms }) as const;
const needed = (synonyms: readonly string[] = []) => ({ ...text(synonyms), required: true });

const featureKey = needed(['osm_id', '@id', 'id', 'source_key', 'identificatie', 'gml_id', 'fid']);

/**
 * Options of importers that name a column, with the names under which such columns are known: on a screen they
 * are columns to choose, as the fields of a mapping are.
 */
export const columnOptions: Readonly<Record<string, Fields>> = {
  regions: {
    code: needed(codeSynonyms),
    name: text(nameSynonyms),
    parent: text(['parent_code', 'parent_id', 'provincie', 'provincie_code', 'province', 'state']),
  },
  'region-stats': { code: needed(codeSynonyms) },
  'postcode-ranges': {
    region: needed(['region_code', 'code', 'municipality_code', 'gemeentecode', 'codigo']),
    first: text(['first_postcode', 'from', 'start', 'van', 'inicio', 'cep_inicial', 'de', 'von']),
    last: text(['last_postcode', 'to', 'end', 'tot', 'fim', 'cep_final', 'bis']),
    ranges: text(['postcode_ranges', 'faixas', 'faixa_de_cep']),
  },
  roads: { key: featureKey },
  buildings: { key: featureKey },
  'business-zones': {
    key: featureKey,
    class: text(['zone_class', 'zoning', 'bestemming', 'zone_type', 'hoofdgroep', 'zona']),
    name: text(nameSynonyms),
  },
  dwellings: {
    key: needed(['identificatie', 'identifica', 'unit_id', 'uprn', 'id', 'vbo_id']),
    building: text(['building_id', 'pand', 'pand_id', 'pandidentificatie', 'pandidenti']),
    use: text(['gebruiksdoel', 'usage', 'nutzung', 'uso', 'gebruiksdo']),
    status: text(['state', 'stand']),
    floorArea: text(['floor_area', 'oppervlakte', 'area_m2', 'surface', 'oppervlakt']),
    year: text(['year_built', 'bouwjaar', 'construction_year', 'baujahr']),
    lon: text(['lng', 'long', 'longitude', 'x']),
    lat: text(['latitude', 'y']),
  },
};

/** Statistics of regions that have a column of their own, with the names of their columns in files. */
export const statisticFields: Fields = {
  population: {
    type: 'number',
    synonyms: [
      'inhabitants',
      'pop',
      'aantal_inwoners',
      'inwoners',
      'populacao',
      'bevolking',
      'einwohner',
      'population_totale',
      'total',
    ],
  },
  households: {
    type: 'number',
    synonyms: ['aantal_huishoudens', 'huishoudens', 'domicilios', 'menages', 'haushalte'],
  },
  dwellings: {
    type: 'number',
    synonyms: ['woningen', 'woningvoorraad', 'aantal_woningen', 'housing_units', 'logements'],
  },
  income: {
    type: 'number',
    synonyms: ['median_income', 'inkomen', 'renda', 'revenu', 'einkommen', 'avg_income'],
  },
  dwelling_value: { type: 'number', synonyms: ['woz', 'woz_waarde', 'house_value', 'home_value'] },
};

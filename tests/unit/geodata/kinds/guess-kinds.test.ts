import { describe, expect, it } from 'vitest';
import { detectColumns } from '../../../../geodata/detect/column-formats.js';
import { guessKinds } from '../../../../geodata/kinds/guess-kinds.js';
import { importKinds } from '../../../../geodata/kinds/import-kinds.js';
import type { SourceRow } from '../../../../geodata/readers/source-row.js';

/** Guesses for a table with this header and rows, separated by `|`. */
function guess(header: string, rows: readonly string[], types?: readonly string[]) {
  const names = header.split('|');
  const sample = rows.map((text, index): SourceRow => {
    const values = text.split('|').map((value, at): [string, string] => [names[at] ?? '', value]);
    return { line: index + 2, values: Object.fromEntries(values) };
  });
  const geometry = types ? { geometry: { types } } : {};
  return guessKinds({ columns: detectColumns(sample), ...geometry }, sample);
}

const columnsOf = (found: ReturnType<typeof guess>, kind: string) =>
  Object.fromEntries(
    Object.entries(found.suggestions[kind] ?? {}).map(([field, { column }]) => [field, column]),
  );

describe('the guess of what a file holds', () => {
  it.each([
    ['accounts', 'klantnummer|naam|woonplaats', ['1|Jan|Delft', '2|Piet|Breda']],
    ['accounts', 'ID|LEGAL NAME|ADDRESS|CITY', ['7|A|Main St 1|Chicago', '8|B|Main St 2|Chicago']],
    ['accounts', 'customer_id|customer_zip_code_prefix', ['a|14409', 'b|9790']],
    ['leads', 'mql_id|first_contact_date|origin', ['a|2018-02-01|social', 'b|2018-02-02|paid']],
    ['sales', 'order_id|customer_id|order_purchase_timestamp', ['a|c|2017-10-02 10:56:33']],
    ['sales', 'Order ID|Order Date|Customer ID|Sales', ['CA-1|11/18/2019|CG-1|261.96']],
    ['payments', 'order_id|payment_type|payment_value', ['a|credit_card|99.33']],
    ['products', 'product_id|product_category_name', ['a|perfumaria', 'b|arte']],
    ['postcodes', 'postcode|woonplaats|latitude|longitude', ['1000|Amsterdam|52.3362|4.8694']],
    ['postcode-ranges', 'code|first_postcode|last_postcode', ['GM1|1000|1099']],
    ['addresses', 'street|housenumber|lat|lon', ['Kerkstraat|3|52.0601|5.0773']],
    ['settlements', 'geoname_id|name|population|lat|lon', ['3|El Tarter|1052|42.57952|1.65362']],
    ['dwellings', 'identificatie|gebruiksdoel|oppervlakte', ['02|woonfunctie|80']],
    ['region-stats', 'statcode|inwoners', ['GM0014|234950', 'GM0034|217828']],
  ])('is %s for %s', (kind, header, rows) => {
    expect(guess(header, rows).guesses[0]?.kind).toBe(kind);
  });

  it.each([
    ['regions', 'code|name', 'GM1|Delft', 'MultiPolygon'],
    ['buildings', 'osm_id|building', '1|yes', 'Polygon'],
    ['business-zones', 'zone_class|zone_type', 'M1|3', 'MultiPolygon'],
    ['roads', 'osm_id|highway', '1|primary', 'LineString'],
  ])('is %s by shapes and columns', (kind, header, row, type) => {
    expect(guess(header, [row], [type]).guesses[0]?.kind).toBe(kind);
  });

  it('says which columns speak for it', () => {
    const [first] = guess('klantnummer|naam', ['1|Jan', '2|Piet']).guesses;
    expect(first?.because).toEqual(['klantnummer', 'naam']);
  });

  it('is nothing where nothing speaks for anything', () => {
    expect(guess('p|q', ['x|y', 'z|w']).guesses).toEqual([]);
  });
});

describe('columns proposed for fields', () => {
  it('are found by words within a name and by their values', () => {
    const found = guess('seller_id|seller_zip_code_prefix|contact|a|b', [
      's1|13023|ann@example.org|-46.633412|-23.550212',
      's2|20031|ben@example.org|-43.179133|-22.912345',
    ]);
    expect(found.suggestions['accounts']).toMatchObject({
      external_id: { column: 'seller_id', by: 'words' },
      postcode: { column: 'seller_zip_code_prefix', by: 'words' },
      email: { column: 'contact', by: 'values' },
      lon: { column: 'a', by: 'values' },
      lat: { column: 'b', by: 'values' },
    });
  });

  it('are never of the wrong kind of value', () => {
    const found = guess('product_id|product_name_lenght|price', ['a|40|cheap', 'b|44|dear']);
    expect(columnsOf(found, 'products')).toEqual({ external_id: 'product_id' });
  });

  it('serve one field each', () => {
    for (const { name } of importKinds) {
      const columns = Object.values(columnsOf(guess('id|code|name|postcode', ['1|a|b|c']), name));
      expect(new Set(columns).size).toBe(columns.length);
    }
  });
});

describe('the kinds of import', () => {
  it('offer no option that names a file of the server or lifts a limit', () => {
    const offered = importKinds.flatMap(({ options }) => options.map(({ name }) => name));
    expect(offered).not.toEqual(expect.arrayContaining(['map']));
    for (const name of ['map', 'lines', 'linesMap', 'maxUnpacked'])
      expect(offered).not.toContain(name);
  });

  it('describe their options for a form', () => {
    const regions = importKinds.find(({ name }) => name === 'regions');
    expect(regions?.options).toContainEqual(
      expect.objectContaining({ name: 'level', type: 'text', required: true }),
    );
    expect(regions?.options).toContainEqual(
      expect.objectContaining({
        name: 'parentMatch',
        type: 'choice',
        choices: ['code', 'name'],
        default: 'code',
      }),
    );
    expect(regions?.placeOf).toMatchObject({ code: 'option', population: 'statistics' });
  });
});

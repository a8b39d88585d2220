import { describe, expect, it } from 'vitest';
import { accountFields } from '../../../geodata/importers/account-fields.js';
import { suggestColumns } from '../../../geodata/mapping/suggest-columns.js';

const rowWith = (...columns: string[]) =>
  Object.fromEntries(columns.map((column) => [column, 'x']));

describe('suggestColumns', () => {
  it.each([
    [
      'English',
      ['Customer ID', 'Name', 'ZIP code', 'City', 'Phone number', 'Latitude', 'Longitude'],
    ],
    [
      'Dutch',
      ['Klantnummer', 'Naam', 'Postcode', 'Woonplaats', 'Telefoon', 'Breedtegraad', 'Lengtegraad'],
    ],
    [
      'Portuguese',
      ['codigo_cliente', 'Nome', 'CEP', 'Município', 'Telefone', 'Latitude', 'Longitude'],
    ],
    [
      'French',
      ['Numéro client', 'Nom', 'Code postal', 'Ville', 'Téléphone', 'Latitude', 'Longitude'],
    ],
    ['German', ['Kundennummer', 'Firma', 'PLZ', 'Ort', 'Telefon', 'Breitengrad', 'Längengrad']],
  ])('finds the fields of an account in %s', (_language, columns) => {
    const [external_id, name, postcode, city, phone, lat, lon] = columns;
    expect(suggestColumns(accountFields, rowWith(...columns))).toEqual({
      ...{ external_id, name, postcode, city, phone, lat, lon },
    });
  });

  it('looks into nested properties and uses no column twice', () => {
    const values = { id: 1, adres: { adres: 'Dam 1', postcode: '1012AB', plaats: 'Amsterdam' } };
    expect(suggestColumns(accountFields, values)).toEqual({
      external_id: 'id',
      street: 'adres.adres',
      postcode: 'adres.postcode',
      city: 'adres.plaats',
    });
  });
});

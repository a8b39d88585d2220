import type { Fields } from '../mapping/field.js';

/** Longitude and latitude in degrees, EPSG:4326. */
export const coordinateFields: Fields = {
  lon: {
    type: 'number',
    synonyms: ['lng', 'long', 'longitude', 'x', 'lengtegraad', 'laengengrad', 'längengrad'],
  },
  lat: { type: 'number', synonyms: ['latitude', 'y', 'breedtegraad', 'breitengrad'] },
};

export const postcodeSynonyms = [
  'postal_code',
  'post_code',
  'zip',
  'zip_code',
  'zipcode',
  'postnummer',
  'cep',
  'codigo_postal',
  'code_postal',
  'cp',
  'plz',
  'postleitzahl',
] as const;

export const citySynonyms = [
  'place',
  'town',
  'municipality',
  'plaats',
  'woonplaats',
  'gemeente',
  'stad',
  'cidade',
  'municipio',
  'localidade',
  'ville',
  'commune',
  'stadt',
  'ort',
] as const;

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countryNamed } from '../../../../geodata/geocoding/countries.js';
import { editDistance, formsOf, nameLikeness } from '../../../../geodata/geocoding/likeness.js';
import { toKey, toPlain, toPostcodeKey } from '../../../../geodata/geocoding/normalise.js';
import { wordQueries } from '../../../../geodata/geocoding/query-words.js';

const likenessOf = (a: string, b: string) => nameLikeness(formsOf(toPlain(a)), formsOf(toPlain(b)));

describe('the compared form of a name', () => {
  it.each([
    ['Hauptstr.', 'Hauptstraße'],
    ['Rembrandtpln', 'Rembrandtplein'],
    ['Av. Brasil', 'Avenida Brasil'],
    ['12 High St', '12 High Street'],
    ['R. Augusta', 'Rua Augusta'],
    ['Bd Saint-Michel', 'Boulevard St. Michel'],
    ['Burg. Reigerstraat', 'burgemeester reigerstr'],
    ['Prinses Irenelaan', 'PRINSES IRENELN'],
  ])('is the same for %j and %j', (a, b) => expect(toKey(toPlain(a))).toBe(toKey(toPlain(b))));

  it('is its own form, and has neither accents nor signs', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const plain = toPlain(text);
        expect(toPlain(plain)).toBe(plain);
        expect(plain).not.toMatch(/[\p{M}'",;&|!:*()<>\\]/u);
      }),
    );
  });

  it('of a postcode has letters and digits only', () => {
    expect(toPostcodeKey('3437 PJ')).toBe('3437pj');
    expect(toPostcodeKey('01310-100')).toBe('01310100');
  });

  it('knows countries in several languages', () => {
    expect(countryNamed('Koninkrijk der Nederlanden')).toBe('NL');
    expect(countryNamed('België')).toBe('BE');
    expect(countryNamed('Brasil')).toBe('BR');
    expect(countryNamed('Amsterdam')).toBeUndefined();
  });
});

describe('likeness', () => {
  it('counts a swap of neighbours as one edit', () => {
    expect(editDistance('lekstraat', 'lkestraat')).toBe(1);
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('', 'abc')).toBe(3);
  });

  it('is symmetric and bounded', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });

  it('does not take one number for another', () => {
    expect(likenessOf('1e Dwarsstraat', '2e Dwarsstraat')).toBeLessThan(0.7);
    expect(likenessOf('Johnny Jordaan plein', 'Johnny Jordaanplein')).toBe(0.99);
    expect(likenessOf('Galecoperzoom', 'Galecopperzoom')).toBeGreaterThan(0.9);
  });
});

describe('full-text queries', () => {
  it('quote every word, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const street = toPlain(text);
        if (street === '') return;
        for (const query of wordQueries({ street, localities: [street], isLoose: false }, {})) {
          expect(query.replace(/'[\p{L}\p{N}@#=]+'(:\*)?/gu, '')).toMatch(/^[ ()&|]*$/);
        }
      }),
    );
  });
});

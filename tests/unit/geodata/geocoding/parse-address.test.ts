import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../../../geodata/geocoding/parse-address.js';
import { cpuMs } from '../../../support/cpu-time.js';

type Expected = {
  readonly street?: string;
  readonly house?: readonly [number, string];
  readonly localities?: readonly string[];
  readonly postcode?: string;
  readonly country?: string;
};

const cases: readonly (readonly [string, Expected])[] = [
  [
    'Lekstraat 20, 3433 ZB Nieuwegein',
    { street: 'lekstraat', house: [20, ''], postcode: '3433zb', localities: ['nieuwegein'] },
  ],
  [
    'keizersgracht 148 amsterdam',
    { street: 'keizersgracht', house: [148, ''], localities: ['amsterdam'] },
  ],
  ['Dorpsstraat 12-2', { street: 'dorpsstraat', house: [12, '2'] }],
  ['Dorpsstraat 12bis', { street: 'dorpsstraat', house: [12, 'bis'] }],
  [
    'Dorpsstraat 12 A hs, Edam',
    { street: 'dorpsstraat', house: [12, 'ahs'], localities: ['edam'] },
  ],
  ['taksteeg 7 BG 1012 PB amsterdam', { street: 'taksteeg', house: [7, 'bg'], postcode: '1012pb' }],
  ['jonas daniel meijerplein 2-4', { street: 'jonas daniel meijerplein', house: [2, '4'] }],
  ['1e Bloemdwarsstraat 12, Amsterdam', { street: '1e bloemdwarsstraat', house: [12, ''] }],
  ['1018KK 12', { house: [12, ''], postcode: '1018kk' }],
  ['Plein 1944 12, Nijmegen', { street: 'plein 1944', house: [12, ''] }],
  [
    'Musterstr. 5a, 10115 Berlin',
    { street: 'musterstr', house: [5, 'a'], postcode: '10115', localities: ['berlin'] },
  ],
  ['Straße des 17. Juni 135, Berlin', { street: 'strasse des 17 juni', house: [135, ''] }],
  [
    '12 bis rue de la Paix, 75002 Paris',
    { street: 'rue de la paix', house: [12, 'bis'], postcode: '75002' },
  ],
  [
    '12 rue du 8 Mai 1945, Lyon',
    { street: 'rue du 8 mai 1945', house: [12, ''], localities: ['lyon'] },
  ],
  [
    'Flat 3, 12 High Street, London SW1A 1AA',
    { street: 'high street', house: [12, ''], postcode: 'sw1a1aa', localities: ['london'] },
  ],
  [
    '123 Main St, Springfield, IL 62704',
    { street: 'main st', house: [123, ''], postcode: '62704', localities: ['springfield', 'il'] },
  ],
  [
    'Rua X, 123 - Bairro, São Paulo - SP, CEP 01310-100',
    {
      street: 'rua x',
      house: [123, ''],
      postcode: '01310100',
      localities: ['bairro', 'sao paulo', 'sp'],
    },
  ],
  [
    'Rua Augusta, s/n - Consolação, São Paulo',
    { street: 'rua augusta', localities: ['consolacao', 'sao paulo'] },
  ],
  ['Rua 25 de Março, 100, São Paulo', { street: 'rua 25 de marco', house: [100, ''] }],
  ['Rodovia BR-116, km 12, Guarulhos', { street: 'rodovia br 116', house: [12, 'km'] }],
  [
    'Vrijheidstraat 63\n2000 Antwerp\nBelgium',
    {
      street: 'vrijheidstraat',
      house: [63, ''],
      postcode: '2000',
      localities: ['antwerp'],
      country: 'BE',
    },
  ],
  [
    'L.G. Smith Boulevard LSB 70\nOranjestad\nAruba',
    { street: 'l g smith boulevard', house: [70, 'lsb'], country: 'AW' },
  ],
  ['1018 KK Amsterdam', { postcode: '1018kk', localities: ['amsterdam'] }],
];

describe('an address as one text', () => {
  it.each(cases)('%j', (text, expected) => {
    const { interpretations, postcode, country } = parseAddress({ text });
    const [first] = interpretations;
    expect(postcode).toBe(expected.postcode);
    if (expected.country) expect(country).toBe(expected.country);
    expect(first?.street).toBe(expected.street);
    expect(first?.house && [first.house.number, first.house.suffix]).toEqual(expected.house);
    if (expected.localities) expect(first?.localities).toEqual(expected.localities);
  });

  it.each([
    'Postbus 12, 1000 AA Amsterdam',
    'P.O. Box 7, London',
    'Postfach 1234',
    'Caixa Postal 5',
  ])('knows the post-office box in %j', (text) =>
    expect(parseAddress({ text }).isPoBox).toBe(true),
  );

  it('says where nothing parts street and town', () => {
    const { interpretations } = parseAddress({ text: 'max euweplein amsterdam' });
    expect(interpretations[0]).toMatchObject({ street: 'max euweplein amsterdam', isLoose: true });
  });
});

describe('an address in parts', () => {
  it('keeps the parts, and takes the number out of the street where it stands there', () => {
    const parts = {
      street: 'Lekstraat',
      houseNumber: '20 a',
      postcode: '3433 ZB',
      city: 'Nieuwegein',
    };
    const expected = {
      street: 'lekstraat',
      house: { number: 20, suffix: 'a' },
      localities: ['nieuwegein'],
    };
    expect(parseAddress(parts).interpretations[0]).toMatchObject(expected);
    const joined = parseAddress({
      street: 'Lekstraat 20a',
      postcode: '3433ZB',
      city: 'Nieuwegein',
    });
    expect(joined.interpretations[0]).toMatchObject(expected);
    expect(joined.postcode).toBe('3433zb');
  });
});

describe('whatever is typed', () => {
  it('never throws, and keeps to a length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        const { interpretations } = parseAddress({ text });
        for (const { street = '' } of interpretations) expect(street.length).toBeLessThan(1_500);
      }),
    );
  });

  it('finds number, town and postcode of a Dutch address again, whatever the name', () => {
    const letter = fc.constantFrom(...'abcdefghijklmnoprstuvwz');
    const word = fc.array(letter, { minLength: 4, maxLength: 12 }).map((all) => all.join(''));
    const number = fc.integer({ min: 1, max: 9999 });
    const suffix = fc.constantFrom('', 'a', 'bis', '-2', ' hs');
    const digits = fc.integer({ min: 1000, max: 9999 });
    const parts = fc.record({ name: word, house: number, added: suffix, digits, town: word });
    fc.assert(
      fc.property(parts, ({ name, house, added, digits: postcode, town }) => {
        const text = `${name}straat ${house}${added}, ${postcode} XA ${town}`;
        const parsed = parseAddress({ text });
        expect(parsed.postcode).toBe(`${postcode}xa`);
        expect(parsed.interpretations[0]).toMatchObject({
          street: `${name}straat`,
          house: { number: house, suffix: added.replace(/\W/g, '') },
          localities: [town],
        });
      }),
    );
  });

  it.each(['1'.repeat(100_000), 'a '.repeat(50_000), ',-'.repeat(50_000), '12-'.repeat(40_000)])(
    'is quick with long nonsense (%#)',
    async (text) => {
      expect(await cpuMs(() => parseAddress({ text }))).toBeLessThan(50);
    },
  );
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accountFilter,
  housingTypes,
  lifecycles,
  toAccountFilterParams,
  type AccountFilter,
} from '../../../../server/contract/account-filter.js';

const parse = (query: string) =>
  accountFilter.safeParse(Object.fromEntries(new URLSearchParams(query)));

describe('the account filter', () => {
  it('reads comma-separated lists, without blanks, empties and repetitions', () => {
    expect(parse('region=7,%208,,7&lifecycle=lead').data).toEqual({
      region: [7, 8],
      lifecycle: ['lead'],
    });
  });

  it('takes an absent and an empty value alike as not filtered', () => {
    expect(parse('lifecycle=&segment=,').data).toEqual({});
  });

  it.each(['lifecycle=king', 'region=x', 'region=-1', 'region=1.5', 'region=1e3', 'kind=none'])(
    'refuses %s',
    (query) => {
      expect(parse(query).success).toBe(false);
    },
  );

  it('refuses more than 200 values', () => {
    const many = Array.from({ length: 201 }, (_, index) => index + 1).join(',');

    expect(parse(`region=${many}`).success).toBe(false);
  });

  it('prints equal filters alike, whatever their order', () => {
    const one = toAccountFilterParams({ lifecycle: ['lead', 'customer'], region: [2] });
    const other = toAccountFilterParams({ region: [2], lifecycle: ['customer', 'lead'] });

    expect(one.toString()).toBe(other.toString());
  });

  it('reads what it prints', () => {
    const words = fc
      .stringMatching(/^[a-zA-Zé +&=%]{1,10}$/)
      .filter((word) => word.trim() === word && word !== '');
    const filters = fc.record(
      {
        region: fc.uniqueArray(fc.integer({ min: 1, max: 1e9 }), { minLength: 1, maxLength: 5 }),
        lifecycle: fc.uniqueArray(fc.constantFrom(...lifecycles), { minLength: 1 }),
        housingType: fc.uniqueArray(fc.constantFrom(...housingTypes), { minLength: 1 }),
        segment: fc.uniqueArray(words, { minLength: 1, maxLength: 4 }),
      },
      { requiredKeys: [] },
    );
    const sorted = (filter: Partial<AccountFilter>) =>
      Object.fromEntries(
        Object.entries(filter).map(([name, values]) => [
          name,
          [...(values ?? [])].map(String).sort(),
        ]),
      );

    fc.assert(
      fc.property(filters, (filter) => {
        const read = parse(toAccountFilterParams(filter).toString());
        expect(sorted(read.data!)).toEqual(sorted(filter));
      }),
    );
  });
});

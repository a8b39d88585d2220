import { describe, expect, it } from 'vitest';
import { accountFields } from '../../../geodata/importers/account-fields.js';
import { mappingSchema } from '../../../geodata/mapping/mapping.js';
import { createRowMapper } from '../../../geodata/mapping/row-mapper.js';
import type { SourceRow } from '../../../geodata/readers/source-row.js';

const row = (values: Record<string, unknown>): SourceRow => ({ line: 2, values });

async function map(mapping: unknown, values: Record<string, unknown>) {
  const mapper = await createRowMapper(accountFields, mappingSchema.parse(mapping), row(values));
  return mapper.map(row(values));
}

describe('createRowMapper', () => {
  it('fills templates, pads, replaces values and takes constants', async () => {
    const columns = {
      external_id: 'id',
      name: { template: 'Customer {id:4}' },
      postcode: { column: 'zip', pad: 5 },
      kind: { column: 'type', values: { B: 'organisation' } },
      country: { value: 'BR' },
      segment: { column: 'segment', default: 'none' },
    };
    const { values } = await map(
      { columns },
      { id: 'abcdef', zip: '1001', type: 'B', segment: '' },
    );
    expect(values).toEqual({
      external_id: 'abcdef',
      name: 'Customer abcd',
      postcode: '01001',
      kind: 'organisation',
      country: 'BR',
      segment: 'none',
    });
  });

  it('tells the field and the reason of a value that cannot be read, and leaves it empty', async () => {
    const columns = { external_id: 'id', customer_since: 'since', lifecycle: 'stage' };
    const mapped = await map({ columns }, { id: '1', since: '30-02-2024', stage: 'unheard of' });
    expect(mapped.values).toEqual({ external_id: '1', customer_since: null, lifecycle: null });
    expect(mapped.problems).toEqual([
      {
        field: 'customer_since',
        value: '30-02-2024',
        reason: 'is not a day of the calendar',
        isFatal: false,
      },
      {
        field: 'lifecycle',
        value: 'unheard of',
        reason: 'is none of lead, prospect, customer, former',
        isFatal: false,
      },
    ]);
  });

  it('calls a row without its external id fatal', async () => {
    const { problems } = await map({ columns: { external_id: 'id' } }, { id: ' ' });
    expect(problems).toEqual([
      { field: 'external_id', value: null, reason: 'is empty', isFatal: true },
    ]);
  });

  it('understands words of other languages for the stage', async () => {
    const { values } = await map(
      { columns: { external_id: 'id', lifecycle: 's' } },
      { id: '1', s: 'Klant' },
    );
    expect(values['lifecycle']).toBe('customer');
  });

  it('keeps the columns that no field uses as attributes when asked for all', async () => {
    const mapping = { columns: { external_id: 'id' }, attributes: 'all' };
    const { attributes } = await map(mapping, { id: '1', pupils: 12, empty: '' });
    expect(attributes).toEqual({ pupils: '12' });
  });

  it('names the fields there are when the mapping has another', async () => {
    await expect(map({ columns: { external_id: 'id', colour: 'c' } }, { id: '1' })).rejects.toThrow(
      /field colour; known fields: external_id/,
    );
  });
});

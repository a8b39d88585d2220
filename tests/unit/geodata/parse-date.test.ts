import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDate, parseTimestamp } from '../../../geodata/values/parse-date.js';

describe('parseTimestamp', () => {
  it.each([
    ['2017-10-02 10:56:33', '2017-10-02T10:56:33Z'],
    ['2017-10-02T10:56:33.123Z', '2017-10-02T10:56:33Z'],
    ['2017-10-02T10:56:33+02:00', '2017-10-02T10:56:33+02:00'],
    ['2017-10-02T10:56-0300', '2017-10-02T10:56:00-03:00'],
    ['26-02-2018 19:58', '2018-02-26T19:58:00Z'],
    ['5/3/2024', '2024-03-05T00:00:00Z'],
    ['20240229', '2024-02-29T00:00:00Z'],
    ['1-7-62', '1962-07-01T00:00:00Z'],
    ['1-7-06', '2006-07-01T00:00:00Z'],
    ['1-7-2024 12:05 AM', '2024-07-01T00:05:00Z'],
    ['1-7-2024 1:05:09 pm', '2024-07-01T13:05:09Z'],
  ])('reads %s', (text, value) => {
    expect(parseTimestamp(text)).toEqual({ ok: true, value });
  });

  it('takes the month first where it is told so, or where the other number cannot be a month', () => {
    expect(parseDate('03/04/2024', 'mdy')).toEqual({ ok: true, value: '2024-03-04' });
    expect(parseDate('03/04/2024', 'dmy')).toEqual({ ok: true, value: '2024-04-03' });
    expect(parseDate('03/14/2024', 'dmy')).toEqual({ ok: true, value: '2024-03-14' });
    expect(parseDate('14/03/2024', 'mdy')).toEqual({ ok: true, value: '2024-03-14' });
  });

  it.each([
    '2023-02-29',
    '2024-13-01',
    '31-04-2024',
    '2024-01-01 25:00',
    '2024-01-01 13:00 PM',
    'yesterday',
    '12',
    '',
  ])('refuses %s', (text) => {
    expect(parseTimestamp(text).ok).toBe(false);
  });

  it('reads back every day of the calendar in each way of writing', () => {
    const day = fc.date({
      min: new Date('1000-01-01'),
      max: new Date('2999-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(day, (date) => {
        const iso = date.toISOString().slice(0, 10);
        const [year, month, dayOfMonth] = iso.split('-');
        for (const text of [
          iso,
          `${dayOfMonth}.${month}.${year}`,
          `${year}${month}${dayOfMonth}`,
        ]) {
          expect(parseDate(text)).toEqual({ ok: true, value: iso });
        }
      }),
    );
  });
});

import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';

type Rows = readonly Record<string, unknown>[];

const load = createRequire(import.meta.url);
const { formatResult, formatResults, formatRows } = load(
  '../../cube/embedded/result-format.cjs',
) as {
  formatRows: (transformData: object, rows: Rows) => unknown;
  formatResult: (transformData: object, rows: Rows, result: object) => Record<string, unknown>;
  formatResults: (
    transformData: readonly object[],
    rows: readonly Rows[],
    response: object,
  ) => Record<string, unknown>;
};
const { installNativeStandIn } = load('../../cube/embedded/native-stand-in.cjs') as {
  installNativeStandIn: (native: object) => boolean;
};

const rows = [
  { sales__month: '2024-01-01T00:00:00.000', sales__channel: 'web', sales__revenue: '10.50' },
  { sales__month: '2024-02-01T00:00:00.000', sales__channel: null, sales__revenue: null },
];

function transform(more: object = {}): object {
  return {
    aliasToMemberNameMap: {
      sales__month: 'sales.ordered_at.month',
      sales__channel: 'sales.channel',
      sales__revenue: 'sales.revenue',
    },
    annotation: {
      'sales.ordered_at.month': { type: 'time' },
      'sales.ordered_at': { type: 'time' },
      'sales.channel': { type: 'string' },
      'sales.revenue': { type: 'number' },
    },
    query: {
      measures: ['sales.revenue'],
      dimensions: ['sales.channel'],
      timeDimensions: [
        { dimension: 'sales.ordered_at', granularity: 'month', dateRange: ['2024-01', '2024-02'] },
      ],
    },
    queryType: 'regularQuery',
    ...more,
  };
}

describe('the result format', () => {
  it('names the members of each row, and the time dimension by its bare name too', () => {
    expect(formatRows(transform(), rows)).toEqual([
      {
        'sales.ordered_at.month': '2024-01-01T00:00:00.000',
        'sales.channel': 'web',
        'sales.revenue': '10.50',
        'sales.ordered_at': '2024-01-01T00:00:00.000',
      },
      {
        'sales.ordered_at.month': '2024-02-01T00:00:00.000',
        'sales.channel': null,
        'sales.revenue': null,
        'sales.ordered_at': '2024-02-01T00:00:00.000',
      },
    ]);
  });

  it('gives rows as arrays in the compact format', () => {
    expect(formatRows(transform({ resType: 'compact' }), rows)).toEqual({
      members: ['sales.ordered_at.month', 'sales.channel', 'sales.revenue', 'sales.ordered_at'],
      dataset: [
        ['2024-01-01T00:00:00.000', 'web', '10.50', '2024-01-01T00:00:00.000'],
        ['2024-02-01T00:00:00.000', null, null, '2024-02-01T00:00:00.000'],
      ],
    });
  });

  it('gives columns in the columnar format', () => {
    expect(formatRows(transform({ resType: 'columnar' }), rows)).toEqual({
      members: ['sales.ordered_at.month', 'sales.channel', 'sales.revenue', 'sales.ordered_at'],
      columns: [
        ['2024-01-01T00:00:00.000', '2024-02-01T00:00:00.000'],
        ['web', null],
        ['10.50', null],
        ['2024-01-01T00:00:00.000', '2024-02-01T00:00:00.000'],
      ],
    });
  });

  it.each([
    ['default', []],
    ['compact', { members: [], dataset: [] }],
    ['columnar', { members: [], columns: [] }],
  ])('answers no rows in the %s format', (resType, expected) => {
    expect(formatRows(transform({ resType }), [])).toEqual(expected);
  });

  it.each([
    ['2024-02-01 10:11:12', '2024-02-01T10:11:12.000'],
    ['2024-02-01 10:11:12.3', '2024-02-01T10:11:12.300'],
    ['2024-02-01T10:11:12.345678Z', '2024-02-01T10:11:12.345'],
    ['2024-02-01 10:11:12+00', '2024-02-01T10:11:12.000'],
    ['yesterday', 'yesterday'],
    [null, null],
  ])('writes the time %s as %s', (value, expected) => {
    const [row] = formatRows(transform(), [{ sales__month: value }]) as Rows;
    expect(row?.['sales.ordered_at.month']).toBe(expected);
  });

  it('takes the finest granularity for the bare name of a time dimension', () => {
    const transformData = transform({
      aliasToMemberNameMap: { y: 'sales.ordered_at.year', m: 'sales.ordered_at.month' },
      annotation: {
        'sales.ordered_at.year': { type: 'time' },
        'sales.ordered_at.month': { type: 'time' },
      },
    });
    const [row] = formatRows(transformData, [
      { m: '2024-02-01T00:00:00.000', y: '2024-01-01T00:00:00.000' },
    ]) as Rows;
    expect(row?.['sales.ordered_at']).toBe('2024-02-01T00:00:00.000');
  });

  it('says the date range in a comparison', () => {
    const [row] = formatRows(transform({ queryType: 'compareDateRangeQuery' }), rows) as Rows;
    expect(row?.['compareDateRange']).toBe('2024-01 - 2024-02');
  });

  it('gives blended queries their common time', () => {
    const [row] = formatRows(transform({ queryType: 'blendingQuery' }), rows) as Rows;
    expect(row?.['time.month']).toBe('2024-01-01T00:00:00.000');
  });

  it('refuses members that are not shown, with rows and without', () => {
    const hidden = transform({ annotation: {} });
    expect(() => formatRows(hidden, rows)).toThrow('hidden member');
    expect(() => formatRows(hidden, [])).toThrow('hidden member');
  });

  it('keeps what else the answer says', () => {
    const result = formatResult(transform(), rows, { lastRefreshTime: 'now' });
    expect(result).toMatchObject({ lastRefreshTime: 'now', data: expect.any(Array) });
  });

  it('lays several results out by one query', () => {
    const response = {
      queryType: 'blendingQuery',
      results: [{ a: 1 }, { b: 2 }],
      slowQuery: false,
    };
    const transformData = transform({ queryType: 'blendingQuery' });
    const answer = formatResults([transformData, transformData], [rows, []], response);
    expect(answer).toMatchObject({
      results: [{ a: 1 }, { b: 2, data: [] }],
      pivotQuery: {
        measures: ['sales.revenue'],
        dimensions: ['sales.channel'],
        timeDimensions: [{ dimension: 'time', granularity: 'month' }],
        queryType: 'blendingQuery',
      },
    });
  });
});

describe('the stand-in', () => {
  it('leaves a real binary alone', () => {
    const native = { loadNative: () => ({}) };
    expect(installNativeStandIn(native)).toBe(false);
    expect(Object.keys(native)).toEqual(['loadNative']);
  });

  it('takes the place of a binary that is not there', () => {
    const native = {
      loadNative: () => {
        throw new Error('not there');
      },
      NativeInstance: class {},
      ResultWrapper: class {},
    } as Record<string, unknown>;
    expect(installNativeStandIn(native)).toBe(true);
    expect((native['isFallbackBuild'] as () => boolean)()).toBe(true);
    expect((native['redactSqlLiterals'] as (sql: string) => string)(`a = 'it''s' AND b = 1`)).toBe(
      `a = 'redacted' AND b = 1`,
    );
  });
});

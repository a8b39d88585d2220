import { describe, expect, it } from 'vitest';
import {
  policyFor,
  toCubeRowFilter,
  toRowPredicate,
  toSqlCondition,
  type CubeFilter,
  type PolicyColumns,
  type RowPolicy,
} from '../../../../server/policy/row-policy.js';
import { SqlParameters } from '../../../../server/policy/sql-parameters.js';

const all: RowPolicy = { kind: 'all' };
const managerOf = (...regionIds: number[]): RowPolicy =>
  policyFor({ userId: 'max', role: 'manager', regionIds });
const prospectorOf = (...regionIds: number[]): RowPolicy =>
  policyFor({ userId: 'pia', role: 'prospector', regionIds });
const nothing: RowPolicy = { kind: 'scoped', ownerId: null, regionIds: [], openLeads: false };

describe('policyFor', () => {
  it('shows administrators and planners everything, whatever regions they have', () => {
    for (const role of ['administrator', 'planner'] as const) {
      expect(policyFor({ userId: 'a', role, regionIds: [7] })).toEqual(all);
    }
  });

  it('shows managers everything until regions are assigned to them', () => {
    expect(managerOf()).toEqual(all);
    expect(managerOf(7)).toEqual({
      kind: 'scoped',
      ownerId: null,
      regionIds: [7],
      openLeads: false,
    });
  });

  it('shows prospectors their own and open leads', () => {
    expect(prospectorOf()).toEqual({
      kind: 'scoped',
      ownerId: 'pia',
      regionIds: [],
      openLeads: true,
    });
  });
});

describe('as SQL', () => {
  const compile = (policy: RowPolicy) => {
    const parameters = new SqlParameters();
    return { sql: toSqlCondition(policy, parameters), values: parameters.values };
  };

  it('is constant where everything or nothing is visible', () => {
    expect(compile(all)).toEqual({ sql: 'true', values: [] });
    expect(compile(nothing)).toEqual({ sql: 'false', values: [] });
  });

  it('puts every value into a parameter', () => {
    const { sql, values } = compile({
      kind: 'scoped',
      ownerId: "'; DROP TABLE crm.accounts; --",
      regionIds: [7, 8],
      openLeads: true,
    });

    expect(sql).not.toContain('DROP');
    expect(values).toEqual(["'; DROP TABLE crm.accounts; --", [7, 8], ['lead', 'prospect']]);
    expect(sql.match(/\$\d/g)).toHaveLength(3);
  });

  it('stands in brackets, so that it can follow other conditions', () => {
    expect(compile(prospectorOf()).sql).toMatch(/^\(.* OR .*\)$/);
  });
});

type Row = { readonly owner: string | null; readonly lifecycle: string; readonly region: number };

/** Region 1 is the project, 10 and 20 provinces, 101 a town in 10. */
const paths: Record<number, number[]> = { 1: [1], 10: [1, 10], 20: [1, 20], 101: [1, 10, 101] };

function columnsOf(rows: readonly Row[]): PolicyColumns {
  return {
    ownerIdOf: (row) => rows[row]!.owner,
    lifecycleOf: (row) => rows[row]!.lifecycle,
    policyRegionOf: (row) => rows[row]!.region,
    regionPathOf: (regionId) => paths[regionId] ?? [],
  };
}

const owners = [null, 'pia', 'other'];
const lifecycles = ['lead', 'prospect', 'customer', 'former'];
const everyRow: Row[] = owners.flatMap((owner) =>
  lifecycles.flatMap((lifecycle) =>
    [0, 10, 20, 101].map((region) => ({ owner, lifecycle, region })),
  ),
);

describe('as a test of rows', () => {
  const visible = (policy: RowPolicy): Row[] => {
    const test = toRowPredicate(policy, columnsOf(everyRow));
    return test === undefined ? everyRow : everyRow.filter((_, row) => test(row));
  };

  it('is left out where everything is visible', () => {
    expect(toRowPredicate(all, columnsOf(everyRow))).toBeUndefined();
  });

  it('lets nothing through where nothing is visible', () => {
    expect(visible(nothing)).toEqual([]);
  });

  it('lets a manager see the assigned region with everything below it', () => {
    expect(visible(managerOf(10))).toEqual(
      everyRow.filter(({ region }) => [10, 101].includes(region)),
    );
    expect(visible(managerOf(101, 20))).toEqual(
      everyRow.filter(({ region }) => [101, 20].includes(region)),
    );
  });

  it('lets a prospector see their own anywhere, and open leads in the assigned regions', () => {
    expect(visible(prospectorOf(20))).toEqual(
      everyRow.filter(
        ({ owner, lifecycle, region }) =>
          owner === 'pia' ||
          (owner === null && ['lead', 'prospect'].includes(lifecycle) && region === 20),
      ),
    );
  });
});

describe('as filters of the cube', () => {
  /** What Cube would make of a filter, over rows as the view shows them. */
  function passes(filter: CubeFilter, row: Row): boolean {
    if ('and' in filter) return filter.and.every((part) => passes(part, row));
    if ('or' in filter) return filter.or.some((part) => passes(part, row));
    const value = {
      owner_id: row.owner,
      lifecycle: row.lifecycle,
      policy_region_path: paths[row.region] ? `/${paths[row.region]!.join('/')}/` : null,
    }[filter.member.split('.')[1]!];
    if (filter.operator === 'set') return value !== null;
    if (filter.operator === 'notSet') return value === null;
    if (filter.operator === 'equals') return filter.values!.includes(String(value));
    return filter.values!.some((part) => value?.includes(part) ?? false);
  }

  it.each([
    ['everything', all],
    ['nothing', nothing],
    ['a manager', managerOf(10)],
    ['a manager of two regions', managerOf(101, 20)],
    ['a prospector', prospectorOf()],
    ['a prospector with regions', prospectorOf(10)],
    ['an owner without open leads', { ...nothing, ownerId: 'pia' } as RowPolicy],
  ])('shows the same rows as the test of rows: %s', (_name, policy) => {
    const test = toRowPredicate(policy, columnsOf(everyRow));
    const filters = toCubeRowFilter(policy).accounts;
    for (const [index, row] of everyRow.entries()) {
      const byCube = filters.every((filter) => passes(filter, row));
      expect(byCube, JSON.stringify(row)).toBe(test?.(index) ?? true);
    }
  });

  it('names members of the view it is for', () => {
    const { accounts, sales, payments } = toCubeRowFilter(prospectorOf(7));

    expect(JSON.stringify(accounts)).toContain('"accounts.owner_id"');
    expect(JSON.stringify(sales)).toBe(JSON.stringify(accounts).replaceAll('accounts.', 'sales.'));
    expect(JSON.stringify(payments)).not.toContain('accounts.');
  });

  it('does not take region 1 for region 10', () => {
    const [filter] = toCubeRowFilter(managerOf(1)).sales;

    expect(JSON.stringify(filter)).toContain('"/1/"');
  });
});

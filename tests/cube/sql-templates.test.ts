import { createRequire } from 'node:module';
import { expect, it } from 'vitest';

type Query = {
  readonly filters: readonly object[];
  readonly contextSymbols?: object;
  readonly requestId?: string;
};
type Planned = { readonly sql: readonly [string, readonly unknown[]] };

const load = createRequire(import.meta.url);
const { rememberSql } = load('../../cube/embedded/sql-templates.cjs') as {
  rememberSql: (CompilerApi: unknown) => void;
};

/** Stands for the planner of Cube, which `plan` is; counts what it plans. */
function planner(plan: (query: Query) => Planned) {
  let planned = 0;
  class CompilerApi {
    readonly compilers = {};
    getCompilers = async () => this.compilers;
    async getSql(query: Query): Promise<Planned> {
      planned += 1;
      return plan(query);
    }
  }
  rememberSql(CompilerApi);
  const api = new CompilerApi();
  return { ask: (query: Query) => api.getSql(query), planned: () => planned };
}

const valuesOf = ({ filters }: Query) =>
  filters.flatMap((filter) => ('values' in filter ? (filter.values as unknown[]) : []));
const byParameters = (query: Query): Planned => ({ sql: ['SELECT … = $1', valuesOf(query)] });
const segment = (...values: string[]) => ({
  filters: [{ member: 'sales.segment', operator: 'equals', values }],
});

it('plans queries that differ in values once, each with its own values', async () => {
  const { ask, planned } = planner(byParameters);
  const first = await ask({ ...segment('gold'), requestId: 'one' });
  const second = await ask({ ...segment('silver'), requestId: 'two' });
  expect([first.sql[1], second.sql[1]]).toEqual([['gold'], ['silver']]);
  expect(planned()).toBe(1);
});

it('plans again where there are more values, another condition or other rights', async () => {
  const { ask, planned } = planner(byParameters);
  await ask(segment('gold'));
  await ask(segment('gold', 'silver'));
  await ask({ filters: [{ ...segment('gold').filters[0], operator: 'notEquals' }] });
  const rights = { securityContext: { row_filter: { sales: [] }, exp: 1 } };
  await ask({ ...segment('gold'), contextSymbols: rights });
  await ask({
    ...segment('gold'),
    contextSymbols: { securityContext: { ...rights.securityContext, exp: 2 } },
  });
  expect(planned()).toBe(4);
});

it('plans a query as it is where a value becomes part of the text', async () => {
  const { ask } = planner((query) => ({ sql: [`SELECT '${String(valuesOf(query)[0])}'`, []] }));
  expect((await ask(segment('gold'))).sql[0]).toBe(`SELECT 'gold'`);
  expect((await ask(segment('silver'))).sql[0]).toBe(`SELECT 'silver'`);
});

it('plans a query as it is where marks are no values to the planner, and reports its mistakes', async () => {
  const { ask } = planner((query) => {
    if (!valuesOf(query).includes('gold')) throw new Error('not gold');
    return byParameters(query);
  });
  expect((await ask(segment('gold'))).sql[1]).toEqual(['gold']);
  await expect(ask(segment('silver'))).rejects.toThrow('not gold');
});

it('leaves times and values that are no text to the planner', async () => {
  const { ask, planned } = planner(byParameters);
  const time = (day: string) => ({
    filters: [{ member: 'sales.ordered_at', operator: 'afterDate', values: [day] }],
  });
  await ask(time('2024-01-01'));
  await ask(time('2024-01-02'));
  expect(planned()).toBe(2);
});

import { accountValues } from '../../column-store/accounts.source.js';
import type { CategoryTally } from '../../column-store/tally.js';
import { lifecycles } from '../../contract/account-filter.js';
import type { SelectionFigures } from '../../contract/selections.js';

/** Money in the column store is whole hundredths. */
const hundredths = 100;

/** The figures of accounts from their counts and sums by stage. */
export function figuresOf(tallies: readonly CategoryTally[]): SelectionFigures {
  const sum = (read: (tally: CategoryTally) => number) =>
    tallies.reduce((total, tally) => total + read(tally), 0);
  const money = (name: (typeof accountValues)[number]) =>
    sum(({ sums }) => sums[accountValues.indexOf(name)]!) / hundredths;
  const countOf = (stage: string) => tallies.find(({ value }) => value === stage)?.count ?? 0;
  return {
    accounts: sum(({ count }) => count),
    byLifecycle: Object.fromEntries(
      lifecycles.map((stage) => [stage, countOf(stage)]),
    ) as SelectionFigures['byLifecycle'],
    placed: sum(({ placed }) => placed),
    revenue: money('revenue'),
    revenue12m: money('revenue_12m'),
  };
}

const { membersOf } = require('./query-members.js');

/** What every cell of crm.sale_cells knows, whatever it is a sum by. */
const common = [
  'region_level',
  'region_id',
  'region_code',
  'region_name',
  'parent_region_id',
  'ordered_at',
  'placement',
  'revenue',
  'margin',
  'units',
  'revenue_per_household',
  'population',
  'households',
  'dwellings',
];
const counts = ['orders', 'average_order', 'active_customers'];
const customer = ['lifecycle', 'kind', 'segment', 'housing_type'];
const paths = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((level) => [
  `level_${level}_id`,
  `level_${level}_name`,
]);

/** Sums by region and month, or over all months. */
const regionGrains = [
  { name: 'region', members: [...common, ...counts, 'lifecycle'] },
  { name: 'category', members: [...common, 'category'] },
  { name: 'customer', members: [...common, ...counts, ...customer] },
];
const byMonthOnly = ['ordered_at', 'active_customers'];

/** Sums from the smallest to the largest, each with the members that it can answer for. */
const grains = [
  ...regionGrains.map(({ name, members }) => ({
    name: `${name}_total`,
    members: new Set(members.filter((member) => !byMonthOnly.includes(member))),
  })),
  ...regionGrains.map(({ name, members }) => ({ name, members: new Set(members) })),
  {
    name: 'leaf_customer',
    members: new Set([
      ...common,
      ...counts,
      ...customer,
      ...paths,
      'owner_id',
      'policy_region_path',
    ]),
  },
];

const cellGranularities = ['month', 'quarter', 'year'];
const monthStart = /^\d{4}-\d{2}-01T00:00:00\.000$/;

/**
 * What a query of sales is read from: the smallest sums that hold all its members, and the order lines where none
 * do, where its times are not whole months, or where accounts that ordered would have to be told apart over
 * several months. Expects date ranges as Cube passes them on: from and to in milliseconds.
 */
function saleGrainOf(query) {
  const used = membersOf(query).map((member) => member.slice('sales.'.length));
  if (!hasWholeMonths(query)) return 'lines';
  if (used.includes('active_customers') && !hasOneMonthARow(query)) return 'lines';
  const grain = grains.find(({ members }) => used.every((member) => members.has(member)));
  return grain?.name ?? 'lines';
}

/** The grain for several queries that are asked together. */
function sharedGrain(one, other) {
  return one === undefined || one === other ? other : 'lines';
}

/** Whether times are asked for in no other way than by whole months. */
function hasWholeMonths(query) {
  const times = query.timeDimensions ?? [];
  const elsewhere = membersOf({ ...query, timeDimensions: [], order: undefined });
  if (elsewhere.includes('sales.ordered_at')) return false;
  return times.every(({ granularity, dateRange }) => {
    if (granularity && !cellGranularities.includes(granularity)) return false;
    return !dateRange || (monthStart.test(dateRange[0]) && endsMonth(dateRange[1]));
  });
}

/** Whether each row of the answer is about a single month. */
function hasOneMonthARow({ timeDimensions = [] }) {
  return timeDimensions.some(
    ({ granularity, dateRange }) =>
      granularity === 'month' ||
      (!granularity && dateRange && dateRange[0].slice(0, 7) === dateRange[1].slice(0, 7)),
  );
}

function endsMonth(time) {
  const next = new Date(Date.parse(`${time}Z`) + 1);
  return (
    time.length === 23 && next.getUTCDate() === 1 && next.toISOString().endsWith('T00:00:00.000Z')
  );
}

module.exports = { saleGrainOf, sharedGrain };

const { certainFilters, filterMember, membersOf } = require('./query-members.js');
const { UserError } = require('./user-error.js');

const regionMembers = [
  'region_level',
  'region_id',
  'region_code',
  'region_name',
  'parent_region_id',
];

/** Measures that belong to the region, not to the facts: they make sense only where each row is one region. */
const perRegion = [
  'population',
  'households',
  'dwellings',
  'accounts_per_1000_households',
  'revenue_per_household',
];

/**
 * The filter that a query needs for every fact to count once, although the model holds a row for each level of the
 * region hierarchy: none where the query fixes the level itself, and the level of the whole project where it does
 * not mention regions at all.
 *
 * Throws where the query mentions regions without fixing the level, or asks for statistics of a region where the
 * rows of its answer are not regions.
 */
function regionFiltersFor(query, view) {
  const used = membersOf(query).map((member) => member.slice(view.length + 1));
  const asksRegion = used.some((member) => regionMembers.includes(member));
  if (!asksRegion && view !== 'geography') {
    return [{ member: `${view}.region_level`, operator: 'equals', values: ['0'] }];
  }

  const dimensions = query.dimensions ?? [];
  const single = singleValues(query, view);
  const isLevelFixed =
    single.has('region_level') ||
    single.has('region_id') ||
    dimensions.includes(`${view}.region_level`);
  if (!isLevelFixed) throw new UserError(levelMessage(view));

  const statistic = view !== 'geography' && used.find((member) => perRegion.includes(member));
  if (!statistic) return [];
  const isOneRegionARow =
    single.has('region_id') ||
    single.get('region_level') === '0' ||
    dimensions.includes(`${view}.region_id`);
  if (!isOneRegionARow) throw new UserError(statisticMessage(view, statistic));
  return [];
}

/** Members that a condition at the top fixes to one value, with that value as text. */
function singleValues(query, view) {
  const fixed = new Map();
  for (const filter of certainFilters(query.filters)) {
    const isSingle = filter.operator === 'equals' && filter.values?.length === 1;
    if (!isSingle || filter.values[0] === null) continue;
    fixed.set(filterMember(filter).slice(view.length + 1), String(filter.values[0]));
  }
  return fixed;
}

function levelMessage(view) {
  return (
    `Fix the level of the region: filter ${view}.region_level or ${view}.region_id by one value, ` +
    `or add ${view}.region_level to the dimensions. Without it every row would count once a level.`
  );
}

function statisticMessage(view, member) {
  return (
    `${view}.${member} belongs to a region: add ${view}.region_id to the dimensions, ` +
    `or filter it by one region (or ${view}.region_level by 0 for the whole project).`
  );
}

module.exports = { regionFiltersFor };

const { UserError } = require('./user-error.js');

/** Views of facts about accounts, whose rows depend on who asks. The other views are open to everybody. */
const restrictedViews = ['accounts', 'sales', 'payments'];

/**
 * The filters that the bearer's rights put on a view, to be added to every query of it.
 *
 * Throws where the token carries none: a missing right is no right.
 */
function rowFiltersFor(view, securityContext) {
  const rowFilter = securityContext?.row_filter;
  if (!isObject(rowFilter)) throw new UserError('The token carries no row filter.');
  if (!restrictedViews.includes(view)) return [];
  const filters = rowFilter[view];
  const isValid = Array.isArray(filters) && filters.every((filter) => isFilter(filter, view));
  if (!isValid) throw new UserError(`The token carries no valid row filter for ${view}.`);
  return filters;
}

function isFilter(filter, view) {
  if (!isObject(filter)) return false;
  const group = filter.and ?? filter.or;
  if (group !== undefined) {
    return Array.isArray(group) && group.length > 0 && group.every((part) => isFilter(part, view));
  }
  if (typeof filter.member !== 'string' || !filter.member.startsWith(`${view}.`)) return false;
  if (filter.operator === 'set' || filter.operator === 'notSet') return true;
  return (
    typeof filter.operator === 'string' && Array.isArray(filter.values) && filter.values.length > 0
  );
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

module.exports = { rowFiltersFor };

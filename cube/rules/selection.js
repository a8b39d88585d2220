const { certainFilters, filterMember, flatFilters, membersOf } = require('./query-members.js');
const { UserError } = require('./user-error.js');

/**
 * Refuses a query that uses a selection in any way but as a condition on one that the bearer may see: the token
 * lists them. With a single one each account still counts once.
 */
function assertOwnSelections(query, view, securityContext) {
  const member = `${view}.selection`;
  if (!membersOf(query).includes(member)) return;
  const names = (filter) => filterMember(filter) === member;
  const [condition] = certainFilters(query.filters).filter(names);
  const isOnce = flatFilters(query.filters).filter(names).length === 1;
  const isElsewhere = membersOf({ ...query, filters: [] }).includes(member);
  const isSingle = condition?.operator === 'equals' && condition.values?.length === 1;
  if (!isOnce || isElsewhere || !isSingle) throw new UserError(formMessage(member));
  const allowed = securityContext?.selections;
  if (Array.isArray(allowed) && allowed.includes(Number(condition.values[0]))) return;
  throw new UserError('There is no such selection, or it is not shared with you.');
}

function formMessage(member) {
  return `Use ${member} once, in a filter that equals the id of one selection.`;
}

module.exports = { assertOwnSelections };

/** The filters of a query with their groups dissolved: every condition, whatever it is nested in. */
function flatFilters(filters) {
  return (filters ?? []).flatMap((filter) => {
    if (filter.and) return flatFilters(filter.and);
    if (filter.or) return flatFilters(filter.or);
    return [filter];
  });
}

/** Conditions that hold for every row of the answer: those at the top and in `and` groups, not in `or`. */
function certainFilters(filters) {
  return (filters ?? []).flatMap((filter) => {
    if (filter.and) return certainFilters(filter.and);
    return filter.or ? [] : [filter];
  });
}

/** `view.member` of a member that may carry a granularity. */
function withoutGranularity(member) {
  return member.split('.').slice(0, 2).join('.');
}

function filterMember(filter) {
  return filter.member ?? filter.dimension;
}

function orderMembers(order) {
  if (!order) return [];
  if (!Array.isArray(order)) return Object.keys(order);
  return order.map((item) => (Array.isArray(item) ? item[0] : item.id));
}

/** Every member that a query names in any role, without granularity, each once. */
function membersOf(query) {
  const members = [
    ...(query.measures ?? []),
    ...(query.dimensions ?? []),
    ...(query.timeDimensions ?? []).map((item) => item.dimension),
    ...flatFilters(query.filters).map(filterMember),
    ...orderMembers(query.order),
  ];
  return [...new Set(members.map((member) => withoutGranularity(String(member))))];
}

module.exports = { certainFilters, filterMember, flatFilters, membersOf, withoutGranularity };

const { membersOf } = require('./query-members.js');
const { regionFiltersFor } = require('./region-level.js');
const { rowFiltersFor } = require('./row-filter.js');
const { assertOwnSelections } = require('./selection.js');
const { saleGrainOf, sharedGrain } = require('./sale-grain.js');
const { UserError } = require('./user-error.js');

const publicViews = ['accounts', 'sales', 'payments', 'places', 'geography'];

/**
 * What a query may not use: raw SQL and other joins would go around the views and their filters, rows that are
 * not grouped would go around the counting, and the model has no segments.
 */
const refusedParts = ['segments', 'subqueryJoins', 'joinHints', 'ungrouped', 'maskedMembers'];

/**
 * The query as it is run: of one public view, at one level of regions, with the filters of the bearer's rights.
 *
 * Notes in the security context of the request what queries of sales are read from (`sale_grain`): the model puts
 * it into the name of the table. Only names of grains are noted, whatever the token carried.
 */
function rewriteQuery(query, securityContext) {
  assertAllowedParts(query);
  const view = viewOf(query);
  const rowFilters = rowFiltersFor(view, securityContext);
  assertOwnSelections(query, view, securityContext);
  const regionFilters = regionFiltersFor(query, view);
  const filtered = {
    ...query,
    filters: [...(query.filters ?? []), ...regionFilters, ...rowFilters],
  };
  if (view === 'sales') {
    securityContext.sale_grain = sharedGrain(securityContext.sale_grain, saleGrainOf(filtered));
  }
  return filtered;
}

function assertAllowedParts(query) {
  for (const part of refusedParts) {
    const value = query[part];
    const isUsed = Array.isArray(value) ? value.length > 0 : Boolean(value);
    if (isUsed) throw new UserError(`A query may not use ${part}.`);
  }
  if (query.timezone && query.timezone !== 'UTC') {
    throw new UserError('Times are in UTC: leave the time zone out.');
  }
}

function viewOf(query) {
  const views = [...new Set(membersOf(query).map((member) => member.split('.')[0]))];
  const unknown = views.find((view) => !publicViews.includes(view));
  if (unknown !== undefined) {
    throw new UserError(`There is no view ${unknown}. Views: ${publicViews.join(', ')}.`);
  }
  if (views.length > 1) {
    throw new UserError(`A query reads one view; this one names ${views.join(' and ')}.`);
  }
  if (views.length === 0) throw new UserError('Ask for at least one measure or dimension.');
  return views[0];
}

module.exports = { rewriteQuery };

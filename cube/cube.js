const { rewriteQuery } = require('./rules/rewrite-query.js');

/**
 * Configuration of Cube, for the embedded server and the official image alike.
 *
 * Tokens are signed with CUBEJS_API_SECRET and carry `row_filter`: the filters that the bearer's rights put on
 * each view of accounts. They are made by the application; nothing here decides who may see what.
 */
module.exports = {
  queryRewrite: (query, { securityContext }) => rewriteQuery(query, securityContext),
  contextToAppId: () => 'catchment',
  contextToOrchestratorId: () => 'catchment',
  contextToApiScopes: async () => ['meta', 'data'],
  jwt: { algorithms: ['HS256'] },
  preAggregationsSchema: 'prod_pre_aggregations',
  scheduledRefreshTimer: 5,
  scheduledRefreshTimeZones: ['UTC'],
  scheduledRefreshContexts: async () => [{ securityContext: {} }],
  telemetry: false,
};
